package pages

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
)

// mostHeld is how many folders of OUT stay open for the next file in them. Files come
// folder by folder, so that few of them are asked for at any time.
const mostHeld = 4

// A held is a folder of OUT that stays open: what is written in it needs no more
// looking at the folders above it, and lands in no other, whatever takes its place.
type held struct {
	name  string // relative to OUT
	root  *os.Root
	users int // how many use it now
}

// inFolder calls do with the folder that holds the file rel of OUT, which is made if
// it is not there.
func (t *Tree) inFolder(rel string, do func(folder *os.Root) error) error {
	folder, err := t.hold(path.Dir(rel), true)
	if err != nil {
		return err
	}
	defer t.letGo(folder)
	return do(folder.root)
}

// seeFolder is inFolder for who writes nothing: it does not call do if the folder is not
// there, or windsock wrote a file or a symlink in its place.
func (t *Tree) seeFolder(rel string, do func(folder *os.Root) error) error {
	folder, err := t.hold(path.Dir(rel), false)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	defer t.letGo(folder)
	return do(folder.root)
}

// hold returns a folder of OUT, reached through no symlink, and may make it. The caller
// lets it go.
func (t *Tree) hold(name string, create bool) (*held, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.holdLocked(name, create)
}

// holdLocked is hold where t.mu is locked.
func (t *Tree) holdLocked(name string, create bool) (*held, error) {
	for _, h := range t.held {
		if h.name == name {
			h.users++
			return h, nil
		}
	}
	root, err := t.openBelow(name, create)
	if err != nil {
		return nil, err
	}
	h := &held{name, root, 1}
	t.held = append(t.held, h)
	t.shed(mostHeld)
	return h, nil
}

// letGo says that a folder is used no more.
func (t *Tree) letGo(h *held) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h.users--
}

// shed closes the folders that were opened first and that nobody uses, until no more
// than most are open.
func (t *Tree) shed(most int) {
	excess := len(t.held) - most
	t.held = slices.DeleteFunc(t.held, func(h *held) bool {
		if excess <= 0 || h.users > 0 {
			return false
		}
		excess--
		h.root.Close()
		return true
	})
}

// openBelow opens a folder of OUT, and may make it and those above it if they are not
// there.
func (t *Tree) openBelow(name string, create bool) (*os.Root, error) {
	switch {
	case t.root == nil:
		return nil, fs.ErrNotExist
	case name == ".":
		return t.root.OpenRoot(".")
	}
	parent, err := t.holdLocked(path.Dir(name), create)
	if err != nil {
		return nil, err
	}
	defer func() { parent.users-- }()
	folder, err := enter(parent.root, path.Base(name))
	isFile := errors.Is(err, errLinkedFolder)
	switch {
	case isFile && !t.manifest.holds(name):
		return nil, errNotFolder
	case isFile && !create:
		return nil, fs.ErrNotExist
	case isFile || create && errors.Is(err, fs.ErrNotExist):
		return makeFolder(parent.root, path.Base(name), isFile)
	}
	return folder, err
}

// makeFolder makes a folder and opens it. A file or a symlink that windsock wrote may be
// in its place.
func makeFolder(parent *os.Root, name string, inPlaceOfFile bool) (*os.Root, error) {
	if inPlaceOfFile {
		if err := parent.Remove(name); err != nil {
			return nil, err
		}
	}
	if err := parent.Mkdir(name, 0o777); err != nil {
		return nil, err
	}
	return enter(parent, name)
}
