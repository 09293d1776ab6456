package render

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Text writes s as a paragraph of running text, escaped so that docutils reads
// back s without markup and Sphinx's smart quotes change nothing. It returns one
// line unless s is longer than a line may be.
//
// A line break and the white space around it become one blank, as in any
// paragraph; at either end of s they are removed. Text writes characters that RST
// cannot represent as [Visible] does, and then exact is false.
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

// lineBreakPattern matches line breaks and the white space around them.
var lineBreakPattern = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[ \t]*(?:\r\n|\r|\n)\s*`) })

// unfold joins the lines of s into one.
func unfold(s string) string {
	if !strings.ContainsAny(s, "\r\n") {
		return s
	}
	s = lineBreakPattern().ReplaceAllString(s, "\n")
	return strings.ReplaceAll(strings.Trim(s, "\n"), "\n", " ")
}

// escapeEnds escapes what docutils would strip, or read as another body element,
// at the ends of a line of running text. If continued is set, the next line
// continues the text without a blank.
func escapeEnds(s string, continued bool) string {
	endsInSpace := isSpace(last(s))
	needsSeparator := isSpace(first(s)) || isRule(s) && first(s) == '\\'
	if s = escapeStart(s); needsSeparator {
		s = separator + s
	}
	if continued || endsInSpace {
		s += `\` // docutils removes an escaped line end
	}
	return s
}

// escapeInline escapes inline markup and the characters that smart quotes would
// change.
func escapeInline(s string) string {
	return escape(s, func(s string, i int, r rune) bool { return isMarkup(s, i, r) || isSmart(s, i, r) })
}

// escape puts a backslash before each character r at s[i:] for which isActive
// returns true.
func escape(s string, isActive func(s string, i int, r rune) bool) string {
	if !strings.ContainsAny(s, "\\`*|_'\"-.&") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		if isActive(s, i, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isMarkup reports whether the character r at s[i:] can begin inline markup or
// end a reference.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup
func isMarkup(s string, i int, r rune) bool {
	switch r {
	case '\\', '`', '*', '|':
		return true
	case '_':
		next := first(s[i+1:])
		return !isWord(next) || next == '_' // word_ is a reference
	}
	return false
}

// isSmart reports whether smart quotes would change the character r at s[i:]: a
// quote, the second of two dashes, the third of three dots, or the "#" of a
// character reference.
// https://docutils.sourceforge.io/docs/user/smartquotes.html
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

// enumeratorPattern matches the enumerator that begins an item of an enumerated
// list.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#enumerated-lists
var enumeratorPattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\(?(?:#|[0-9]+|[a-zA-Z]|[ivxlcdmIVXLCDM]+)[.)](?: |$)`)
})

// escapeStart escapes a line that docutils would otherwise read as another body
// element than a paragraph, or as the introduction of a literal block.
func escapeStart(s string) string {
	if strings.HasSuffix(s, "::") {
		s = s[:len(s)-1] + `\:`
	}
	if m := enumeratorPattern().FindString(s); m != "" {
		i := strings.IndexAny(m[1:], ".)") + 1
		return s[:i] + `\` + s[i:]
	}
	if s != "" && (strings.ContainsRune("-+/:.=_>•‣⁃", first(s)) || isRule(s) && first(s) != '\\') {
		return `\` + s
	}
	return s
}

// first returns the first character of s, utf8.RuneError if s is empty.
func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// last returns the last character of s, utf8.RuneError if s is empty.
func last(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// isRule reports whether s repeats a single punctuation character. docutils reads
// such a line as a transition or the underline of a title.
func isRule(s string) bool {
	r := first(s)
	return unicode.In(r, unicode.P, unicode.S) && strings.Trim(s, string(r)) == ""
}

// isWord reports whether r can be part of a word.
func isWord(r rune) bool {
	return r == '_' || r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}
