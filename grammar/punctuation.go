package grammar

import (
	"strings"
	"unicode"
)

// opensASCII holds the ASCII characters that a start-string may follow: white
// space, opening brackets and quotes, delimiters.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup-recognition-rules
var opensASCII = asciiSet("\"'(<[{-/:")

// closesASCII holds the ASCII characters that an end-string may precede: white
// space, an escape, closing brackets and quotes, delimiters.
var closesASCII = asciiSet("\"')>]}-/:\\.,;!?\x00")

// asciiSet returns the set of the characters of s and of white space.
func asciiSet(s string) (set byteSet) {
	for c := range set {
		set[c] = c < 0x80 && (IsSpace(rune(c)) || strings.IndexByte(s, byte(c)) >= 0)
	}
	return set
}

// isOpener reports whether r, not an ASCII character, is an opening bracket or
// a quote.
func isOpener(r rune) bool { return unicode.In(r, unicode.Ps, unicode.Pi, unicode.Pf) }

// isCloser reports whether r, not an ASCII character, is a closing bracket or a
// quote. Low quotes close in some languages.
func isCloser(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pi, unicode.Pf) || r == '\u201a' || r == '\u201e'
}

// isDelimiter reports whether r, not an ASCII character, is other punctuation.
// The section and paragraph signs became punctuation in Unicode only after
// docutils drew up its list.
func isDelimiter(r rune) bool {
	return unicode.In(r, unicode.Pd, unicode.Po) && r != '\u00a7' && r != '\u00b6'
}

// pairs holds what closes an opening character where that is not the character
// after it in Unicode's order.
var pairs = map[rune]string{
	'"': "\"", '\'': "'", '<': ">", '[': "]", '{': "}",
	'\u00ab': "\u00bb", '\u00bb': "\u00ab\u00bb",
	'\u2018': "\u2019\u201a", '\u2019': "\u2018\u2019", '\u201a': "\u201b\u2018\u2019", '\u201b': "\u201a",
	'\u201c': "\u201d\u201e", '\u201d': "\u201c\u201d", '\u201e': "\u201f\u201c\u201d", '\u201f': "\u201e",
	'\u203a': "\u2039\u203a", '\u301d': "\u301f", '\uff3b': "\uff3d", '\uff5b': "\uff5d",
}

// isPair reports whether opening and closing are a pair of brackets or quotes.
func isPair(opening, closing rune) bool {
	if closers, ok := pairs[opening]; ok {
		return strings.ContainsRune(closers, closing)
	}
	switch {
	case opening == '(':
		return closing == ')'
	case opening < 0x80:
		return false
	case unicode.Is(unicode.Pf, opening):
		return closing == opening-1
	default:
		return isOpener(opening) && closing == opening+1
	}
}
