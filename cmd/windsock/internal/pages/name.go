package pages

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quoted returns a path for a message. It quotes the path as a Go string if the path contains
// a character that is not printable, such as in "new\nline.rst", or could be read as quoted.
func Quoted(path string) string {
	if path == "" || strings.HasPrefix(path, `"`) || !isPrintable(path) {
		return strconv.Quote(path)
	}
	return path
}

// isPrintable reports whether a name is valid UTF-8 without invisible characters.
func isPrintable(name string) bool {
	return utf8.ValidString(name) && !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// headerName returns a name for the header of a diff. Like git, it quotes a name that contains
// a quote, a backslash or a character that is not printable, as a C string with octal escapes.
func headerName(name string) string {
	if isPrintable(name) && !strings.ContainsAny(name, `"\`) {
		return name
	}
	var quoted strings.Builder
	for _, b := range []byte(name) {
		if b < ' ' || b >= 0x7f || b == '"' || b == '\\' {
			fmt.Fprintf(&quoted, `\%03o`, b)
		} else {
			quoted.WriteByte(b)
		}
	}
	return `"` + quoted.String() + `"`
}
