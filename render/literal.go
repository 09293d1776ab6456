package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// chunkLength is the number of characters of a long string that are written on
// one line. With every character escaped and any sensible margin, the line is
// still shorter than MaxLine.
const chunkLength = 4_000

// Literal writes s as an inline literal that docutils reads back as s. It returns
// one line unless s is longer than a line may be. The literal must be at the
// beginning of a paragraph or follow a blank.
//
// An inline literal cannot contain two backquotes, or begin or end with a
// backquote or white space. Such strings are written with the role "literal",
// whose text can have escapes. The empty string is written as two quotes.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-literals
//
// Literal writes characters that RST cannot represent as [Visible] does, and then
// exact is false.
func Literal(s string) (lines []string, exact bool) {
	s, exact = Visible(s)
	if s == "" {
		return []string{"``''``"}, exact
	}
	lines = split(s)
	for i, l := range lines {
		lines[i] = inlineLiteral(l)
		if i+1 < len(lines) {
			lines[i] += `\` // joins the next line without a blank
		}
	}
	return lines, exact
}

// inlineLiteral writes s, at most one line, as an inline literal or with the role
// "literal".
func inlineLiteral(s string) string {
	startsInSpace, endsInSpace := isSpace(first(s)), isSpace(last(s))
	if !startsInSpace && !endsInSpace && first(s) != '`' && last(s) != '`' && !strings.Contains(s, "``") {
		return "``" + s + "``"
	}
	s = strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(s)
	if startsInSpace {
		s = separator + s
	}
	if endsInSpace {
		s += separator
	}
	return ":literal:`" + s + "`"
}

// split cuts s into pieces of at most chunkLength characters.
func split(s string) []string {
	var pieces []string
	for {
		end := chunkEnd(s)
		pieces = append(pieces, s[:end])
		if s = s[end:]; s == "" {
			return pieces
		}
	}
}

// chunkEnd returns the length in bytes of the first chunkLength characters of s.
func chunkEnd(s string) int {
	n := 0
	for i := range s {
		if n++; n > chunkLength {
			return i
		}
	}
	return len(s)
}

// LiteralBlock writes s so that docutils reads back s: as a literal block if s has
// several lines, else as [Literal] does. It ignores the line break at the end of
// the last line. exact is as for Literal.
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

// fitsLiteralBlock reports whether docutils reads the lines back unchanged from a
// literal block. It strips blank lines at both ends, white space at the ends of
// lines, and the common indentation.
func fitsLiteralBlock(body []string) bool {
	isIndented := true
	for _, l := range body {
		if isSpace(last(l)) || chunkEnd(l) < len(l) {
			return false
		}
		isIndented = isIndented && (l == "" || isSpace(first(l)))
	}
	return !isIndented && body[0] != "" && body[len(body)-1] != ""
}

// parsedLiteral writes lines that do not fit a literal block as a parsed literal,
// where a backslash can preserve white space and blank lines. A backslash at the
// end of a line also joins the line to the next one.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#parsed-literal
func parsedLiteral(body []string) []string {
	lines := []string{".. parsed-literal::", ""}
	for i, l := range body {
		pieces := split(l)
		for _, p := range pieces[:len(pieces)-1] {
			lines = append(lines, "   "+parsedLine(p)+`\`)
		}
		isLast := i+1 == len(body)
		needsEscape := isSpace(last(l)) || l == "" && (i == 0 || isLast)
		line := "   " + parsedLine(pieces[len(pieces)-1])
		if needsEscape {
			line += `\`
		}
		lines = append(lines, strings.TrimRight(line, " "))
		if needsEscape && !isLast {
			lines = append(lines, "") // replaces the line break that the backslash removes
		}
	}
	return lines
}

// parsedLine escapes the markup and the leading white space of a line, or part of
// one, in a parsed literal.
func parsedLine(s string) string {
	s = escape(s, isMarkup)
	if isSpace(first(s)) {
		return separator + s
	}
	return s
}

// Visible replaces characters that RST cannot represent by escapes as in Go and
// YAML, such as \t, \x0b and \u2028. These characters are controls, Unicode's line
// and paragraph separators, byte order marks and bytes that are not UTF-8. exact
// is false if there were any.
func Visible(s string) (shown string, exact bool) {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isUnshowable) {
		return s, true
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], string(r)): // a byte that is not UTF-8
			b.WriteString(escapeSequence(rune(s[i])))
		case isUnshowable(r):
			b.WriteString(escapeSequence(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), false
}

// escapeSequence returns the escape sequence for r.
func escapeSequence(r rune) string {
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

// isUnshowable reports whether docutils changes or removes r, or ends a line at
// it, even in a literal.
func isUnshowable(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff'
}

// isSpace reports whether r is white space for Python's str.isspace, by which
// docutils recognizes the ends of inline markup.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f'
}
