package render

import (
	"strings"
	"unicode/utf8"
)

// separator is a blank that is escaped: docutils drops it, and reads what stands on its two
// sides apart.
const separator = `\ `

// TextWithin writes s, one line, as running text for a place within a line of
// running text, whose other text it neither changes nor is changed by. That stands before and
// after it, each up to the end of its line.
func TextWithin(s, before, after string) string {
	s, _ = Visible(strings.Join(strings.Fields(s), " "))
	s = escapeInline(s)
	begins := strings.TrimLeft(before, " \t-*+(") == ""
	if begins {
		s = escapeStart(s)
	}
	last, n := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune(`"'([{`, last) {
		last, n = utf8.DecodeLastRuneInString(before[:len(before)-n])
	}
	if n > 0 && !isSpace(last) {
		s = separator + s // it would go on with a word, an address or another mark
	}
	rest := strings.TrimLeft(after, `.,:;!?"')]}`)
	isEnumerator := begins && enumerator().MatchString(s+after+" ")
	if isEnumerator || rest != "" && rest[0] != '\\' && !isSpace(first(rest)) {
		s += separator
	}
	return s
}

// LiteralWithin places a literal that [Literal] wrote as TextWithin does text.
func LiteralWithin(literal, before, after string) string {
	content, isInline := strings.CutPrefix(literal, "``")
	if !isInline && len(after) > 1 && after[0] == ':' && isWord(first(after[1:])) {
		literal += separator // what follows could be another role
	}
	last, n := utf8.DecodeLastRuneInString(before)
	if n == 0 || isSpace(last) || isInline && isWord(first(content)) && strings.ContainsRune(`"'([{`, last) {
		return literal
	}
	return separator + literal // a quote and its counterpart, say, would keep it from beginning
}
