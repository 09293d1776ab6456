package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// chunk is how many characters of a long string stand on one line; with any
// sensible margin and every character escaped it stays below MaxLine.
const chunk = 4_000

// Literal writes s so that docutils reads exactly s back from an inline literal.
// The answer is one line, unless s is so long that it has to be continued. It is
// to stand at the beginning of a paragraph or after a blank.
//
// Most strings become an inline literal, which cannot hold every string: those
// with two backquotes, or a backquote or a blank at an end, are written with the
// role "literal", where a backslash can quote. The empty string is two quotes.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-literals
//
// What neither form can hold is shown as [Visible] shows it, and exact is false.
func Literal(s string) (lines []string, exact bool) {
	s, exact = Visible(s)
	if s == "" {
		return []string{"``''``"}, exact
	}
	parts := split(s)
	for i, p := range parts {
		parts[i] = literal(p)
		if i+1 < len(parts) {
			parts[i] += `\` // joins the next line without a blank
		}
	}
	return parts, exact
}

// literal writes one line of text.
func literal(s string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	starts, ends := isSpace(first(s)), isSpace(last)
	if !starts && !ends && s[0] != '`' && last != '`' && !strings.Contains(s, "``") {
		return "``" + s + "``"
	}
	s = strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(s)
	if starts {
		s = `\ ` + s // an escaped blank is nothing, and lets the role begin
	}
	if ends {
		s += `\ `
	}
	return ":literal:`" + s + "`"
}

// split cuts s into pieces of at most chunk characters.
func split(s string) []string {
	var parts []string
	for {
		end := chunkEnd(s)
		parts = append(parts, s[:end])
		if s = s[end:]; s == "" {
			return parts
		}
	}
}

// chunkEnd returns the length in bytes of the first chunk characters of s.
func chunkEnd(s string) int {
	n := 0
	for i := range s {
		if n++; n > chunk {
			return i
		}
	}
	return len(s)
}

// LiteralBlock writes s so that docutils reads exactly s back: text of several
// lines as a literal block, other text by [Literal]. The line break that ends the
// last line is not part of what is shown. exact is as there.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
func LiteralBlock(s string) (lines []string, exact bool) {
	body := strings.Split(strings.TrimSuffix(s, "\n"), "\n")
	switch {
	case s == "\n":
		return Literal(s)
	case len(body) == 1:
		return Literal(body[0])
	}
	exact = true
	for i, l := range body {
		shown, same := Visible(l)
		body[i] = shown
		exact = exact && same
	}
	if !fitsLiteralBlock(body) {
		return parsedLiteral(body), exact
	}
	lines = []string{"::", ""}
	for _, l := range body {
		if l != "" {
			l = "   " + l
		}
		lines = append(lines, l)
	}
	return lines, exact
}

// fitsLiteralBlock reports whether a literal block holds the lines as they are. It
// would lose blank lines at its ends, white space at the ends of lines, and an
// indentation that all lines have.
func fitsLiteralBlock(body []string) bool {
	indented := true
	for _, l := range body {
		last, _ := utf8.DecodeLastRuneInString(l)
		if isSpace(last) || chunkEnd(l) < len(l) {
			return false
		}
		indented = indented && (l == "" || isSpace(first(l)))
	}
	return !indented && body[0] != "" && body[len(body)-1] != ""
}

// parsedLiteral writes lines that a literal block would change, with a backslash
// before what is markup and before white space at the beginning of a line. One at
// the end of a line keeps the white space before it, or the line if it is blank,
// and removes the line break.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#parsed-literal
func parsedLiteral(body []string) []string {
	lines := []string{".. parsed-literal::", ""}
	for i, l := range body {
		parts := split(l)
		for _, p := range parts[:len(parts)-1] {
			lines = append(lines, "   "+parsedLine(p)+`\`)
		}
		last, _ := utf8.DecodeLastRuneInString(l)
		isLast := i+1 == len(body)
		line := "   " + parsedLine(parts[len(parts)-1])
		guarded := isSpace(last) || l == "" && (i == 0 || isLast)
		if guarded {
			line += `\`
		}
		lines = append(lines, strings.TrimRight(line, " "))
		if guarded && !isLast {
			lines = append(lines, "") // a line break in place of the one that is removed
		}
	}
	return lines
}

// parsedLine quotes the markup in a line, or a piece of one, of a parsed-literal.
func parsedLine(s string) string {
	s = escapeMarkup(s)
	if isSpace(first(s)) {
		return `\ ` + s
	}
	return s
}

// Visible returns s with the characters that nothing in RST can hold spelled as
// Go and YAML spell them (\t, \x0b, \u2028), and exact false if there were any:
// control characters, the line ends of Unicode, byte order marks, and bytes that
// are no UTF-8.
func Visible(s string) (shown string, exact bool) {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unshowable) {
		return s, true
	}
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString(spell(rune(s[0])))
		case unshowable(r):
			b.WriteString(spell(r))
		default:
			b.WriteRune(r)
		}
		s = s[n:]
	}
	return b.String(), false
}

// spell writes a character as an escape.
func spell(r rune) string {
	switch {
	case r == '\t':
		return `\t`
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// unshowable reports whether docutils would change or drop r, or end a line
// there, even in a literal.
func unshowable(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff'
}

// isSpace reports whether Python's str.isspace does; docutils asks that at the
// ends of inline markup.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f'
}
