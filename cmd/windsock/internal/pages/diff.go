package pages

import "github.com/rogpeppe/go-internal/diff"

// Diff returns what changes in the file at path as a unified diff that patch -p1
// and git apply take, in time almost linear in the lines; nil if nothing does.
func Diff(path string, before, after []byte) []byte {
	return diff.Diff(headerName("a/"+path), before, headerName("b/"+path), after)
}
