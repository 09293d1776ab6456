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
)

// errNotOurs is why nothing is written to a folder.
var errNotOurs = errors.New("it is not empty, and windsock did not make it; name a folder that is new or empty")

// A Tree is an output tree: a folder OUT that mirrors another one, SRC, with pages
// expanded and all else as it is. A run that writes calls BeginWriting and RemoveOrphans, plans a
// change for each of Files, applies it, and calls Finish. A run that writes nothing calls
// Look, and plans the same changes and those of the orphans. Both call Close.
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
	t := &Tree{src: Name(src), out: Name(out), real: Real(src), realOut: Real(out), walk: walk, manifest: new(manifest)}
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
	inside, err := filepath.Rel(t.real, t.realOut)
	if err == nil && filepath.IsLocal(inside) && t.walk.Takes(filepath.ToSlash(inside)+"/a.rst") {
		return fmt.Sprintf("it lies in %s, where its pages would be read as sources too; name a folder beside it, or one below _build", Quoted(t.src))
	}
	if info, err := os.Lstat(t.out); err == nil && !info.IsDir() {
		return "it is a file or a symlink; name a folder"
	}
	return ""
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
func (t *Tree) BeginWriting() error {
	if err := t.lock(); err != nil {
		return fmt.Errorf("cannot write to %s: %w", Quoted(t.out), reason(err))
	}
	if err := t.read(); err != nil {
		return err
	}
	t.removeAbandoned()
	if t.manifest.isTidy && t.manifest.source == t.fromOut() {
		return nil
	}
	t.manifest.source = t.fromOut()
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
	lock(t.locked, true)
	entries, err := t.locked.ReadDir(-1)
	isOwn := func(d fs.DirEntry) bool { return d.Name() == ManifestName }
	isForeign := func(d fs.DirEntry) bool { return !isTemporary(d.Name()) }
	if err == nil && !slices.ContainsFunc(entries, isOwn) && slices.ContainsFunc(entries, isForeign) {
		return errNotOurs
	}
	return err
}

// removeAbandoned removes temporary files in OUT and, if a run was killed, in the folders of
// files.
func (t *Tree) removeAbandoned() {
	folders := map[string]bool{".": true}
	if !t.manifest.isTidy {
		for _, l := range t.manifest.lines {
			folders[path.Dir(l.name())] = true
		}
	}
	for name := range folders {
		if folder, err := openFolder(t.root, name, false); err == nil {
			removeAbandoned(folder)
			folder.Close()
		}
	}
}

// Look opens OUT, if it is there, for a run that writes nothing.
func (t *Tree) Look() error {
	root, err := os.OpenRoot(t.out)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return unreadable(t.out, err)
	}
	t.root = root
	return t.read()
}

// read reads what windsock wrote in OUT, and finds what of that has no source now.
func (t *Tree) read() error {
	m, err := readManifest(t.root)
	if err != nil {
		return t.failure("read", ManifestName, err)
	}
	t.manifest = m
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

// Finish brings the manifest up to date.
func (t *Tree) Finish() error {
	if t.manifest.file == nil {
		return nil
	}
	t.manifest.file.Close() // since not every system renames over an open file
	m, err := readManifest(t.root)
	if err != nil {
		return t.failure("read", ManifestName, err)
	}
	t.manifest = m
	return t.saveManifest()
}

// saveManifest writes the manifest anew.
func (t *Tree) saveManifest() error {
	halting.RLock()
	defer halting.RUnlock()
	if err := t.manifest.save(t.root); err != nil {
		return t.failure("write", ManifestName, err)
	}
	return nil
}

// Close closes OUT, and lets the next run write to it.
func (t *Tree) Close() {
	t.manifest.file.Close()
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

// Files yields every file of SRC that a walk comes to. A folder that cannot be read yields an
// error, and so does a file that cannot be mirrored.
func (t *Tree) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for e, err := range entries(t.src) {
			if err == nil && (isTemporary(e.Name()) || !e.isFile() && !IsFolder(e.path)) {
				continue
			}
			var f File
			if err == nil {
				f = File{Page{e.path, below(t.src, e.path)}, t.walk.isPage(e.Name())}
				err = t.unfit(f, e)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// unfit says why a file or a symlink of SRC is not mirrored, nil if it is.
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

// leadsInside reports whether a symlink leads to a place in SRC. One to a folder must do so
// by its words, since OUT gets the same.
func (t *Tree) leadsInside(f File) bool {
	to, err := os.Readlink(f.Path)
	isLocal := err == nil && !filepath.IsAbs(to) && filepath.IsLocal(path.Join(path.Dir(f.Rel), filepath.ToSlash(to)))
	return within(Real(f.Path), t.real) && (isLocal || !IsFolder(f.Path))
}

// Read returns what the file rel of OUT holds, if it is one and no symlink, and is of no
// more than limit bytes. The error does not name the file.
func (t *Tree) Read(rel string, limit int64) ([]byte, error) {
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
func (t *Tree) Path(rel string) string { return filepath.ToSlash(filepath.Join(t.out, rel)) }
