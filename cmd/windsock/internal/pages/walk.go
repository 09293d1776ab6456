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

// A Page is the path of a page.
type Page struct {
	// Path is the path of the file, also for messages: relative to the working folder, unless
	// the file is outside it.
	Path string
	// Rel is the path relative to the folder on the command line, or the name of the file if
	// the command line names the file itself.
	Rel string
}

// NamedPage returns the page for a file on the command line.
func NamedPage(file string) Page {
	name := Name(file)
	return Page{name, path.Base(name)}
}

// A Walk finds the pages in the paths of a command line.
type Walk struct {
	roots      []root
	extensions []string
	// Links lists the symlinks to folders, which Pages does not follow. Pages sets it.
	Links []string
	// Markdown lists the Markdown files that are not pages of this walk. Pages sets it.
	Markdown []string
}

// A root is a path of the command line: a folder or a page.
type root struct {
	path   string // as in a Page
	folder bool
}

// textExtensions lists the extensions of files that are pages if the command line names them.
// Included files often have these.
var textExtensions = []string{"", ".txt", ".inc", ".rest"}

// NewWalk returns a walk over paths, and an error if one does not exist. Pages are the files that
// end in ".rst" or in one of the extensions, with or without a dot; a path may also be another text
// file.
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
			return nil, fmt.Errorf("%s is not a page: its name does not end in .rst; --ext %s makes it one", Quoted(p), Quoted(strings.TrimPrefix(ext, ".")))
		}
		w.roots = append(w.roots, root{Name(p), info.IsDir()})
	}
	slices.SortFunc(w.roots, func(a, b root) int { return strings.Compare(a.path, b.path) })
	w.roots = slices.Compact(w.roots)
	return w, nil
}

// Name returns a path for messages: clean, with slashes, and relative if it is below the working
// folder.
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

// Pages yields each page once, in alphabetical order of the paths, and folder by folder below them.
// It yields an error for a folder that cannot be read, and continues.
func (w *Walk) Pages() iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		w.Links, w.Markdown = nil, nil
		seen := make(map[string]bool) // by absolute path; used if paths overlap
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

// overlap reports whether a path is inside another, or the same.
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

// pagesOf yields the pages of one path.
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

// Matches reports whether a file is a page of a walk, by its name and those of its folders. rel is
// relative to a folder of the walk.
func (w *Walk) Matches(rel string) bool {
	return w.isPage(rel) && !slices.ContainsFunc(strings.Split(path.Dir(rel), "/"), func(name string) bool {
		return name != "." && Skipped(name)
	})
}

// isPage reports whether a file with that name is a page.
func (w *Walk) isPage(name string) bool {
	for _, e := range w.extensions {
		if strings.HasSuffix(name, e) {
			return true
		}
	}
	return false
}

// IsMarkdown reports whether a file with that name is in Markdown.
func IsMarkdown(name string) bool { return strings.HasSuffix(name, ".md") }

// IsFolder reports whether path is a folder, or a symlink to one.
func IsFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// absolute returns the absolute path, with slashes.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return filepath.ToSlash(path)
}
