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

// errNotOurs is why nothing is written to a folder.
var errNotOurs = errors.New("it is not empty, and windsock did not make it; name a folder that is new or empty")

// A Tree is an output tree: a folder OUT that mirrors another one, SRC, with pages
// expanded and all else as it is. A run that writes calls BeginWriting and RemoveOrphans, plans a
// change for each of Files, applies it, and calls Finish. A run that writes nothing calls
// Look, plans the same changes and those of the orphans, and calls Close.
type Tree struct {
	src, out      string // as messages name them
	real, realOut string // what they lead to
	walk          *Walk  // tells pages from other files

	root     *os.Root // OUT, nil until BeginWriting or Look, and if it is not there
	locked   *os.File // OUT, locked to keep other runs from writing to it
	manifest *manifest
	orphans  []string // the files of earlier runs that have no source now, sorted
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
	t := &Tree{src: Name(src), out: Name(out), real: Real(src), realOut: Real(out), walk: walk}
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
	if err := t.lock(); err != nil {
		return fmt.Errorf("cannot write to %s: %w", Quoted(t.out), reason(err))
	}
	if err := t.read(); err != nil {
		return err
	}
	removeAbandoned(t.root)
	if !t.manifest.isTidy {
		t.removeAbandoned()
	}
	if t.manifest.source != t.fromOut() {
		t.manifest.source, t.manifest.isTidy = t.fromOut(), false
	}
	return t.saveManifest()
}

// lock makes OUT, if it is not there, opens it, and keeps other runs from writing to it. It
// returns an error if OUT is neither empty nor made by windsock.
func (t *Tree) lock() (err error) {
	if err = os.MkdirAll(t.out, 0o777); err != nil {
		return err
	}
	if t.root, err = os.OpenRoot(t.out); err != nil {
		return err
	}
	if t.locked, err = t.root.Open("."); err != nil {
		return err
	}
	waitForLock(t.locked)
	entries, err := t.locked.ReadDir(-1)
	isOwn := func(d fs.DirEntry) bool { return d.Name() == ManifestName }
	isForeign := func(d fs.DirEntry) bool { return !isTemporary(d.Name()) }
	if err == nil && !slices.ContainsFunc(entries, isOwn) && slices.ContainsFunc(entries, isForeign) {
		return errNotOurs
	}
	return err
}

// removeAbandoned removes the temporary files that a killed run left in the folders of files.
func (t *Tree) removeAbandoned() {
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

// Look opens OUT, if it is there, for a run that writes nothing.
func (t *Tree) Look() (err error) {
	t.root, err = os.OpenRoot(t.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		t.root, t.manifest = nil, new(manifest)
		return nil
	case err != nil:
		return unreadable(t.out, err)
	}
	if err = t.read(); err != nil {
		t.Close()
	}
	return err
}

// read reads what windsock wrote in OUT, and finds what of that has no source now.
func (t *Tree) read() (err error) {
	if t.manifest, err = readManifest(t.root); err != nil {
		return t.failure("read", ManifestName, err)
	}
	t.findOrphans()
	return nil
}

// findOrphans finds what windsock wrote in OUT and has no source now. If some of SRC cannot
// be read, it cannot know, and finds none.
func (t *Tree) findOrphans() {
	if len(t.manifest.lines) == 0 {
		return
	}
	hasSource := make([]bool, len(t.manifest.lines))
	for f, err := range t.Files() {
		if err != nil && f.Rel == "" {
			return
		}
		if i, found := t.manifest.index(f.Rel); found {
			hasSource[i] = true
		}
	}
	for i, l := range t.manifest.lines {
		if !hasSource[i] {
			t.orphans = append(t.orphans, l.name())
		}
	}
}

// Finish brings the manifest up to date, and lets the next run write to OUT.
func (t *Tree) Finish() error {
	defer t.Close()
	return t.saveManifest()
}

// saveManifest brings the manifest up to date.
func (t *Tree) saveManifest() error {
	if err := t.manifest.save(t.root); err != nil {
		return t.failure("write", ManifestName, err)
	}
	return nil
}

// Close ends what BeginWriting or Look began.
func (t *Tree) Close() {
	if t.manifest != nil {
		t.manifest.file.Close()
	}
	if t.root != nil {
		t.root.Close()
	}
	t.locked.Close()
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
		for e, err := range entries(t.src) {
			isFile := err == nil && e.isFile()
			if err == nil && (isTemporary(e.Name()) || !isFile && !e.isLink()) {
				continue
			}
			f := File{IsPage: isFile && t.walk.isPage(e.Name())}
			if err == nil {
				f.Page = Page{e.path, below(t.src, e.path)}
				err = t.unfit(f, e)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// unfit says why a file of SRC is not mirrored, nil if it is.
func (t *Tree) unfit(f File, e entry) error {
	problem := ""
	switch {
	case f.Rel == ManifestName:
		problem = "windsock has a file of that name in each output tree; rename it"
	case e.isLink() && !t.leadsInside(f): // it could publish any file
		problem = fmt.Sprintf("it is a symlink that leads out of %s; put a copy in its place", Quoted(t.src))
	default:
		return nil
	}
	return fmt.Errorf("cannot mirror %s: %s", Quoted(f.Path), problem)
}

// leadsInside reports whether a symlink leads to a place in SRC, which need not be there. One
// that becomes a symlink in OUT must do so by its own words.
func (t *Tree) leadsInside(f File) bool {
	at, err := filepath.EvalSymlinks(f.Path)
	if err == nil && !within(absolute(at), t.real) {
		return false
	}
	to, linkErr := os.Readlink(f.Path)
	return err == nil && !IsFolder(at) || linkErr == nil && !filepath.IsAbs(to) && filepath.IsLocal(path.Join(path.Dir(f.Rel), filepath.ToSlash(to)))
}

// Read returns what the file rel of OUT holds, if it is one and no symlink, and is of no
// more than limit bytes.
func (t *Tree) Read(rel string, limit int64) ([]byte, error) {
	data, err := t.readOut(rel, limit)
	if err != nil {
		return nil, t.failure("read", rel, err)
	}
	return data, nil
}

// readOut is Read with bare errors.
func (t *Tree) readOut(rel string, limit int64) ([]byte, error) {
	folder, err := openFolder(t.root, path.Dir(rel), false)
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	f, info, err := openFile(folder, path.Base(rel), os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(new(bytes.Buffer), f, info.Size(), limit)
}

// Source returns the path of SRC, as messages name it.
func (t *Tree) Source() string { return t.src }

// Path returns the path of the file rel of OUT, as messages name it.
func (t *Tree) Path(rel string) string { return join(t.out, rel) }
