package pages

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// lockName is the file of an output tree that is locked while a run writes there.
const lockName = ".windsock-lock"

// errNotOurs is why nothing is written to a folder.
var errNotOurs = errors.New("it is not empty, and windsock did not make it; name a folder that is new or empty")

// A Tree is an output tree: a folder OUT that mirrors another one, SRC, with pages
// expanded and all else as it is. A run that writes calls Claim, plans a change for each
// of Files, or calls Keep, applies the changes, and calls Finish. A run that writes nothing
// calls Look, plans the same changes, then those of the orphans, and calls Close. The
// methods that plan and apply may be called from several goroutines, once for each file.
type Tree struct {
	src, out      string // as messages name them
	real, realOut string // what they lead to
	walk          *Walk  // tells pages from other files
	walked        bool   // whether Files came to its end without an error

	root       *os.Root // OUT, nil until Claim or Look, and if it is not there
	unlock     func()   // lets the next run write to OUT
	manifest   *manifest
	displacing sync.Mutex
}

// A File is a file of SRC.
type File struct {
	Page
	IsPage bool // whether it is a page, and not only copied
}

// OpenTree returns the tree that mirrors src in out; extensions are those of
// NewWalk. It writes nothing. SRC must be a folder that OUT neither is nor holds, and
// OUT a folder, no symlink, or nothing yet; within SRC it must be where walks do not
// come, as Sphinx would read it else.
func OpenTree(src, out string, extensions []string) (*Tree, error) {
	walk, err := NewWalk([]string{src}, extensions)
	if err != nil {
		return nil, err
	}
	t := &Tree{src: Name(src), out: Name(out), real: Real(src), realOut: Real(out), walk: walk, manifest: &manifest{}}
	if !walk.roots[0].folder {
		return nil, fmt.Errorf("cannot mirror %s: it is a file; name the folder that holds it", Quoted(t.src))
	}
	if problem := t.misplaced(); problem != "" {
		return nil, fmt.Errorf("cannot write to %s: %s", Quoted(t.out), problem)
	}
	return t, nil
}

// misplaced says why OUT cannot be where it is, "" if it can.
func (t *Tree) misplaced() string {
	if within(t.real, t.realOut) {
		return fmt.Sprintf("it holds %s, the folder to read; name a folder beside it", Quoted(t.src))
	}
	if within(t.realOut, t.real) && !passesOver(t.real, t.realOut) {
		return fmt.Sprintf("it lies in %s, where its pages would be read as sources too; name a folder beside it, or one below _build", Quoted(t.src))
	}
	if info, err := os.Lstat(t.out); err == nil && !info.IsDir() {
		return "it is a file or a symlink; name a folder"
	}
	return ""
}

// passesOver reports whether the walk of a folder does not come to a path below it.
func passesOver(folder, path string) bool {
	rel, _ := filepath.Rel(folder, path)
	return slices.ContainsFunc(strings.Split(filepath.ToSlash(rel), "/"), Skipped)
}

// within reports whether the absolute path is folder or lies below it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// Real returns the absolute path of what path leads to, as far as it exists.
func Real(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return follow(abs, mostLinks)
}

// mostLinks is how many symlinks to nothing are followed: they may go in circles.
const mostLinks = 40

// follow is Real for an absolute path.
func follow(path string, links int) string {
	if resolved, err := filepath.EvalSymlinks(path); err == nil || filepath.Dir(path) == path {
		return resolved
	}
	folder := follow(filepath.Dir(path), links)
	to, err := os.Readlink(path)
	switch {
	case err != nil || links == 0:
		return filepath.Join(folder, filepath.Base(path))
	case !filepath.IsAbs(to):
		to = filepath.Join(folder, to)
	}
	return follow(to, links-1)
}

// Claim makes OUT, if it is not there, and waits until no other run writes to it.
// OUT must be empty or made by windsock. The manifest is written before any other
// file, so that a killed run leaves one of the two.
func (t *Tree) Claim() (err error) {
	defer func() {
		if err != nil {
			t.Close()
		}
	}()
	if err := t.occupy(); err != nil {
		return fmt.Errorf("cannot write to %s: %w", Quoted(t.out), reason(err))
	}
	if err := t.readManifest(); err != nil {
		return err
	}
	t.manifest.setSource(t.fromOut())
	t.removeAbandoned()
	if !t.manifest.isNew {
		return nil
	}
	if err := t.manifest.open(t.root); err != nil {
		return t.failure("write", ManifestName, err)
	}
	return nil
}

