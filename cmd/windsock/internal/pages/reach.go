package pages

import (
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Beside reports whether OUT lies in the folder that holds SRC, so that a path
// which leaves SRC leads to the same place from OUT.
func (t *Tree) Beside() bool {
	return filepath.Dir(t.real) == filepath.Dir(t.realOut)
}

// Leaving returns the path from SRC of the file that the page rel names, false if that is
// in SRC. As Sphinx has it, target is relative to the page or, with a slash before it, to
// SRC.
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

// Loses reports whether a path leads from SRC to a file, and from OUT not to the same.
// What does not exist cannot be lost.
func (t *Tree) Loses(to string) bool {
	there, err := os.Stat(filepath.Join(t.real, to))
	if err != nil {
		return false
	}
	here, err := os.Stat(filepath.Join(t.realOut, to))
	return err != nil || !os.SameFile(here, there)
}

// BesideSource returns a folder beside SRC, as messages name it, that could be
// OUT.
func (t *Tree) BesideSource() string {
	parent, name := filepath.Split(t.real)
	place := filepath.Join(parent, filepath.Base(t.out))
	if _, err := os.Lstat(place); err == nil {
		place = filepath.Join(parent, name+"-expanded")
	}
	return Name(place)
}
