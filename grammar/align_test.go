package grammar_test

import (
	"strings"
	"testing"
	"windsock/grammar"
)

// TestAlignment asks for each word of lines with tabs, and of a literal over many lines,
// where it stands in the source, and back: in order, and from the end on.
func TestAlignment(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("a\tbé \t c", 1000),
		"x\ty",
		"``a\n   b\tc``",
		"``[x\u2028y]\r\n  z``",
		"``" + strings.Repeat("word\n  in ü a\tline \n", 500) + "end``",
	} {
		page := (&grammar.Reader{}).Read([]byte(source))
		texts := page.Root.Children[0].Text
		for _, in := range page.Root.Children[0].Inlines {
			texts = append(texts, in.Text)
		}
		var a grammar.Alignment
		for _, text := range texts {
			for n := range 2 * len(text.Value) {
				at := n
				if n >= len(text.Value) {
					at = 2*len(text.Value) - 1 - n
				}
				isAligned(t, &a, source, text, at)
			}
		}
	}
}

// isAligned fails the test unless offset at of a text's value is found in the source,
// and found again from there or at the blanks before it, if it begins a character that is
// no blank.
func isAligned(t *testing.T, a *grammar.Alignment, source string, text grammar.Text, at int) {
	t.Helper()
	rest := text.Value[at:]
	if rest[0] == ' ' || rest[0]&0xc0 == 0x80 {
		return
	}
	offset := a.Offset([]byte(source), text, at)
	found := a.Find([]byte(source), text, offset)
	if source[offset] != rest[0] || strings.TrimLeft(text.Value[min(found, at):at], " ") != "" || a.Offset([]byte(source), text, found) != offset {
		t.Fatalf("offset %d of %.20q… is %d in the source, which is %d", at, text.Value, offset, found)
	}
}
