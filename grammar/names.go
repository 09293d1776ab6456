package grammar

import (
	"unicode"
	"unicode/utf8"
)

// simpleNameLength returns the length of the simple reference name at the start of text,
// 0 if there is none: letters and digits with single hyphens, underscores, periods,
// colons and plus signs between them.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#simple-reference-names
func simpleNameLength(text []byte) int {
	n := 0
	for n < len(text) {
		size := alnumAt(text[n:])
		if size == 0 && n > 0 && isInnerPunctuation(text[n]) {
			size = alnumAt(text[n+1:])
			if size > 0 {
				size++
			}
		}
		if size == 0 {
			break
		}
		n += size
	}
	return n
}

// isInnerPunctuation reports whether c is allowed inside a simple reference name.
func isInnerPunctuation(c byte) bool {
	return c == '-' || c == '.' || c == '_' || c == '+' || c == ':'
}

// alnumAt returns the length of the letter or digit, of any script, at the start of text,
// 0 if there is none.
func alnumAt[T []byte | string](text T) int {
	if len(text) == 0 {
		return 0
	}
	if text[0] < utf8.RuneSelf {
		if isAlnum(text[0]) {
			return 1
		}
		return 0
	}
	if r, n := utf8.DecodeRuneInString(string(text[:min(len(text), utf8.UTFMax)])); unicode.IsLetter(r) || unicode.IsNumber(r) {
		return n
	}
	return 0
}
