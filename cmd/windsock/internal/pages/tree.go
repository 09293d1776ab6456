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

// A Tree is an output tree: a folder OUT that mirrors a folder SRC, with pages expanded and
// other files copied. A run that writes calls BeginWriting and RemoveOrphans, plans and
// applies a change for each file of Batches, and calls Finish. A run that only compares calls
// Look and plans the same changes, and those of the orphans. Both call Close.
type Tree struct {
	src, out      string // as messages name them
	real, realOut string // absolute, with symlinks resolved
	walk          *Walk  // distinguishes pages from other files

	root     *os.Root // OUT, nil if it does not exist or is not open yet
	locked   *os.File // OUT, locked so that no other run writes to it
	manifest *manifest
	orphans  []string // files of earlier runs whose source is gone, sorted
}

// A File is a file of SRC.
type File struct {
	Page
	IsPage bool // whether it is a page; other files are copied
}

// OpenTree returns the tree that mirrors src in out; extensions are those of NewWalk. It
// writes nothing. SRC must be a folder. OUT must be a folder, not a symlink, or not exist. It
// must not contain SRC, and SRC may contain it only where walks skip it, since Sphinx would
// read its pages as sources.
func OpenTree(src, out string, extensions []string) (*Tree, error) {
	walk, err := NewWalk([]string{src}, extensions)
	if err != nil {
		return nil, err
	}
	t := &Tree{src: Name(src), out: Name(out), real: Real(src), realOut: Real(out), walk: walk, manifest: new(manifest)}
	if !walk.roots[0].folder {
		return nil, fmt.Errorf("cannot mirror %s: it is a file; name the folder that contains it", Quoted(t.src))
	}
	if problem := t.misplaced(); problem != "" {
		return nil, fmt.Errorf("cannot write to %s: %s", Quoted(t.out), problem)
	}
	return t, nil
}

// misplaced returns the reason why OUT cannot be an output tree of SRC, "" if it can.
func (t *Tree) misplaced() string {
	if within(t.real, t.realOut) {
		return fmt.Sprintf("it contains %s, the folder to read; name a folder beside it", Quoted(t.src))
	}
	inside, err := filepath.Rel(t.real, t.realOut)
	if err == nil && filepath.IsLocal(inside) && t.walk.Matches(filepath.ToSlash(inside)+"/a.rst") {
		return fmt.Sprintf("it lies in %s, where its pages would be read as sources too; name a folder beside it, or one below _build", Quoted(t.src))
	}
	if info, err := os.Lstat(t.out); err == nil && !info.IsDir() {
		return "it is a file or a symlink; name a folder"
	}
	return ""
}

// within reports whether the absolute path is folder or below it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// Real returns the absolute path of path. It resolves the symlinks in the part that exists.
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

// BeginWriting creates OUT if it does not exist, and waits until no other run writes to it.
// It fails if OUT is neither empty nor made by windsock.
func (t *Tree) BeginWriting() error {
	if err := t.lock(); err != nil {
		return fmt.Errorf("cannot write to %s: %w", Quoted(t.out), reason(err))
	}
	if err := t.read(); err != nil {
		return err
	}
	folders := map[string]bool{".": true}
	if !t.manifest.isTidy { // a run was killed
		for _, l := range t.manifest.lines {
			folders[path.Dir(l.name())] = true
		}
	}
	for name := range folders {
		removeAbandoned(t.root, name)
	}
	source, err := filepath.Rel(t.realOut, t.real)
	if err != nil { // they are on different drives
		source = t.real
	}
	if source = filepath.ToSlash(source); t.manifest.isTidy && t.manifest.source == source {
		return nil
	}
	t.manifest.source = source
	return t.saveManifest()
}

// lock creates OUT if it does not exist, opens it, and locks it.
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
	isManifest := func(d fs.DirEntry) bool { return d.Name() == ManifestName }
	isForeign := func(d fs.DirEntry) bool { return !isTemporary(d.Name()) }
	if err == nil && !slices.ContainsFunc(entries, isManifest) && slices.ContainsFunc(entries, isForeign) {
		return errNotOurs
	}
	return err
}

// Look opens OUT for a run that writes nothing. OUT need not exist.
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

// read reads the manifest and finds the orphans. If part of SRC cannot be read, there are
// none, since their sources may exist.
func (t *Tree) read() (err error) {
	t.manifest, err = readManifest(t.root)
	if err != nil || len(t.manifest.lines) == 0 {
		return t.failure("read", ManifestName, err)
	}
	hasSource := make([]bool, len(t.manifest.lines))
	for f, err := range t.Files() {
		if err != nil && f.Rel == "" {
			return nil
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
	return nil
}

// Finish sorts the lines that this run appended to the manifest.
func (t *Tree) Finish() (err error) {
	if t.manifest.file == nil {
		return nil
	}
	t.manifest.file.Close() // some systems cannot rename over an open file
	if t.manifest, err = readManifest(t.root); err != nil {
		return t.failure("read", ManifestName, err)
	}
	return t.saveManifest()
}

// saveManifest replaces the manifest of OUT.
func (t *Tree) saveManifest() error {
	return t.failure("write", ManifestName, t.manifest.save(t.root))
}

// Close closes and unlocks OUT.
func (t *Tree) Close() {
	t.manifest.file.Close()
	if t.root != nil {
		t.root.Close()
	}
	t.locked.Close()
}

// Files yields every file of SRC that a walk visits. It yields an error without a file for a
// folder that cannot be read, and an error with the file for one that cannot be mirrored.
func (t *Tree) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for e, err := range entries(t.src) {
			if err == nil && (isTemporary(e.Name()) || !e.isFile() && !IsFolder(e.path)) {
				continue
			}
			var f File
			if err == nil {
				f = File{Page{e.path, below(t.src, e.path)}, t.walk.isPage(e.Name())}
				err = t.checkSource(f, e.isLink())
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

// checkSource returns an error about a file or a symlink of SRC that cannot be mirrored. A
// symlink that leads out of SRC could publish any file.
func (t *Tree) checkSource(f File, isLink bool) error {
	problem := ""
	switch {
	case f.Rel == ManifestName:
		problem = "windsock has a file of that name in each output tree; rename it"
	case isLink && !t.leadsInside(f):
		problem = fmt.Sprintf("it is a symlink that leads out of %s; put a copy in its place", Quoted(t.src))
	default:
		return nil
	}
	return fmt.Errorf("cannot mirror %s: %s", Quoted(f.Path), problem)
}

// leadsInside reports whether a symlink leads to a path in SRC. OUT gets the same symlink if
// it leads to a folder, so then its target must also be a relative path in SRC.
func (t *Tree) leadsInside(f File) bool {
	to, err := os.Readlink(f.Path)
	isLocal := err == nil && !filepath.IsAbs(to) && filepath.IsLocal(path.Join(path.Dir(f.Rel), filepath.ToSlash(to)))
	return within(Real(f.Path), t.real) && (isLocal || !IsFolder(f.Path))
}

// Read returns the content of a regular file of OUT. It fails if the file has more than limit
// bytes. The error does not name the file.
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

// Source returns the path of SRC as messages name it.
func (t *Tree) Source() string { return t.src }

// Path returns the path of a file of OUT as messages name it.
func (t *Tree) Path(rel string) string { return filepath.ToSlash(filepath.Join(t.out, rel)) }
