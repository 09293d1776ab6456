package pages

import (
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A Page is a file to read, small enough to keep a hundred thousand of.
type Page struct {
	// Path opens the file and names it in messages: relative to the working
	// folder, unless the user named an absolute PATH outside it.
	Path string
	// Rel is Path from the folder that the user named on, or the file's name if
	// the user named the file.
	Rel string
}

// NamedPage returns the page of a file that the user named.
func NamedPage(file string) Page {
	name := Name(file)
	return Page{name, path.Base(name)}
}

// A Walk finds the pages below the PATHs of a command line.
type Walk struct {
	roots      []root
	extensions []string
	// Links holds the symlinks to folders that were met and not followed, once
	// Pages has run.
	Links []string
	// Markdown holds the files in Markdown that are no pages of this walk, once Pages has
	// run.
	Markdown []string
}

// A root is one PATH: a folder to walk, or a file to take.
type root struct {
	path   string // as in a Page
	folder bool
}

// textExtensions are those of files that are pages if a user names them: what pages include
// has many names.
var textExtensions = []string{"", ".txt", ".inc", ".rest"}

// NewWalk checks that every PATH exists and returns a walk over them. Pages are
// the files that end in ".rst" or one of the extensions given, with or without
// their dot; a PATH may also be another file of text.
func NewWalk(paths, extensions []string) (*Walk, error) {
	w := &Walk{extensions: []string{".rst"}}
	for _, e := range extensions {
		w.extensions = append(w.extensions, "."+strings.TrimPrefix(e, "."))
	}
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, unreadable(p, err)
		}
		if ext := path.Ext(p); !info.IsDir() && !slices.Contains(textExtensions, ext) && !w.isPage(p) {
			return nil, fmt.Errorf("%s is no page: its name does not end in .rst; --ext %s makes it one", Quoted(p), Quoted(strings.TrimPrefix(ext, ".")))
		}
		w.roots = append(w.roots, root{Name(p), info.IsDir()})
	}
	slices.SortFunc(w.roots, func(a, b root) int { return strings.Compare(a.path, b.path) })
	w.roots = slices.Compact(w.roots)
	return w, nil
}

// Name returns path as messages name it: clean, with slashes, and relative if it
// is below the working folder.
func Name(path string) string {
	if filepath.IsAbs(path) {
		if wd, err := os.Getwd(); err == nil {
			if rel, err := filepath.Rel(wd, path); err == nil && filepath.IsLocal(rel) {
				path = rel
			}
		}
	}
	return filepath.ToSlash(filepath.Clean(path))
}

// Pages yields each page once: the PATHs in order of their names, what is below
// them in the order of the walk, folder by folder. A folder that cannot be read
// yields an error, and the walk goes on.
func (w *Walk) Pages() iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		w.Links, w.Markdown = nil, nil
		seen := make(map[string]bool) // by absolute path, if one PATH is within another
		overlap := w.overlap()
		for _, r := range w.roots {
			for p, err := range w.pagesOf(r) {
				if err == nil && overlap {
					at := absolute(p.Path)
					if seen[at] {
						continue
					}
					seen[at] = true
				}
				if !yield(p, err) {
					return
				}
			}
		}
	}
}

// overlap reports whether a PATH is in the folder of another one, or the same.
func (w *Walk) overlap() bool {
	paths := make(map[string]bool)
	for _, r := range w.roots {
		paths[absolute(r.path)] = true
	}
	for at := range paths {
		for at != path.Dir(at) {
			if at = path.Dir(at); paths[at] {
				return true
			}
		}
	}
	return len(paths) < len(w.roots)
}

// pagesOf yields the pages of one PATH.
func (w *Walk) pagesOf(r root) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		if !r.folder {
			yield(NamedPage(r.path), nil)
			return
		}
		for e, err := range entries(r.path) {
			if err != nil {
				if !yield(Page{}, err) {
					return
				}
				continue
			}
			name := e.path
			switch {
			case e.isLink() && IsFolder(name):
				w.Links = append(w.Links, name)
			case !e.isFile():
			case !w.isPage(name):
				if IsMarkdown(name) {
					w.Markdown = append(w.Markdown, name)
				}
			case !yield(Page{name, below(r.path, name)}, nil):
				return
			}
		}
	}
}

// Takes reports whether a walk takes the file at a path below one of its folders for
// a page, as far as its name and those of the folders say.
func (w *Walk) Takes(rel string) bool {
	return w.isPage(rel) && !slices.ContainsFunc(strings.Split(path.Dir(rel), "/"), func(name string) bool {
		return name != "." && Skipped(name)
	})
}

// isPage reports whether a file of that name is a page.
func (w *Walk) isPage(name string) bool {
	for _, e := range w.extensions {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// IsMarkdown reports whether a file of that name is in Markdown, as Sphinx reads it
// through MyST.
func IsMarkdown(name string) bool { return strings.HasSuffix(name, ".md") }

// IsFolder reports whether path is a folder, or a symlink to one.
func IsFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// absolute returns path from the file system's root, with slashes.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.ToSlash(path)
}
