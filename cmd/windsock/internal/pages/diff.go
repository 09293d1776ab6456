package pages

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// nowhere is the name of a missing file in the header of a diff.
const nowhere = "/dev/null"

// longestDiff is the maximum size, in bytes, of both sides of a diff together.
const longestDiff = 4 << 20

// Diff returns the changes of a file as a unified diff for patch -p1 and git apply; nil if there are
// none. A nil before means a new file, a nil after a removed one. For a binary or very long file, the
// diff is one line. The time is almost linear in the number of lines.
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

// ended returns a name in a header, followed by a tab if it contains a blank: otherwise patch would
// end the name at the blank.
func ended(name string) string {
	if strings.Contains(name, " ") && name[0] != '"' {
		return name + "\t"
	}
	return name
}

// isBinary reports whether data is binary, by the rule of git.
func isBinary(data []byte) bool {
	return bytes.IndexByte(data[:min(len(data), 8000)], 0) >= 0
}
