package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// Globs are the globs of one key of the project file, or of one flag. The zero
// value has none.
type Globs struct {
	name     string // of the key or flag, for messages
	folder   string // that they are relative to
	patterns []pattern
	optional bool // whether a glob may match nothing
}

// A pattern is one glob.
type pattern struct {
	glob string
	at   *finding.Located // its place in the project file; nil if it has none
}

// globs reads a list of globs.
func (d *decoder) globs(e catalog.Entry) Globs {
	g := Globs{name: e.Key.Value, folder: d.folder}
	var places []finding.Finding
	for _, item := range d.List(e, "paths and globs") {
		if !doublestar.ValidatePattern(item.Value) {
			d.Bad(item, "%q is no glob: a bracket or brace in it is not closed", item.Value)
			continue
		}
		places = append(places, finding.Finding{Span: d.Span(item), Rule: BadProject, Severity: finding.Error})
		g.patterns = append(g.patterns, pattern{glob: item.Value})
	}
	findings := finding.Resolve(d.Path, d.Data, places)
	for i := range findings {
		g.patterns[i].at = &findings[i]
	}
	return g
}

// FlagGlobs returns globs that were given to a flag, such as "--config",
// relative to the working folder.
func FlagGlobs(flag string, globs []string) Globs {
	g := Globs{name: flag, folder: "."}
	for _, glob := range globs {
		g.patterns = append(g.patterns, pattern{glob: filepath.ToSlash(glob)})
	}
	return g
}

// Written returns the globs, or none if nobody wrote them.
func (g Globs) Written() Globs {
	if g.optional {
		return Globs{}
	}
	return g
}

// Empty reports whether there is no glob.
func (g Globs) Empty() bool { return len(g.patterns) == 0 }

// same reports whether the globs match the same as others, whatever there is.
func (g Globs) same(h Globs) bool {
	here, err := filepath.Abs(g.folder)
	there, otherErr := filepath.Abs(h.folder)
	return err == nil && otherErr == nil && here == there &&
		slices.EqualFunc(g.patterns, h.patterns, func(p, q pattern) bool { return p.glob == q.glob })
}

// Files returns the files that the globs match, as messages name them, sorted,
// each once.
func (g Globs) Files() ([]string, error) { return g.match(false) }

// Paths returns the files and the folders that the globs match, as Files does.
func (g Globs) Paths() ([]string, error) { return g.match(true) }

// Match reports whether one of the globs is about a file of that path, whether or
// not there is one.
func (g Globs) Match(name string) bool {
	folder, err := filepath.Abs(g.folder)
	file, fileErr := filepath.Abs(name)
	if err != nil || fileErr != nil {
		return false
	}
	rel, err := filepath.Rel(folder, file)
	return err == nil && slices.ContainsFunc(g.patterns, func(p pattern) bool {
		glob, path := path.Clean(p.glob), filepath.ToSlash(rel)
		if filepath.IsAbs(p.glob) {
			path = filepath.ToSlash(file)
		}
		return path == glob || doublestar.MatchUnvalidated(glob, path)
	})
}

// match returns the paths that the globs match. A glob that matches nothing is
// an error that names it.
func (g Globs) match(folders bool) ([]string, error) {
	var paths []string
	for _, p := range g.patterns {
		matched, err := p.match(g.folder, folders)
		if err == nil && len(matched) == 0 && !g.optional {
			err = errors.New("it matches nothing")
			if !folders {
				err = errors.New("it matches no file")
			}
		}
		if err != nil {
			return nil, g.failure(p, err)
		}
		paths = append(paths, matched...)
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// failure is an error about one glob, with its place if it has one.
func (g Globs) failure(p pattern, err error) error {
	if p.at == nil {
		return fmt.Errorf("%s %s: %w", g.name, pages.Quoted(p.glob), err)
	}
	f := *p.at
	f.Message = fmt.Sprintf("%s %q: %v", g.name, p.glob, err)
	return &Error{[]finding.Located{f}}
}

// match returns what one glob matches. A glob that is the name of something is
// that, whatever characters it has.
func (p pattern) match(folder string, folders bool) ([]string, error) {
	literal := within(folder, p.glob)
	if info, err := os.Stat(literal); err == nil {
		if !info.IsDir() || folders {
			return []string{literal}, nil
		}
		return nil, errors.New("it is a folder, not a file")
	}
	if !strings.ContainsAny(p.glob, `*?[{\`) {
		return nil, errors.New("there is no such file")
	}
	if !doublestar.ValidatePattern(p.glob) {
		return nil, errors.New("it is no glob: a bracket or brace in it is not closed")
	}
	base, glob := doublestar.SplitPattern(path.Clean(p.glob))
	return walkGlob(within(folder, base), glob, folders)
}

// walkGlob returns what below root matches the glob.
func walkGlob(root, glob string, folders bool) ([]string, error) {
	var paths []string
	last := glob[strings.LastIndexByte(glob, '/')+1:]
	prefix := strings.TrimSuffix(root, "/") + "/"
	if root == "." {
		prefix = ""
	}
	matches := func(full string) bool { return doublestar.MatchUnvalidated(glob, strings.TrimPrefix(full, prefix)) }
	isFound := func(file string) bool { return path.Base(file) == last && matches(file) }
	err := pages.Each(root, isFound, func(folder, name string) {
		if !doublestar.MatchUnvalidated(last, name) {
			return
		}
		if full := path.Join(folder, name); matches(full) && (folders || !pages.IsFolder(full)) {
			paths = append(paths, full)
		}
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return paths, err
}
