package pages

import (
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Tree is an output tree: a folder that mirrors another one, SRC, with pages
// expanded and all else as it is. A run calls Claim, goes over Files, calls one of Put,
// Copy and Keep for each that is not sealed, and then Finish; or, where it must write
// nothing, Look, CompareData and CompareFile, then Orphans, and then Close. The methods that
// take a file may be called from several goroutines, once for each file.
type Tree struct {
	// Listed is what folders of SRC hold that need not be listed again; it may be nil.
	Listed *Listings

	src, out string
	real     string // what src leads to
	realOut  string // and out
	walk     *Walk  // tells pages from other files
	walked   bool   // whether Files came to its end without an error
	manifest *manifest
	root     *os.Root // OUT, nil until Claim or Look, and if it is not there
	unlock   func()   // lets the next run have OUT

	basis string    // a digest of what OUT depends on beside SRC
	began time.Time // when it was claimed, by the clock of its file system

	folders    holder // folders of OUT, by their names relative to it
	foldsNames bool   // whether the file system takes some names for the same that differ
}

// A File is a file of SRC.
type File struct {
	Page
	// IsPage tells the pages from what is only copied.
	IsPage bool

	info fs.FileInfo // what was known of it before it was read
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

// Files yields every file of SRC that a walk comes to, symlinks included. A folder
// that cannot be read yields an error, and so does a symlink that leads out of SRC:
// it could publish any file.
func (t *Tree) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		failed := false
		ended := folders(t.src, visitor{
			list: t.Listed.take,
			fail: func(err error) bool { failed = true; return yield(File{}, err) },
			file: func(folder string, d fs.DirEntry) bool {
				isFile := readable(folder, d)
				if strings.HasPrefix(d.Name(), ownPrefix) || !isFile && d.Type() != fs.ModeSymlink {
					return true
				}
				name := join(folder, d.Name())
				f := File{Page: Page{name, below(t.src, name)}, IsPage: isFile && t.walk.isPage(name)}
				if d.Type() == fs.ModeSymlink && !within(Real(name), t.real) {
					t.Keep(f.Rel)
					return yield(File{}, fmt.Errorf("cannot mirror %s: it is a symlink that leads out of %s; put a copy in its place", Quoted(name), Quoted(t.src)))
				}
				return yield(f, nil)
			},
		})
		t.walked = ended && !failed
	}
}

// Source returns the path of SRC, as messages name it.
func (t *Tree) Source() string { return t.src }

// Path returns the path of the file rel of OUT, as messages name it.
func (t *Tree) Path(rel string) string { return join(t.out, rel) }
