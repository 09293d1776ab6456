package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// lockName is the file of an output tree that is locked while a run writes there.
const lockName = ".windsock-lock"

// errNotOurs is why nothing is written to a folder.
var errNotOurs = errors.New("it is not empty, and windsock did not make it; name a folder that is new or empty")

// A Tree is an output tree: a folder OUT that mirrors another one, SRC, with pages
// expanded and all else as it is. A run that writes calls BeginWriting and RemoveOrphans, plans a
// change for each of Files, applies it, and calls Finish. A run that writes nothing calls
// Look, plans the same changes and those of the orphans, and calls Close. The methods that
// plan and apply may be called from several goroutines, once for each file.
type Tree struct {
	src, out      string // as messages name them
	real, realOut string // what they lead to
	walk          *Walk  // tells pages from other files

	root     *os.Root // OUT, nil until BeginWriting or Look, and if it is not there
	locked   *os.File // keeps other runs from writing to OUT
	manifest *manifest
	orphans  []string // the files of earlier runs that have no source now, in the order of a walk
}

// A File is a file of SRC.
type File struct {
	Page
	IsPage  bool // whether it is a page, and not only copied
	earlier line // of the manifest, "" if no earlier run wrote the file
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
	t := &Tree{src: Name(src), out: Name(out), real: Real(src), realOut: Real(out), walk: walk, manifest: newManifest()}
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
	if real, err := filepath.EvalSymlinks(abs); err == nil || filepath.Dir(abs) == abs {
		return real
	}
	return filepath.Join(Real(filepath.Dir(abs)), filepath.Base(abs))
}

// BeginWriting makes OUT, if it is not there, and waits until no other run writes to it. OUT must
// be empty or made by windsock.
func (t *Tree) BeginWriting() (err error) {
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
	removeAbandoned(t.root)
	if t.manifest.outdated || t.manifest.source != t.fromOut() {
		t.manifest.source, t.manifest.outdated = t.fromOut(), true
		t.removeAbandoned()
		if err := errors.Join(t.saveManifest(), t.readManifest()); err != nil {
			return err
		}
	}
	t.findOrphans()
	return nil
}

