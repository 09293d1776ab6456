package render

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text writes s as running text of one line: docutils reads the words of s back,
// without markup, as a paragraph of its own. Line breaks and runs of blanks
// become one blank, as they would in any paragraph.
func Text(s string) string {
	s, _ = Visible(strings.Join(strings.Fields(s), " "))
	return escapeStart(escapeInline(s))
}

// Wrap cuts a line of a paragraph that docutils may find too long at blanks, where
// a line end reads the same. A word that is too long itself stays whole.
func Wrap(line string) []string {
	var lines []string
	for len(line) > chunk {
		end := strings.LastIndexByte(line[:chunk], ' ')
		if end <= 0 {
			end = strings.IndexByte(line, ' ')
		}
		if end <= 0 {
			break
		}
		lines = append(lines, line[:end])
		line = strings.TrimLeft(line[end:], " ")
	}
	return append(lines, line)
}

// escapeInline puts a backslash before what would begin inline markup.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup
func escapeInline(s string) string {
	if !strings.ContainsAny(s, "\\`*|_") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '\\', '`', '*', '|':
			b.WriteByte('\\')
		case '_':
			if next, _ := utf8.DecodeRuneInString(s[i+1:]); !isWord(next) || next == '_' {
				b.WriteByte('\\') // word_ is a reference
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

// enumerator matches what begins an item of an enumerated list.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#enumerated-lists
var enumerator = regexp.MustCompile(`^\(?(?:#|[0-9]+|[a-zA-Z]|[ivxlcdmIVXLCDM]+)[.)](?: |$)`)

// escapeStart puts a backslash where a paragraph would else be read as another
// body element, or as the introduction of a literal block.
func escapeStart(s string) string {
	if strings.HasSuffix(s, "::") {
		s = s[:len(s)-1] + `\:`
	}
	if m := enumerator.FindString(s); m != "" {
		i := strings.IndexAny(m[1:], ".)") + 1
		return s[:i] + `\` + s[i:]
	}
	if s != "" && (strings.ContainsRune("-+/:.=_>•‣⁃", first(s)) || isRule(s)) {
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
