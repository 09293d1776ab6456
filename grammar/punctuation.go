package grammar

import (
	"strings"
	"unicode"
)

// opensASCII is the set of ASCII characters that can precede a start-string: white space,
// opening brackets and quotes, delimiters.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup-recognition-rules
var opensASCII = asciiSet("\"'(<[{-/:")

// closesASCII is the set of ASCII characters that can follow an end-string: white space,
// an escape, closing brackets and quotes, delimiters.
var closesASCII = asciiSet("\"')>]}-/:\\.,;!?\x00")

// asciiSet returns the set of the characters of s and ASCII white space.
func asciiSet(s string) (set byteSet) {
	for c := range set {
		set[c] = c < 0x80 && (IsSpace(rune(c)) || strings.IndexByte(s, byte(c)) >= 0)
	}
	return set
}

// isOpener reports whether r, which is not ASCII, is an opening bracket or a quote.
func isOpener(r rune) bool { return unicode.In(r, unicode.Ps, unicode.Pi, unicode.Pf) }

// isCloser reports whether r, which is not ASCII, is a closing bracket or a quote. Low
// quotes close in some languages.
func isCloser(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pi, unicode.Pf) || r == '\u201a' || r == '\u201e'
}

// isDelimiter reports whether r, which is not ASCII, is other punctuation. Unicode
// classified the section and paragraph signs as punctuation only after docutils compiled
// its list.
func isDelimiter(r rune) bool {
	return unicode.In(r, unicode.Pd, unicode.Po) && r != '\u00a7' && r != '\u00b6'
}

// isPair reports whether opening and closing are a pair of brackets or quotes. The
// characters of a pair outside ASCII are adjacent in Unicode.
func isPair(opening, closing rune) bool {
	if opening < 0x80 {
		n := strings.IndexRune(`"'(<[{`, opening)
		return n >= 0 && closing == rune(`"')>]}`[n])
	}
	return isOpener(opening) && closing == opening+1
}
