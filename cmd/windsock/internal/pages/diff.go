package pages

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// nowhere is what the header of a diff names in place of a file that is not there.
const nowhere = "/dev/null"

// longestDiff is how many bytes the two sides of a diff may have together.
const longestDiff = 4 << 20

// Diff returns what changes in the file at path as a unified diff that patch -p1 and git
// apply take, in time almost linear in the lines; nil if nothing does. Without a before the
// file is to be made, without an after to be removed. Of what is no text, or very long, one
// line says only that it changes.
func Diff(path string, before, after []byte) []byte {
	from, to := headerName("a/"+path), headerName("b/"+path)
	if before == nil {
		from = nowhere
	}
	if after == nil {
		to = nowhere
	}
	switch {
	case bytes.Equal(before, after):
		return nil
	case isBinary(before) || isBinary(after):
		return fmt.Appendf(nil, "Binary files %s and %s differ\n", from, to)
	case len(before)+len(after) > longestDiff:
		return fmt.Appendf(nil, "Files %s and %s differ, and are too long to show how\n", from, to)
	}
	return diff.Diff(ended(from), before, ended(to), after)
}

// ended returns a name in a header with its end: a tab if there is a blank in it, where
// patch would take it to end otherwise.
func ended(name string) string {
	if strings.Contains(name, " ") && name[0] != '"' {
		return name + "\t"
	}
	return name
}

// isBinary reports whether data is no text, as git tells it.
func isBinary(data []byte) bool {
	return bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0
}
