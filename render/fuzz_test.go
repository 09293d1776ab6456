package render_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"windsock/grammar"
	"windsock/render"
)

// FuzzLiteral writes any string as a literal and reads it back with windsock's own
// reader, which agrees with docutils; TestLiteralIsReadBack asks docutils itself.
func FuzzLiteral(f *testing.F) {
	for _, s := range hard {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		lines, exact := render.Literal(s)
		shown, same := render.Visible(s)
		if exact != same || tooLong(lines) {
			t.Fatalf("exact %v, want %v; or a line is too long", exact, same)
		}
		if shown == "" {
			shown = "''"
		}
		if got := readBack(lines); got != shown {
			t.Errorf("%q as %q is read back as %q", s, lines, got)
		}
	})
}

// readBack returns the text of the literals in lines.
func readBack(lines []string) string {
	doc := (&grammar.Reader{}).ReadAll([]byte(strings.Join(lines, "\n")))
	var b strings.Builder
	for e := range doc.Root.All() {
		for _, in := range e.Inlines {
			switch in.Kind {
			case grammar.Literal:
				b.WriteString(in.Text.Value)
			case grammar.Role:
				b.WriteString(unescape(in.Text.Value))
			}
		}
	}
	return b.String()
}

// unescape takes off backslashes as docutils does: an escaped blank is nothing.
func unescape(s string) string {
	var b strings.Builder
	escaped := false
	for _, r := range s {
		if !escaped && r == '\\' {
			escaped = true
			continue
		}
		if !escaped || r != ' ' {
			b.WriteRune(r)
		}
		escaped = false
	}
	return b.String()
}
