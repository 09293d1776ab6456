package finding

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
	"windsock/grammar"
)

// TestResolve compares the positions of findings, in any order and on lines of
// any length, with those counted one by one.
func TestResolve(t *testing.T) {
	source := []byte("\ufeffab\n" + strings.Repeat("é\xffx", 2000) + "\r\n\n" + strings.Repeat("漢", 700))
	var findings []Finding
	for at := range string(source) {
		if end := at + 40; end < len(source) && utf8.RuneStart(source[end]) {
			findings = append(findings, Finding{Span: grammar.Span{Start: at, End: end}})
		}
	}
	slices.Reverse(findings[:len(findings)/2])
	lines := grammar.NewLines(source)
	for _, f := range Resolve("a.rst", source, findings) {
		if start, end := lines.Position(f.Span.Start), lines.Position(f.Span.End); f.Start != start || f.End != end {
			t.Errorf("bytes %v: %v to %v, want %v to %v", f.Span, f.Start, f.End, start, end)
		}
		line := append([]rune(string(lines.Line(f.Start.Line).Of(source))), 0)
		if len(f.Line) > 2*excerptMargin {
			t.Errorf("bytes %v: an excerpt of %d bytes", f.Span, len(f.Line))
		}
		if !strings.HasPrefix(string(line[f.LineColumn-1:]), string([]rune(f.Line))) {
			t.Errorf("bytes %v: the excerpt does not begin at column %d", f.Span, f.LineColumn)
		}
	}
}

// TestByteOrderMark shows that a byte order mark is no character of line 1.
func TestByteOrderMark(t *testing.T) {
	f := Resolve("a.rst", []byte("\ufeff.. x::\n"), []Finding{{Span: grammar.Span{Start: 6, End: 7}}})[0]
	if f.Start != (grammar.Position{Line: 1, Column: 4}) || f.End != (grammar.Position{Line: 1, Column: 5}) || f.Line != ".. x::" {
		t.Errorf("%v to %v of %q", f.Start, f.End, f.Line)
	}
}
