package render_test

import (
	"strings"
	"testing"

	"windsock/fixtures"
	"windsock/grammar"
	"windsock/render"
)

// FuzzLiteral writes any string in the forms that have it on one line, and reads it
// back with windsock's own reader; TestStringsAreReadBack asks docutils itself.
func FuzzLiteral(f *testing.F) {
	for _, s := range fixtures.HardStrings {
		if len(s) < 100 { // the fuzzer takes long to shorten others
			f.Add(s)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, form := range []struct {
			name  string
			write func(string) ([]string, bool)
			want  string
		}{{"literal", render.Literal, s}, {"text", render.Text, strings.Join(unfolded(s), "")}} {
			lines, exact := form.write(s)
			want, same := render.Visible(form.want)
			if exact != same || tooLong(lines) {
				t.Fatalf("%s: exact %v, want %v; or a line is too long", form.name, exact, same)
			}
			if form.name == "literal" && s == "" {
				want = "''"
			}
			if got := readBack(t, lines); got != want {
				t.Errorf("the %s of %q, %q, is read back as %q", form.name, s, lines, got)
			}
		}
	})
}

// readBack returns the text of lines, which are one paragraph or nothing.
func readBack(t *testing.T, lines []string) string {
	source := strings.Join(lines, "\n")
	root := (&grammar.Reader{}).Read([]byte(source)).Root
	if len(root.Children) == 0 && source == "" {
		return ""
	}
	e := root.Children[0]
	if len(root.Children) != 1 || e.Kind != grammar.Paragraph || e.Problematic || e.Span.End != len(source) {
		t.Fatalf("%q is not one paragraph", source)
	}
	var b strings.Builder
	at := e.Span.Start
	for _, in := range e.Inlines {
		b.WriteString(unescape(source[at:in.Span.Start]))
		switch text := source[in.Text.Start:in.Text.End]; {
		case in.Kind == grammar.Literal:
			b.WriteString(text)
		case in.Kind == grammar.Role && in.Name.Value == "literal":
			b.WriteString(unescape(text))
		default:
			t.Fatalf("%q holds markup: %q", source, in.Span.Of([]byte(source)))
		}
		at = in.Span.End
	}
	return b.String() + unescape(source[at:])
}

// unescape takes off backslashes as docutils does: escaped white space is nothing.
func unescape(s string) string {
	var b strings.Builder
	escaped := false
	for _, r := range s {
		if !escaped && r == '\\' {
			escaped = true
			continue
		}
		if !escaped || r != ' ' && r != '\n' {
			b.WriteRune(r)
		}
		escaped = false
	}
	return b.String()
}
