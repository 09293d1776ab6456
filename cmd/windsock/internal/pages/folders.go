package pages

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
)

// apart lists the files whose presence sets a folder apart from the tree that it
// stands in: a virtual environment, an output tree.
var apart = []string{"pyvenv.cfg", ManifestName}

// Skipped reports whether walks pass over folders of that name.
func Skipped(name string) bool {
	switch name {
	case "_build", "_api", "node_modules":
		return true
	}
	return strings.HasPrefix(name, ".")
}

// A visitor is told what a walk meets. Each function reports whether to go on.
type visitor struct {
	// file is told everything that is no folder, symlinks to folders included.
	file func(folder string, d fs.DirEntry) bool
	// fail is told about a folder that cannot be read.
	fail func(err error) bool
}

// folders walks the tree below root in the order of the names in each folder,
// and reports whether it came to its end.
func folders(root string, v visitor) bool {
	entries, err := os.ReadDir(root)
	return v.entries(root, entries, err)
}

// entries visits what one folder holds, and the folders in it.
func (v visitor) entries(folder string, entries []fs.DirEntry, err error) bool {
	if err != nil && !v.fail(unreadable(folder, err)) {
		return false
	}
	for _, d := range entries {
		if d.IsDir() && !v.enter(folder, d.Name()) {
			return false
		}
		if !d.IsDir() && !v.file(folder, d) {
			return false
		}
	}
	return true
}

// enter walks a folder below the root, unless it is one to pass over.
func (v visitor) enter(parent, name string) bool {
	if Skipped(name) {
		return true
	}
	folder := join(parent, name)
	entries, err := os.ReadDir(folder)
	if setApart(entries) {
		return true
	}
	return v.entries(folder, entries, err)
}

// setApart reports whether the entries of a folder, sorted, set it apart.
func setApart(entries []fs.DirEntry) bool {
	return slices.ContainsFunc(apart, func(name string) bool { return holds(entries, name) })
}

// holds reports whether a name is among the entries of a folder, sorted.
func holds(entries []fs.DirEntry, name string) bool {
	_, found := slices.BinarySearchFunc(entries, name, func(d fs.DirEntry, name string) int {
		return cmp.Compare(d.Name(), name)
	})
	return found
}

// join joins a folder, as walks name it, and a name in it.
func join(folder, name string) string {
	switch {
	case folder == "." || folder == "":
		return name
	case strings.HasSuffix(folder, "/"):
		return folder + name
	}
	return folder + "/" + name
}

// below returns name from the folder root on, where join made it from root.
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
