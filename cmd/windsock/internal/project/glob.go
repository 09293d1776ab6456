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

// Globs is a list of doublestar globs: the value of a key of the project file or of a flag.
// The zero value is an empty list.
type Globs struct {
	name     string // of the key or flag, for messages
	folder   string // base of relative globs
	globs    []string
	optional bool           // set for the default globs, which can match nothing
	file     *catalog.YAML  // the project file, for messages; nil for a flag and for defaults
	spans    []grammar.Span // of each glob in file
}

// globs reads a list of globs.
func (d *decoder) globs(e catalog.Entry) Globs {
	g := Globs{name: e.Key.Value, folder: d.folder, file: d.YAML}
	for _, item := range d.List(e, "paths and globs") {
		if !doublestar.ValidatePattern(item.Value) {
			d.Bad(item, "%q is %v", item.Value, errBadGlob)
			continue
		}
		g.globs, g.spans = append(g.globs, item.Value), append(g.spans, d.Span(item))
	}
	return g
}

// errBadGlob is the error for a pattern that doublestar rejects.
var errBadGlob = errors.New("not a glob: a bracket or brace in it is not closed")

// FlagGlobs returns the globs of a flag, such as "--config". They are relative to the working
// folder.
func FlagGlobs(flag string, globs []string) Globs {
	g := Globs{name: flag, folder: "."}
	for _, glob := range globs {
		g.globs = append(g.globs, filepath.ToSlash(glob))
	}
	return g
}

// Written returns g if the project file or a flag set it, and no globs if it is a default.
func (g Globs) Written() Globs {
	if g.optional {
		return Globs{}
	}
	return g
}

// Empty reports whether the list is empty.
func (g Globs) Empty() bool { return len(g.globs) == 0 }

// same reports whether g and h have the same patterns and the same base folder.
func (g Globs) same(h Globs) bool {
	return pages.Real(g.folder) == pages.Real(h.folder) && slices.Equal(g.globs, h.globs)
}

// Match reports whether one of the globs matches a path. The file need not exist.
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

// Data returns the files of options that the globs match, unread. isProvider says that they
// have the format of a provider.yaml, or return it if they are Python modules.
func (g Globs) Data(isProvider bool) (files []catalog.File, err error) {
	paths, err := g.Files()
	for _, path := range paths {
		f := catalog.File{Path: path, Provider: isProvider}
		if isProvider && strings.HasSuffix(path, ".py") {
			f.Function = providerFunction
		}
		files = append(files, f)
	}
	return files, err
}

// Files returns the files that the globs match, as shown in messages, sorted and without
// duplicates. A glob that matches nothing is an error that names the glob.
func (g Globs) Files() ([]string, error) { return g.match(false) }

// Paths returns the files and the folders that the globs match, like Files.
func (g Globs) Paths() ([]string, error) { return g.match(true) }

// match returns the files that the globs match and, if withFolders is set, the folders.
func (g Globs) match(withFolders bool) ([]string, error) {
	var paths []string
	for i, glob := range g.globs {
		matched, err := matches(g.folder, glob, withFolders)
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

// matches returns the files and folders that a glob matches in a folder. A glob that is the
// name of a file matches that file alone, even if the name has special characters.
func matches(folder, glob string, withFolders bool) ([]string, error) {
	literal := resolvePath(folder, glob)
	info, err := os.Stat(literal)
	switch {
	case err == nil && info.IsDir() && !withFolders:
		return nil, errors.New("it is a folder, not a file")
	case err == nil:
		return []string{literal}, nil
	case !strings.ContainsAny(glob, `*?[{\`):
		return nil, errors.New("there is no such file")
	case !doublestar.ValidatePattern(glob):
		return nil, fmt.Errorf("it is %w", errBadGlob)
	}
	base, glob := doublestar.SplitPattern(path.Clean(glob))
	return walk(resolvePath(folder, base), glob, withFolders)
}

// walk returns the files and folders that a glob matches below root. It skips the folders that
// walks of pages skip. It also skips a folder with a matching provider.yaml: the folder of a
// provider is large and contains no other provider.
func walk(root, glob string, withFolders bool) (paths []string, err error) {
	const provider = "provider.yaml"
	wantsProviders := path.Base(glob) == provider
	err = fs.WalkDir(os.DirFS(root), ".", func(rel string, d fs.DirEntry, err error) error {
		full := path.Join(root, rel)
		switch {
		case err != nil:
			return err
		case rel != "." && d.IsDir() && pages.PassedOver(full):
			return fs.SkipDir
		case rel != "." && doublestar.MatchUnvalidated(glob, rel) && (withFolders || !pages.IsFolder(full)):
			paths = append(paths, full)
		}
		if file := path.Join(rel, provider); wantsProviders && d.IsDir() && doublestar.MatchUnvalidated(glob, file) && isFile(path.Join(root, file)) {
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
