package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An Around is what stands on both sides of a piece of running text, each up to the
// end of its line.
type Around struct {
	Before, After string
	// Leads is set where the line is the first of a body element, whose kind its
	// beginning tells.
	Leads bool
}

// TextWithin writes s, one line, as running text for a place within a line of
// running text, whose other text it neither changes nor is changed by.
func TextWithin(s string, around Around) string {
	s, _ = Visible(strings.Join(strings.Fields(s), " "))
	s = escapeInline(s)
	if joins(around.Before) {
		s = parting + s
	}
	word := firstWord(around.After)
	scheme, found := strings.CutPrefix(word, ":")
	if strings.ContainsAny(word, "_@") || strings.Contains(word, "//") || strings.Contains(word, ":`") || found && isWord(first(scheme)) {
		s += parting // it would become part of a reference or an address, or keep a role from beginning
	}
	if around.Leads {
		return escapeLead(s, around)
	}
	return s
}

// LiteralWithin places a literal that [Literal] wrote as TextWithin does text.
func LiteralWithin(literal string, around Around) string {
	content, _ := utf8.DecodeRuneInString(strings.TrimPrefix(literal, "``"))
	before, n := utf8.DecodeLastRuneInString(around.Before)
	isRole := !strings.HasPrefix(literal, "``")
	if after, found := strings.CutPrefix(around.After, ":"); found && isRole && isWord(first(after)) {
		literal += parting // what follows could be another role
	}
	if n > 0 && !isSpace(before) && (!isWord(content) || !opens(before) || endsRole(around.Before)) {
		return parting + literal // a quote and its counterpart, say, would keep it from beginning
	}
	return literal
}

// endsRole reports whether text ends with the name of a role behind a backquote: what
// follows that may not begin with one.
func endsRole(text string) bool {
	name, found := strings.CutSuffix(text, ":")
	i := strings.LastIndexByte(name, ':')
	return found && i > 0 && name[i-1] == '`' && i+1 < len(name) && strings.IndexFunc(name[i+1:], unicode.IsSpace) < 0
}

// parting parts what would be taken together: docutils drops a blank that is
// escaped.
const parting = `\ `

// joins reports whether text could be taken together with what stands before it,
// as the end of an address, say. Before is what inline markup may follow.
func joins(before string) bool {
	last, n := utf8.DecodeLastRuneInString(before)
	if n == 0 || isSpace(last) || last >= utf8.RuneSelf {
		return false
	}
	if !strings.ContainsRune(`"'({<`, last) {
		return true
	}
	last, n = utf8.DecodeLastRuneInString(before[:len(before)-n])
	return n > 0 && !isSpace(last)
}

// opens reports whether an inline literal may follow a character that is no white
// space; what inline markup before it ends with is none.
func opens(before rune) bool {
	return strings.ContainsRune(`"'(<[{-/:`, before) || before >= utf8.RuneSelf && !isWord(before)
}

// firstWord returns s up to its first blank.
func firstWord(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// escapeLead puts a backslash into s where the line that it makes with what stands
// around it would be read as another body element.
func escapeLead(s string, around Around) string {
	line := around.Before + s + around.After + " x" // the end of the line is none of s
	escaped := escapeStart(line)
	if escaped == line {
		return s
	}
	at := len(around.Before)
	for n := range escaped {
		if n >= len(line) || escaped[n] != line[n] {
			if n -= at; n < 0 || n > len(s) {
				return s
			}
			return s[:n] + `\` + s[n:]
		}
	}
	return s
}
