package render

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Text writes s as running text, a paragraph of its own: docutils reads s back,
// without markup, and Sphinx leaves its quotes, dashes and dots alone. The answer
// is one line, unless s is so long that it has to be continued.
//
// A line break, with the blanks around it, becomes one blank, as it would in any
// paragraph; at the ends of s it is left out. What running text cannot hold is
// shown as [Visible] shows it, and exact is false.
func Text(s string) (lines []string, exact bool) {
	s, exact = Visible(unfold(s))
	if s == "" {
		return []string{""}, exact
	}
	lines = split(s)
	for i, l := range lines {
		lines[i] = escapeEnds(escapeInline(l), i+1 < len(lines))
	}
	return lines, exact
}

// lineBreaks matches line breaks and the blanks around them.
var lineBreaks = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[ \t]*(?:\r\n|\r|\n)\s*`) })

// unfold returns s as one line.
func unfold(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	s = lineBreaks().ReplaceAllString(s, "\n")
	return strings.ReplaceAll(strings.Trim(s, "\n"), "\n", " ")
}

// escapeEnds quotes what would be lost, or read as another body element, at the
// ends of a line of running text that goes on in the next if continued is set.
func escapeEnds(s string, continued bool) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	isQuoted := isSpace(first(s)) || isRule(s) && first(s) == '\\'
	if s = escapeStart(s); isQuoted {
		s = `\ ` + s // an escaped blank is nothing
	}
	if continued || isSpace(last) {
		s += `\` // an escaped line end, or end of a paragraph, is nothing
	}
	return s
}

// escapeInline puts a backslash before what would begin inline markup, and before
// what smart quotes would change: quotes, the second of two dashes, the third of
// three dots, and the number of a character reference.
// https://docutils.sourceforge.io/docs/user/smartquotes.html
func escapeInline(s string) string {
	return escape(s, func(i int, r rune) bool { return isMarkup(s, i, r) || isSmart(s, i, r) })
}

// escapeMarkup puts a backslash before what would begin inline markup.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup
func escapeMarkup(s string) string {
	return escape(s, func(i int, r rune) bool { return isMarkup(s, i, r) })
}

// escape puts a backslash before the characters of s that are active; active is
// given the offset and the character.
func escape(s string, active func(i int, r rune) bool) string {
	if !strings.ContainsAny(s, "\\`*|_'\"-.&") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if active(i, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isMarkup reports whether the character r at s[i:] can belong to a start-string.
func isMarkup(s string, i int, r rune) bool {
	switch r {
	case '\\', '`', '*', '|':
		return true
	case '_':
		next, _ := utf8.DecodeRuneInString(s[i+1:])
		return !isWord(next) || next == '_' // word_ is a reference
	}
	return false
}

// isSmart reports whether smart quotes would change the character r at s[i:].
func isSmart(s string, i int, r rune) bool {
	switch before := s[:i]; r {
	case '\'', '"':
		return true
	case '-':
		return strings.HasSuffix(before, "-")
	case '.':
		return strings.HasSuffix(before, "..") || strings.HasSuffix(before, ". . ")
	case '#':
		return strings.HasSuffix(before, "&")
	}
	return false
}

// enumerator matches what begins an item of an enumerated list.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#enumerated-lists
var enumerator = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?(?:#|[0-9]+|[a-zA-Z]|[ivxlcdmIVXLCDM]+)[.)](?: |$)`)
})

// escapeStart puts a backslash where a paragraph would else be read as another
// body element, or as the introduction of a literal block.
func escapeStart(s string) string {
	if strings.HasSuffix(s, "::") {
		s = s[:len(s)-1] + `\:`
	}
	if m := enumerator().FindString(s); m != "" {
		i := strings.IndexAny(m[1:], ".)") + 1
		return s[:i] + `\` + s[i:]
	}
	if s != "" && (strings.ContainsRune("-+/:.=_>•‣⁃", first(s)) || isRule(s) && first(s) != '\\') {
		return `\` + s
	}
	return s
}

// first returns the first character of s.
func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// isRule reports whether s is one punctuation character again and again, which
// docutils reads as a transition or a title's line.
func isRule(s string) bool {
	r := first(s)
	return unicode.In(r, unicode.P, unicode.S) && strings.Trim(s, string(r)) == ""
}

// isWord reports whether r can go on a word.
func isWord(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