// removeAbandoned removes the temporary files that a killed run left in the folders of files.
func (t *Tree) removeAbandoned() {
	last, reader := ".", t.manifest.reader()
	for l := reader.next(); l != ""; l = reader.next() {
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

// occupy makes OUT, if it is not there, opens it, and keeps other runs from writing to it.
func (t *Tree) occupy() (err error) {
	if err = os.MkdirAll(t.out, 0o777); err != nil {
		return err
	}
	if t.root, err = os.OpenRoot(t.out); err != nil {
		return err
	}
	if err = t.checkOurs(); err != nil {
		return err
	}
	if info, err := t.root.Lstat(lockName); err == nil && isFile(info) != nil {
		return isFile(info)
	}
	if t.locked, err = t.root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o666); err != nil {
		return err
	}
	waitForLock(t.locked)
	return nil
}

// checkOurs returns an error unless OUT is empty or made by windsock. Another run may
// be making it, which puts its lock and its manifest there first.
func (t *Tree) checkOurs() error {
	entries, err := fs.ReadDir(t.root.FS(), ".")
	isForeign := func(d fs.DirEntry) bool { return !isReserved(d.Name()) && !isTemporary(d.Name()) }
	if _, noManifest := t.root.Lstat(ManifestName); err == nil && noManifest != nil && slices.ContainsFunc(entries, isForeign) {
		return errNotOurs
	}
	return err
}

// Look opens OUT, if it is there, for a run that writes nothing.
func (t *Tree) Look() (err error) {
	t.root, err = os.OpenRoot(t.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.root = nil
		return nil
	case err != nil:
		return unreadable(t.out, err)
	}
	if err = t.readManifest(); err != nil {
		t.Close()
		return err
	}
	t.findOrphans()
	return nil
}

// readManifest reads what windsock wrote in OUT.
func (t *Tree) readManifest() error {
	m, err := readManifest(t.root)
	if err != nil {
		return t.failure("read", ManifestName, err)
	}
	t.manifest = m
	return nil
}

// saveManifest brings the manifest up to date.
func (t *Tree) saveManifest() error {
	if err := t.manifest.save(t.root); err != nil {
		return t.failure("write", ManifestName, err)
	}
	return nil
}

// findOrphans finds what windsock wrote in OUT and has no source now. If some of SRC cannot
// be read, it cannot know, and finds none.
func (t *Tree) findOrphans() {
	var orphans []string
	for f, err := range t.files(func(name string) { orphans = append(orphans, name) }) {
		if err != nil && f.Rel == "" {
			return
		}
	}
	t.orphans = orphans
}

// Finish brings the manifest up to date, and lets the next run write to OUT.
func (t *Tree) Finish() error {
	defer t.Close()
	return t.saveManifest()
}

// Close ends what BeginWriting or Look began.
func (t *Tree) Close() {
	t.manifest.close()
	if t.root != nil {
		t.root.Close()
	}
	if t.locked != nil {
		t.locked.Close()
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
func (t *Tree) Files() iter.Seq2[File, error] { return t.files(func(string) {}) }

// files is Files, which calls skipped for each file of earlier runs that the walk does not
// come to.
func (t *Tree) files(skipped func(name string)) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		earlier := t.manifest.matcher(skipped)
		for e, err := range entries(t.src) {
			isFile := err == nil && e.isFile()
			if err == nil && (isTemporary(e.Name()) || !isFile && !e.isLink()) {
				continue
			}
			f := File{IsPage: isFile && t.walk.isPage(e.Name())}
			if err == nil {
				f.Page = Page{e.path, below(t.src, e.path)}
				f.earlier = earlier.match(f.Rel)
				err = t.unfit(f, e)
			}
			if !yield(f, err) {
				return
			}
		}
		earlier.end()
	}
}

// unfit says why a file of SRC is not mirrored, nil if it is.
func (t *Tree) unfit(f File, e entry) error {
	problem := ""
	switch {
	case isReserved(f.Rel):
		problem = "windsock has a file of that name in each output tree; rename it"
	case e.isLink() && !t.leadsInside(f): // it could publish any file
		problem = fmt.Sprintf("it is a symlink that leads out of %s; put a copy in its place", Quoted(t.src))
	default:
		return nil
	}
	return fmt.Errorf("cannot mirror %s: %s", Quoted(f.Path), problem)
}

// leadsInside reports whether a symlink leads to a place in SRC, which need not be there.
func (t *Tree) leadsInside(f File) bool {
	if at, err := filepath.EvalSymlinks(f.Path); err == nil {
		return within(absolute(at), t.real)
	}
	to, err := os.Readlink(f.Path)
	return err == nil && isLocalLink(f.Rel, to)
}

// isLocalLink reports whether a symlink leads to a place in the tree by the words of its
// target.
func isLocalLink(rel, to string) bool {
	return !filepath.IsAbs(to) && filepath.IsLocal(path.Join(path.Dir(rel), filepath.ToSlash(to)))
}

// Read returns what the file rel of OUT holds, if it is one and no symlink, and is of no
// more than limit bytes.
func (t *Tree) Read(rel string, limit int64) ([]byte, error) {
	folder, err := openFolder(t.root, path.Dir(rel), false)
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	defer folder.Close()
	f, info, err := openFile(folder, path.Base(rel), os.O_RDONLY)
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	defer f.Close()
	data, err := readAll(new(bytes.Buffer), f, info.Size(), limit)
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	return data, nil
}

// Source returns the path of SRC, as messages name it.
func (t *Tree) Source() string { return t.src }

// Path returns the path of the file rel of OUT, as messages name it.
func (t *Tree) Path(rel string) string { return join(t.out, rel) }
