package pages

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// lockName is the file of an output tree that a run holds a lock on while it writes.
const lockName = ".windsock-lock"

// errNotOurs is why nothing is written to a folder.
var errNotOurs = errors.New("it is not empty, and windsock did not make it; name a folder that is new or empty")

// Claim makes OUT, if it is not there, and waits until no other run writes to it.
// OUT must be empty or made by windsock. The manifest is there before any other
// file is, so that a run that is killed leaves a folder that is one of the two.
func (t *Tree) Claim() error {
	err := os.MkdirAll(t.out, 0o777)
	if err == nil {
		t.root, err = openOut(t.out)
	}
	if err == nil {
		err = t.claim()
	}
	if err == nil {
		return nil
	}
	t.release()
	return fmt.Errorf("cannot write to %s: %w", Quoted(t.out), reason(err))
}

// openOut opens the folder at path, if that is one and no symlink to one.
func openOut(path string) (*os.Root, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, err
	}
	seen, err := os.Lstat(path)
	opened, statErr := root.Stat(".")
	if err == nil && statErr == nil && os.SameFile(seen, opened) {
		return root, nil
	}
	root.Close()
	return nil, cmp.Or(err, statErr, errLinkedFolder)
}

// claim is Claim for a folder that is there.
func (t *Tree) claim() (err error) {
	if err := t.ours(); err != nil {
		return err
	}
	if t.unlock, err = t.lock(); err != nil {
		return err
	}
	if t.manifest, err = readManifest(t.out); err != nil {
		return err
	}
	t.manifest.setSource(t.fromOut())
	if t.manifest.isNew {
		return t.manifest.open(t.root)
	}
	return nil
}

// ours returns an error unless OUT is empty or made by windsock. Another run may
// be making it: whatever it puts there, it puts the manifest there first.
func (t *Tree) ours() error {
	entries, err := os.ReadDir(t.out)
	if err != nil {
		return err
	}
	for _, d := range entries {
		if strings.HasPrefix(d.Name(), ownPrefix) {
			continue
		}
		if _, err := t.root.Lstat(ManifestName); err != nil {
			return errNotOurs
		}
	}
	return nil
}

// lock waits until no other run writes to OUT. Where files cannot be locked, as on
// some file systems of networks, it does not wait.
func (t *Tree) lock() (unlock func(), err error) {
	if info, err := t.root.Lstat(lockName); err == nil && !info.Mode().IsRegular() {
		return nil, errSymlink
	}
	unlock, err = lockedfile.MutexAt(filepath.Join(t.out, lockName)).Lock()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK) {
		return nil, nil
	}
	return unlock, err
}

// release lets the next run have OUT.
func (t *Tree) release() {
	t.shed(0)
	if t.root != nil {
		t.root.Close()
	}
	if t.unlock != nil {
		t.unlock()
	}
}

// fromOut returns the path that leads from OUT to SRC, absolute if there is none.
func (t *Tree) fromOut() string {
	rel, err := filepath.Rel(Real(t.out), t.real)
	if err != nil {
		rel = t.real
	}
	return filepath.ToSlash(rel)
}
