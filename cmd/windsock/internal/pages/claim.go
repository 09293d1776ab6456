package pages

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
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
// file is, so that a run that is killed leaves a folder that is one of the two. basis
// is a digest of all that the content of OUT depends on beside SRC; with "" for what is
// not known no file is sealed.
func (t *Tree) Claim(basis string) (err error) {
	defer func() {
		if err != nil {
			t.release()
		}
	}()
	t.basis = basis
	if err := t.take(); err != nil {
		return fmt.Errorf("cannot write to %s: %w", Quoted(t.out), reason(err))
	}
	if err := t.readManifest(); err != nil {
		return err
	}
	return t.begin()
}

// take makes OUT, if it is not there, opens it, and keeps other runs from writing to it.
func (t *Tree) take() (err error) {
	if err = os.MkdirAll(t.out, 0o777); err != nil {
		return err
	}
	if t.root, err = openOut(t.out); err != nil {
		return err
	}
	if err = t.ours(); err != nil {
		return err
	}
	t.unlock, err = t.lock()
	return err
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

// Look opens OUT, if it is there, for who writes nothing, and reads what windsock wrote
// in it. Close ends that.
func (t *Tree) Look() (err error) {
	t.root, err = openOut(t.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.root, t.manifest.isNew = nil, true
		return nil
	case err != nil:
		return unreadable(t.out, err)
	}
	if err = t.readManifest(); err != nil {
		t.Close()
	}
	return err
}

// Close ends what Look began.
func (t *Tree) Close() { t.release() }

// readManifest reads what windsock wrote in OUT.
func (t *Tree) readManifest() (err error) {
	if t.manifest, err = readManifest(t.root); err != nil {
		return t.failure("read", ManifestName, err)
	}
	return nil
}

// begin makes everything ready for files to be written.
func (t *Tree) begin() error {
	t.manifest.setSource(t.fromOut())
	t.began = t.clock()
	t.foldsNames = foldsNames(t.root)
	t.clean()
	if !t.manifest.isNew {
		return nil
	}
	if err := t.manifest.open(t.root); err != nil {
		return t.failure("write", ManifestName, err)
	}
	return nil
}

// foldsNames reports whether the file system that OUT is on takes names for the same that
// differ in case: what a run puts there may then be the place of another file of SRC.
func foldsNames(out *os.Root) bool {
	_, err := out.Lstat(strings.ToUpper(lockName))
	return !errors.Is(err, fs.ErrNotExist)
}

// clean removes what killed runs left. Within OUT they leave it only beside files on
// record, and in folders below only if they did not come to the end of the record.
func (t *Tree) clean() {
	sweep(t.root)
	if !t.manifest.unfinished {
		return
	}
	last := "."
	for _, e := range t.manifest.written {
		name := t.manifest.name(e)
		if folder := path.Dir(name); folder != last {
			last = folder
			inside(t.root, name, func(folder *os.Root, _ string) error { sweep(folder); return nil })
		}
	}
}

// ours returns an error unless OUT is empty or made by windsock. Another run may
// be making it: whatever it puts there, it puts the manifest there first.
func (t *Tree) ours() error {
	folder, err := t.root.Open(".")
	if err != nil {
		return err
	}
	defer folder.Close()
	names, err := folder.Readdirnames(-1)
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasPrefix(name, ownPrefix) {
			continue
		}
		if _, err := t.root.Lstat(ManifestName); err != nil {
			return errNotOurs
		}
	}
	return nil
}

// lock waits until no other run writes to OUT. Where files cannot be locked, as on
// some file systems of networks, it does not wait. The lock can be had by a path alone,
// so that what it leads to is made before that, in OUT, and looked at behind it.
func (t *Tree) lock() (unlock func(), err error) {
	if info, err := t.root.Lstat(lockName); err == nil && !info.Mode().IsRegular() {
		return nil, errSymlink
	}
	made, err := t.root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	made.Close()
	f, err := lockedfile.OpenFile(filepath.Join(t.out, lockName), os.O_RDWR, 0o666)
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	locked, err := f.Stat()
	if err == nil && !isAt(t.root, lockName, locked) {
		err = errSymlink
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}

// isAt reports whether a file that was opened is the one of a name in a folder, which is
// no symlink.
func isAt(folder *os.Root, name string, opened fs.FileInfo) bool {
	seen, err := folder.Lstat(name)
	return err == nil && os.SameFile(seen, opened)
}

// release lets the next run have OUT.
func (t *Tree) release() {
	t.folders.close()
	if t.root != nil {
		t.root.Close()
	}
	if t.unlock != nil {
		t.unlock()
	}
}

// fromOut returns the path that leads from OUT to SRC, absolute if there is none.
func (t *Tree) fromOut() string {
	rel, err := filepath.Rel(t.realOut, t.real)
	if err != nil {
		rel = t.real
	}
	return filepath.ToSlash(rel)
}
