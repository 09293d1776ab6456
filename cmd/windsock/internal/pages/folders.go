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

// Skipped reports whether walks pass over folders of that name.
func Skipped(name string) bool {
	switch name {
	case "_build", "_api", "node_modules":
		return true
	}
	return strings.HasPrefix(name, ".")
}

// apart are the files that show that a folder is no part of the tree that it stands in: it
// is a virtual environment or an output tree.
var apart = []string{"pyvenv.cfg", ManifestName}

// PassedOver reports whether a walk from above does not enter a folder.
func PassedOver(folder string) bool {
	info, err := os.Lstat(folder)
	return Skipped(path.Base(folder)) || err == nil && !info.IsDir() || slices.ContainsFunc(apart, func(name string) bool {
		_, err := os.Lstat(filepath.Join(folder, name))
		return err == nil
	})
}

// An entry is what a walk comes to that is no folder, such as a file or a symlink.
type entry struct {
	fs.DirEntry
	path string
}

// isLink reports whether an entry is a symlink.
func (e entry) isLink() bool { return e.Type() == fs.ModeSymlink }

// isFile reports whether an entry is a file or leads to one. Devices and pipes may never
// end, and a symlink to nothing is what editors lock pages with.
func (e entry) isFile() bool {
	if !e.isLink() {
		return e.Type().IsRegular()
	}
	info, err := os.Stat(e.path)
	return err == nil && info.Mode().IsRegular()
}

// entries yields what is below root, in the order of the names in each folder, and an error
// for each folder that cannot be read.
func entries(root string) iter.Seq2[entry, error] {
	return func(yield func(entry, error) bool) {
		from := root + "/" // which is followed if it is a symlink
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

// below returns name from the folder root on, where a walk made it from root.
func below(root, name string) string {
	if root == "." {
		return name
	}
	return strings.TrimPrefix(name[len(root):], "/")
}

// reason returns what the system said, without the operation and the path that
// [os] puts before it: messages name the file themselves.
func reason(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
