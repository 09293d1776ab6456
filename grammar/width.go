package grammar

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Width returns the number of columns that text, one line without tabs, occupies in a
// monospaced font: two for a wide character, none for a combining one. docutils measures
// titles in these columns.
func Width(text []byte) int {
	n := utf8.RuneCount(text)
	for _, r := range string(text) {
		if isCombining(r) {
			n--
		} else if isWide(r) {
			n++
		}
	}
	return n
}

// isCombining reports whether r combines with the character before it.
func isCombining(r rune) bool { return r >= 0x300 && unicode.Is(unicode.Mn, r) }

// isWide reports whether r occupies two columns: its East Asian width is W or F.
// https://www.unicode.org/reports/tr11/
func isWide(r rune) bool {
	if r < 0x1100 {
		return false
	}
	kind := width.LookupRune(r).Kind()
	return kind == width.EastAsianWide || kind == width.EastAsianFullwidth
}
