package pages

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Skipped reports whether walks skip folders of that name.
func Skipped(name string) bool {
	return strings.HasPrefix(name, ".") || name == "_build" || name == "_api" || name == "node_modules"
}

// PassedOver reports whether a walk from above skips a folder, which may be a symlink. Besides
// [Skipped] ones, these are virtual environments and output trees.
func PassedOver(folder string) bool {
	info, err := os.Lstat(folder)
	return Skipped(path.Base(folder)) || err == nil && !info.IsDir() || slices.ContainsFunc([]string{"pyvenv.cfg", ManifestName}, func(name string) bool {
		_, err := os.Lstat(filepath.Join(folder, name))
		return err == nil
	})
}

// An entry is a file, a symlink or another non-folder that a walk finds.
type entry struct {
	fs.DirEntry
	path string
}

// isLink reports whether an entry is a symlink.
func (e entry) isLink() bool { return e.Type() == fs.ModeSymlink }

// isFile reports whether an entry is a regular file or a symlink to one. Reading a device or a
// pipe may never end, and editors lock pages with dangling symlinks.
func (e entry) isFile() bool {
	if !e.isLink() {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(e.path)
	return err == nil && info.Mode().IsRegular()
}

// entries yields the entries below root, sorted by name in each folder, and an error for each
// folder that cannot be read.
func entries(root string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		from := root + "/" // the slash makes WalkDir follow a symlink
		filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
			name = filepath.ToSlash(name)
			isFolder, more := err == nil && d.IsDir(), true
			switch {
			case err != nil:
				more = yield(entry{}, unreadable(path.Clean(name), err))
			case isFolder && name != from && PassedOver(name):
				return fs.SkipDir
			case !isFolder:
				more = yield(entry{d, name}, nil)
			}
			if !more {
				return fs.SkipAll
			}
			return nil
		})
	}
}

// below returns the path relative to root of a name that a walk of root found.
func below(root, name string) string {
	if root == "." {
		return name
	}
	return strings.TrimPrefix(name[len(root):], "/")
}

// reason returns an error of the system without the operation and the path that [os] adds.
// Messages name the file themselves.
func reason(err error) error {
	var inPath *fs.PathError
	var inLink *os.LinkError
	switch {
	case errors.As(err, &inPath):
		return inPath.Err
	case errors.As(err, &inLink):
		return inLink.Err
	}
	return err
}
