package pages

import (
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"
)

// A Tree is an output tree: a folder that mirrors another one, SRC, with pages
// expanded and all else as it is (DESIGN 2, PATH). A run goes over Files, calls
// one of Put, Copy and Keep for each, or CompareData and CompareFile where it
// must write nothing, and then Finish or Orphans. The methods that take a file
// may be called from several goroutines, once for each file.
type Tree struct {
	src, out string
	walk     *Walk // tells pages from other files
	walked   bool  // whether Files came to its end without an error
	manifest *manifest

	mu   sync.Mutex
	root *os.Root         // OUT, nil until something is put there
	made map[string]error // folders of OUT that were found or made, or why not
}

// A File is a file of SRC.
type File struct {
	Page
	// IsPage tells the pages from what is only copied.
	IsPage bool
}

// OpenTree returns the tree that mirrors src in out; extensions are those of
// NewWalk. It writes nothing. SRC must be a folder that OUT neither is nor
// holds, and OUT a folder, no symlink, or nothing yet; an OUT within SRC is no
// part of SRC.
func OpenTree(src, out string, extensions []string) (*Tree, error) {
	walk, err := NewWalk([]string{src}, extensions)
	if err != nil {
		return nil, err
	}
	t := &Tree{src: Name(src), out: Name(out), walk: walk, made: make(map[string]error)}
	if !walk.roots[0].folder {
		return nil, fmt.Errorf("cannot mirror %s: it is a file; name the folder that holds it", t.src)
	}
	if within(real(src), real(out)) {
		return nil, fmt.Errorf("cannot write to %s: it holds %s, the folder to read; name a folder beside it", t.out, t.src)
	}
	if info, err := os.Lstat(out); err == nil && !info.IsDir() {
		return nil, fmt.Errorf("cannot write to %s: it is a file or a symlink; name a folder", t.out)
	}
	if t.manifest, err = readManifest(out); err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", join(t.out, ManifestName), reason(err))
	}
	return t, nil
}

// within reports whether the absolute path is folder or lies below it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(rel)
}

// real returns the absolute path of what path leads to, as far as it exists.
func real(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if resolved, err := filepath.EvalSymlinks(abs); err == nil || filepath.Dir(abs) == abs {
		return resolved
	}
	return filepath.Join(real(filepath.Dir(abs)), filepath.Base(abs))
}

// Files yields every file of SRC that a walk comes to, symlinks included. A
// folder that cannot be read yields an error.
func (t *Tree) Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		failed := false
		ended := folders(t.src, visitor{
			except: t.outInSource(),
			fail:   func(err error) bool { failed = true; return yield(File{}, err) },
			file: func(folder string, d fs.DirEntry) bool {
				isFile := readable(folder, d)
				_, temporary := temporaryOwner(d.Name())
				if temporary || !isFile && d.Type() != fs.ModeSymlink {
					return true
				}
				name := join(folder, d.Name())
				return yield(File{Page{name, below(t.src, name)}, isFile && t.walk.isPage(name)}, nil)
			},
		})
		t.walked = ended && !failed
	}
}

// outInSource returns OUT as a walk of SRC names it, "" if it does not lie there.
func (t *Tree) outInSource() string {
	rel, err := filepath.Rel(real(t.src), real(t.out))
	if err != nil || !filepath.IsLocal(rel) {
		return ""
	}
	return join(t.src, filepath.ToSlash(rel))
}

// Path returns the path of the file rel of OUT, as messages name it.
func (t *Tree) Path(rel string) string { return join(t.out, rel) }
