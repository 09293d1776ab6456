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

// An openedFolder is a folder that was opened.
type openedFolder struct {
	*os.Root
	// isNew says that this run made the folder: but for what the run put there it is empty.
	isNew bool
}

// A held is a folder that stays open: what is written in it needs no more looking at the
// folders above it, and lands in no other, whatever takes its place.
type held struct {
	openedFolder
	name  string
	users int // how many use it now
}

// A holder keeps the folders open that were used last. The zero value is ready; its
// methods may be called from several goroutines.
type holder struct {
	mu   sync.Mutex
	held []*held // in the order in which they were last asked for
}

// An opener opens the folder of a name. It may hold others with holdLocked.
type opener func(name string) (openedFolder, error)

// use calls do with the folder of a name, which is opened if it is not.
func (o *holder) use(name string, open opener, do func(folder openedFolder) error) error {
	folder, err := o.hold(name, open)
	if err != nil {
		return err
	}
	defer o.letGo(folder)
	return do(folder.openedFolder)
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
	opened, err := open(name)
	if err != nil {
		return nil, err
	}
	h := &held{opened, name, 1}
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
		h.Close()
		return true
	})
}

// inFolder calls do with the folder that holds the file rel of OUT, which is made if
// it is not there.
func (t *Tree) inFolder(rel string, do func(folder openedFolder) error) error {
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
	return do(folder.Root)
}

// findBelow opens a folder of OUT, reached through no symlink. It is an opener of
// t.folders, as makeBelow is.
func (t *Tree) findBelow(name string) (openedFolder, error) { return t.openBelow(name, false) }

// makeBelow is findBelow that makes the folder and those above it if they are not there.
func (t *Tree) makeBelow(name string) (openedFolder, error) { return t.openBelow(name, true) }

// openBelow opens a folder of OUT, and may make it and those above it if they are not
// there.
func (t *Tree) openBelow(name string, create bool) (openedFolder, error) {
	switch {
	case t.root == nil:
		return openedFolder{}, fs.ErrNotExist
	case name == ".":
		root, err := t.root.OpenRoot(".")
		return openedFolder{Root: root}, err
	}
	open := t.findBelow
	if create {
		open = t.makeBelow
	}
	parent, err := t.folders.holdLocked(path.Dir(name), open)
	if err != nil {
		return openedFolder{}, err
	}
	defer func() { parent.users-- }()
	if parent.isNew && create {
		folder, err := t.makeFolder(parent, path.Base(name))
		if !errors.Is(err, fs.ErrExist) {
			return folder, err
		}
	}
	return t.openIn(parent, name, create)
}

// openIn is openBelow with the folder that holds the one of the name.
func (t *Tree) openIn(parent *held, name string, create bool) (openedFolder, error) {
	base := path.Base(name)
	root, err := enter(parent.Root, base)
	isFile := errors.Is(err, errLinkedFolder)
	switch {
	case isFile && !t.manifest.holds(name):
		return openedFolder{}, errNotFolder
	case isFile && !create:
		return openedFolder{}, fs.ErrNotExist
	case isFile:
		if err := parent.Remove(base); err != nil {
			return openedFolder{}, err
		}
		return t.makeFolder(parent, base)
	case create && errors.Is(err, fs.ErrNotExist):
		return t.makeFolder(parent, base)
	}
	return openedFolder{Root: root}, err
}

// makeFolder makes a folder and opens it.
func (t *Tree) makeFolder(parent *held, name string) (openedFolder, error) {
	if err := parent.Mkdir(name, 0o777); err != nil {
		return openedFolder{}, err
	}
	root, err := enter(parent.Root, name)
	return openedFolder{root, !t.foldsNames}, err
}
