package pages

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
)

// mostHeld is how many folders stay open for the next file in them, or the next folder.
// Files come folder by folder, so that few of them are asked for at any time.
const mostHeld = 6

// A held is a folder that stays open: what is written in it needs no more looking at the
// folders above it, and lands in no other, whatever takes its place.
type held struct {
	name  string
	root  *os.Root
	users int // how many use it now
}

// A holder keeps the folders open that were used last. The zero value is ready; its
// methods may be called from several goroutines.
type holder struct {
	mu   sync.Mutex
	held []*held // in the order in which they were last asked for
}

// An opener opens the folder of a name. It may hold others with holdLocked.
type opener func(name string) (*os.Root, error)

// use calls do with the folder of a name, which is opened if it is not.
func (o *holder) use(name string, open opener, do func(folder *os.Root) error) error {
	folder, err := o.hold(name, open)
	if err != nil {
		return err
	}
	defer o.letGo(folder)
	return do(folder.root)
}

// hold returns the folder of a name, which is opened if it is not. The caller lets it
// go.
func (o *holder) hold(name string, open opener) (*held, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.holdLocked(name, open)
}

// holdLocked is hold where o.mu is locked.
func (o *holder) holdLocked(name string, open opener) (*held, error) {
	for i, h := range o.held {
		if h.name == name {
			h.users++
			o.held = append(slices.Delete(o.held, i, i+1), h)
			return h, nil
		}
	}
	root, err := open(name)
	if err != nil {
		return nil, err
	}
	h := &held{name, root, 1}
	o.held = append(o.held, h)
	o.shed(mostHeld)
	return h, nil
}

// letGo says that a folder is used no more.
func (o *holder) letGo(h *held) {
	o.mu.Lock()
	defer o.mu.Unlock()
	h.users--
}

// close closes all folders. Nobody may use one.
func (o *holder) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.shed(0)
}

// shed closes the folders that nobody uses and that were not asked for the longest, until
// no more than most are open.
func (o *holder) shed(most int) {
	excess := len(o.held) - most
	o.held = slices.DeleteFunc(o.held, func(h *held) bool {
		if excess <= 0 || h.users > 0 {
			return false
		}
		excess--
		h.root.Close()
		return true
	})
}

// inFolder calls do with the folder that holds the file rel of OUT, which is made if
// it is not there.
func (t *Tree) inFolder(rel string, do func(folder *os.Root) error) error {
	return t.folders.use(path.Dir(rel), t.makeBelow, do)
}

// seeFolder is inFolder for who writes nothing: it does not call do if the folder is not
// there, or windsock wrote a file or a symlink in its place.
func (t *Tree) seeFolder(rel string, do func(folder *os.Root) error) error {
	folder, err := t.folders.hold(path.Dir(rel), t.findBelow)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	defer t.folders.letGo(folder)
	return do(folder.root)
}

// findBelow opens a folder of OUT, reached through no symlink. It is an opener of
// t.folders, as makeBelow is.
func (t *Tree) findBelow(name string) (*os.Root, error) { return t.openBelow(name, false) }

// makeBelow is findBelow that makes the folder and those above it if they are not there.
func (t *Tree) makeBelow(name string) (*os.Root, error) { return t.openBelow(name, true) }

// openBelow opens a folder of OUT, and may make it and those above it if they are not
// there.
func (t *Tree) openBelow(name string, create bool) (*os.Root, error) {
	switch {
	case t.root == nil:
		return nil, fs.ErrNotExist
	case name == ".":
		return t.root.OpenRoot(".")
	}
	open := t.findBelow
	if create {
		open = t.makeBelow
	}
	parent, err := t.folders.holdLocked(path.Dir(name), open)
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
