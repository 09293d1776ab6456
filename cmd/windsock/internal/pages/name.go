package pages

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quoted returns a path as messages show it: as it is, or, if it is not one line
// of characters that can be seen, in quotes with these spelled as in Go, such as
// "new\nline.rst".
func Quoted(path string) string {
	if path == "" || strings.HasPrefix(path, `"`) || !utf8.ValidString(path) || strings.ContainsFunc(path, isUnseen) {
		return strconv.Quote(path)
	}
	return path
}

// isUnseen reports whether a character shows nothing, or changes what is shown.
func isUnseen(r rune) bool { return !unicode.IsPrint(r) }

// headerName returns a name as the header of a diff has it: as it is, or, if git
// would quote it, in quotes with its bytes spelled as in C.
func headerName(name string) string {
	if !strings.ContainsFunc(name, isUnseen) && utf8.ValidString(name) && !strings.ContainsAny(name, `"\`) {
		return name
	}
	quoted := []byte{'"'}
	for _, b := range []byte(name) {
		switch {
		case b == '"' || b == '\\':
			quoted = append(quoted, '\\', b)
		case b < ' ' || b >= 0x7f:
			quoted = append(quoted, '\\', '0'+b>>6, '0'+b>>3&7, '0'+b&7)
		default:
			quoted = append(quoted, b)
		}
	}
	return string(append(quoted, '"'))
}
