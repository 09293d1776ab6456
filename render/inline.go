package render

import (
	"strings"
	"unicode/utf8"
)

// separator is an escaped blank. docutils removes it, and does not join the text
// before it to the text after it.
const separator = `\ `

// TextWithin escapes s, one line of running text, for insertion between before and
// after, the rest of the same line of a page. docutils reads each of the three as
// it would alone.
func TextWithin(s, before, after string) string {
	s, _ = Visible(strings.Join(strings.Fields(s), " "))
	s = escapeInline(s)
	isFirst := strings.TrimLeft(before, " \t-*+(") == ""
	if isFirst {
		s = escapeStart(s)
	}
	previous, n := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(`"'([{`, previous) {
		previous, n = utf8.DecodeLastRuneInString(before[:len(before)-n])
	}
	if n > 0 && !isSpace(previous) {
		s = separator + s // else it would continue a word, an address or inline markup
	}
	rest := strings.TrimLeft(after, `.,:;!?"')]}`)
	isEnumerator := isFirst && enumeratorPattern().MatchString(s+after+" ")
	if isEnumerator || rest != "" && rest[0] != '\\' && !isSpace(first(rest)) {
		s += separator
	}
	return s
}

// LiteralWithin is like [TextWithin] for a literal that [Literal] returned as one
// line.
func LiteralWithin(literal, before, after string) string {
	content, isInline := strings.CutPrefix(literal, "``")
	if !isInline && len(after) > 1 && after[0] == ':' && isWord(first(after[1:])) {
		literal += separator // else after could be the name of a second role
	}
	previous, n := utf8.DecodeLastRuneInString(before)
	if n == 0 || isSpace(previous) || isInline && isWord(first(content)) && strings.ContainsRune(`"'([{`, previous) {
		return literal
	}
	return separator + literal // else it would not begin inline markup, for example between quotes
}
