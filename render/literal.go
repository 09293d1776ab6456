package render

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// chunk is how many characters of a long string stand on one line; with any
// sensible margin and every character escaped it stays below MaxLine.
const chunk = 4_000

// Literal writes s, one line of text, so that docutils reads exactly s back from
// an inline literal. The answer is one line, unless s is so long that it has to
// be continued. It is to stand at the beginning of a paragraph or after a blank.
//
// Most strings become an inline literal, which cannot hold every string: those
// with two backquotes, a backquote at an end or a blank in front are written
// with the role "literal", where a backslash can quote.
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

// literal writes one line of text that does not end in white space.
func literal(s string) string {
	quoted := strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") || strings.Contains(s, "``")
	first, _ := utf8.DecodeRuneInString(s)
	if !quoted && !isSpace(first) {
		return "``" + s + "``"
	}
	s = strings.NewReplacer(`\`, `\\`, "`", "\\`").Replace(s)
	if isSpace(first) {
		s = `\ ` + s // an escaped blank is nothing, and lets the role begin
	}
	return ":literal:`" + s + "`"
}

// split cuts s into pieces of at most chunk characters, each ending with something
// that an inline literal may end with.
func split(s string) []string {
	var parts []string
	for utf8.RuneCountInString(s) > chunk {
		end, n := 0, 0
		for i := range s {
			if n++; n > chunk && end > 0 {
				break
			}
			if last, _ := utf8.DecodeLastRuneInString(s[:i]); i > 0 && !isSpace(last) {
				end = i
			}
		}
		if end == 0 {
			break // nothing but blanks
		}
		parts, s = append(parts, s[:end]), s[end:]
	}
	return append(parts, s)
}

// LiteralBlock writes s, text of several lines, as a literal block, so that
// docutils reads exactly s back, less a line break at its end. Text that is one
// line, or begins or ends with a blank line, is written by [Literal]; exact is
// as there.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
func LiteralBlock(s string) (lines []string, exact bool) {
	s = strings.TrimSuffix(s, "\n")
	if !strings.Contains(s, "\n") || strings.HasPrefix(s, "\n") || strings.HasSuffix(s, "\n") {
		return Literal(s)
	}
	exact, plain, indented := true, true, true
	body := strings.Split(s, "\n")
	for i, l := range body {
		if body[i] = ""; l == "" {
			continue
		}
		shown, same := Visible(l)
		body[i] = shown
		exact = exact && same
		plain = plain && utf8.RuneCountInString(shown) <= chunk
		indented = indented && strings.HasPrefix(shown, " ")
	}
	if !plain || indented {
		return parsedLiteral(body), exact
	}
	lines = []string{"::", ""}
	for _, l := range body {
		lines = append(lines, strings.TrimRight("   "+l, " "))
	}
	return lines, exact
}

// parsedLiteral writes lines that a literal block would change (all of them
// indented) or cannot hold (too long), with a backslash before what is markup
// and at the end of a line that goes on.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#parsed-literal
func parsedLiteral(body []string) []string {
	lines := []string{".. parsed-literal::", ""}
	for _, l := range body {
		parts := split(l)
		for i, p := range parts {
			p = escapeInline(p)
			if strings.HasPrefix(p, " ") {
				p = `\ ` + p
			}
			if i+1 < len(parts) {
				p += `\`
			}
			lines = append(lines, strings.TrimRight("   "+p, " "))
		}
	}
	return lines
}

// Visible returns s with the characters that no literal of RST can hold spelled
// as Go and YAML spell them (\t, \x0b, \u2028), and exact false if there were
// any: control characters, the line ends of Unicode, and white space at the end.
func Visible(s string) (shown string, exact bool) {
	kept := len(strings.TrimRightFunc(s, isSpace))
	if kept == len(s) && !strings.ContainsFunc(s, unshowable) {
		return s, true
	}
	var b strings.Builder
	for i, r := range s {
		if unshowable(r) || i >= kept {
			b.WriteString(spell(r))
		} else {
			b.WriteRune(r)
		}
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
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// unshowable reports whether docutils would change or drop r, or end a line
// there, even in a literal.
func unshowable(r rune) bool {
	return unicode.IsControl(r) || slices.Contains([]rune{'\u2028', '\u2029', '\ufeff', '\ufffd'}, r)
}

// isSpace reports whether Python's str.isspace does; docutils asks that at the
// ends of inline markup.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || '\x1c' <= r && r <= '\x1f'
}
