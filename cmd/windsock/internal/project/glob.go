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
	"windsock/grammar"
)

// Globs are the globs of one key of the project file, or of one flag. The zero
// value has none.
type Globs struct {
	name     string // of the key or flag, for messages
	folder   string // that they are relative to
	globs    []string
	optional bool           // whether a glob may match nothing
	file     *catalog.YAML  // the project file that has the globs; nil if none has
	spans    []grammar.Span // of the globs in the file
}

// globs reads a list of globs.
func (d *decoder) globs(e catalog.Entry) Globs {
	g := Globs{name: e.Key.Value, folder: d.folder, file: d.YAML}
	for _, item := range d.List(e, "paths and globs") {
		if !doublestar.ValidatePattern(item.Value) {
			d.Bad(item, "%q is %v", item.Value, errNoGlob)
			continue
		}
		g.globs, g.spans = append(g.globs, item.Value), append(g.spans, d.Span(item))
	}
	return g
}

// errNoGlob says what is wrong with a pattern that doublestar does not accept.
var errNoGlob = errors.New("no glob: a bracket or brace in it is not closed")

// FlagGlobs returns globs that were given to a flag, such as "--config",
// relative to the working folder.
func FlagGlobs(flag string, globs []string) Globs {
	g := Globs{name: flag, folder: "."}
	for _, glob := range globs {
		g.globs = append(g.globs, filepath.ToSlash(glob))
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
func (g Globs) Empty() bool { return len(g.globs) == 0 }

// same reports whether the globs match the same as others, whatever there is.
func (g Globs) same(h Globs) bool {
	return pages.Real(g.folder) == pages.Real(h.folder) && slices.Equal(g.globs, h.globs)
}

// Match reports whether one of the globs is about a file of that path, whether or
// not there is one.
func (g Globs) Match(name string) bool {
	folder, err := filepath.Abs(g.folder)
	file, fileErr := filepath.Abs(name)
	rel, relErr := filepath.Rel(folder, file)
	return errors.Join(err, fileErr, relErr) == nil && slices.ContainsFunc(g.globs, func(glob string) bool {
		name := filepath.ToSlash(rel)
		if filepath.IsAbs(glob) {
			name = filepath.ToSlash(file)
		}
		return name == path.Clean(glob) || doublestar.MatchUnvalidated(path.Clean(glob), name)
	})
}

// Files returns the files that the globs match, as messages name them, sorted,
// each once. A glob that matches nothing is an error that names it.
func (g Globs) Files() ([]string, error) { return g.match(false) }

// Paths returns the files and the folders that the globs match, as Files does.
func (g Globs) Paths() ([]string, error) { return g.match(true) }

// match returns the files that the globs match, and the folders if they count.
func (g Globs) match(folders bool) ([]string, error) {
	var paths []string
	for i, glob := range g.globs {
		matched, err := matches(g.folder, glob, folders)
		if err == nil && len(matched) == 0 && !g.optional {
			err = errors.New("it matches nothing")
		}
		if err != nil && g.file != nil {
			return nil, errorAt(g.file, g.spans[i], fmt.Sprintf("%s %q: %v", g.name, glob, err))
		} else if err != nil {
			return nil, fmt.Errorf("%s %s: %w", g.name, pages.Quoted(glob), err)
		}
		paths = append(paths, matched...)
	}
	slices.Sort(paths)
	return slices.Compact(paths), nil
}

// matches returns what a glob matches in a folder. A glob that is the name of something is
// that, whatever characters it has.
func matches(folder, glob string, folders bool) ([]string, error) {
	literal := within(folder, glob)
	info, err := os.Stat(literal)
	switch {
	case err == nil && info.IsDir() && !folders:
		return nil, errors.New("it is a folder, not a file")
	case err == nil:
		return []string{literal}, nil
	case !strings.ContainsAny(glob, `*?[{\`):
		return nil, errors.New("there is no such file")
	case !doublestar.ValidatePattern(glob):
		return nil, fmt.Errorf("it is %w", errNoGlob)
	}
	base, glob := doublestar.SplitPattern(path.Clean(glob))
	return walk(within(folder, base), glob, folders)
}

// walk returns what a glob matches below root, less what walks of pages pass over. It enters
// no folder that holds a provider.yaml which matches: of a provider's many folders none holds
// another provider.
func walk(root, glob string, folders bool) (paths []string, err error) {
	const provider = "provider.yaml"
	seeksProviders := path.Base(glob) == provider
	err = fs.WalkDir(os.DirFS(root), ".", func(rel string, d fs.DirEntry, err error) error {
		full := path.Join(root, rel)
		switch {
		case err != nil:
			return err
		case rel != "." && d.IsDir() && pages.PassedOver(full):
			return fs.SkipDir
		case rel != "." && doublestar.MatchUnvalidated(glob, rel) && (folders || !pages.IsFolder(full)):
			paths = append(paths, full)
		}
		if file := path.Join(rel, provider); seeksProviders && d.IsDir() && doublestar.MatchUnvalidated(glob, file) && isFile(path.Join(root, file)) {
			paths = append(paths, path.Join(root, file))
			return fs.SkipDir
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return paths, err
}
