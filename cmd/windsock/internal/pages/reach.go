package pages

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Beside reports whether OUT and SRC are in the same folder. Relative paths that leave SRC then
// find the same files from OUT.
func (t *Tree) Beside() bool {
	return filepath.Dir(t.real) == filepath.Dir(t.realOut)
}

// Leaving returns the path, relative to SRC, of a target in the page rel, and reports whether it is
// outside SRC. As in Sphinx, the target is relative to the page, or to SRC if it begins with a slash.
func Leaving(rel, target string) (to string, leaves bool) {
	if !strings.Contains(target, "..") {
		return "", false
	}
	from := path.Dir(rel)
	if strings.HasPrefix(target, "/") {
		from = "."
	}
	to = path.Join(from, target)
	return to, !filepath.IsLocal(to)
}

// Breaks reports whether a path relative to SRC is a file, and the same path relative to OUT is not
// that file.
func (t *Tree) Breaks(to string) bool {
	there, err := os.Stat(filepath.Join(t.real, to))
	if err != nil {
		return false
	}
	here, err := os.Stat(filepath.Join(t.realOut, to))
	return err != nil || !os.SameFile(here, there)
}

// BesideSource returns a folder beside SRC that could be OUT, for messages.
func (t *Tree) BesideSource() string {
	parent, name := filepath.Split(t.real)
	place := filepath.Join(parent, filepath.Base(t.out))
	if _, err := os.Lstat(place); err == nil {
		place = filepath.Join(parent, name+"-expanded")
	}
	return Name(place)
}