// occupy makes OUT, if it is not there, opens it, and keeps other runs from writing to it.
func (t *Tree) occupy() (err error) {
	if err = os.MkdirAll(t.out, 0o777); err != nil {
		return err
	}
	if t.root, err = openOut(t.out); err != nil {
		return err
	}
	if err = t.checkOurs(); err != nil {
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
	return nil, cmp.Or(err, statErr, error(notFolderError{path}))
}

// checkOurs returns an error unless OUT is empty or made by windsock. Another run may
// be making it, which puts its lock and its manifest there first.
func (t *Tree) checkOurs() error {
	entries, err := fs.ReadDir(t.root.FS(), ".")
	if err != nil {
		return err
	}
	for _, d := range entries {
		if isReserved(d.Name()) || isTemporary(d.Name()) {
			continue
		}
		if _, err := t.root.Lstat(ManifestName); err != nil {
			return errNotOurs
		}
	}
	return nil
}

// lock waits until no other run writes to OUT. Where files cannot be locked, as on
// some network file systems, it does not wait. A lock is taken by a path: the file that
// this leads to must be the one of OUT.
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

// removeAbandoned removes the temporary files of killed runs from OUT: such a run leaves
// them beside the files that the manifest names.
func (t *Tree) removeAbandoned() {
	removeAbandoned(t.root)
	if !t.manifest.unfinished {
		return
	}
	last := "."
	for _, l := range t.manifest.lines {
		name := path.Dir(l.name())
		if name == last {
			continue
		}
		last = name
		if folder, err := openFolder(t.root, name, false); err == nil {
			removeAbandoned(folder)
			folder.Close()
		}
	}
}

// Look opens OUT, if it is there, for a run that writes nothing, and reads its manifest.
func (t *Tree) Look() (err error) {
	t.root, err = openOut(t.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.root = nil
		return nil
	case err != nil:
		return unreadable(t.out, err)
	}
	if err = t.readManifest(); err != nil {
		t.Close()
	}
	return err
}

// readManifest reads what windsock wrote in OUT.
func (t *Tree) readManifest() (err error) {
	if t.manifest, err = readManifest(t.root); err != nil {
		return t.failure("read", ManifestName, err)
	}
	return nil
}

// Finish removes the orphans and the folders that this leaves empty, brings the
// manifest up to date, and lets the next run write to OUT. It returns the files that it
// removed, as paths relative to OUT.
func (t *Tree) Finish() (removed []string, err error) {
	defer t.Close()
	for _, c := range t.PlanOrphans() {
		if _, failure := t.Apply(c); failure != nil {
			err = errors.Join(err, failure)
			continue
		}
		removed = append(removed, c.Rel)
	}
	if !t.walked {
		for _, rel := range t.manifest.orphans() {
			t.Keep(rel)
		}
	}
	if failure := t.manifest.close(t.root); failure != nil {
		err = errors.Join(err, t.failure("write", ManifestName, failure))
	}
	return removed, err
}

// Close ends what Claim or Look began.
func (t *Tree) Close() {
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

// Files yields every file of SRC that a walk comes to, symlinks included. A folder
// that cannot be read yields an error, and so does a file that cannot be mirrored.
func (t *Tree) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		failed := false
		ended := folders(t.src, visitor{
			fail: func(err error) bool { failed = true; return yield(File{}, err) },
			file: func(folder string, d fs.DirEntry) bool {
				isFile := readable(folder, d)
				if isTemporary(d.Name()) || !isFile && d.Type() != fs.ModeSymlink {
					return true
				}
				name := join(folder, d.Name())
				f := File{Page: Page{name, below(t.src, name)}, IsPage: isFile && t.walk.isPage(name)}
				if problem := t.unfit(f, d); problem != "" {
					t.Keep(f.Rel)
					return yield(File{}, fmt.Errorf("cannot mirror %s: %s", Quoted(name), problem))
				}
				return yield(f, nil)
			},
		})
		t.walked = ended && !failed
	}
}

// unfit says why a file of SRC is not mirrored, "" if it is.
func (t *Tree) unfit(f File, d fs.DirEntry) string {
	switch {
	case isReserved(f.Rel):
		return "windsock has a file of that name in each output tree; rename it"
	case d.Type() == fs.ModeSymlink && !within(Real(f.Path), t.real): // it could publish any file
		return fmt.Sprintf("it is a symlink that leads out of %s; put a copy in its place", Quoted(t.src))
	}
	return ""
}

// Read returns what the file rel of OUT holds, if it is one and no symlink, and is of no
// more than limit bytes.
func (t *Tree) Read(rel string, limit int64) ([]byte, error) {
	folder, err := openFolder(t.root, path.Dir(rel), false)
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	defer folder.Close()
	f, info, err := openFile(folder, path.Base(rel))
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	defer f.Close()
	data, err := readOpen(f, info, nil, limit)
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	return data, nil
}

// Source returns the path of SRC, as messages name it.
func (t *Tree) Source() string { return t.src }

// Path returns the path of the file rel of OUT, as messages name it.
func (t *Tree) Path(rel string) string { return join(t.out, rel) }
