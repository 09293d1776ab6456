package render_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"windsock/fixtures"
	"windsock/render"
)

// strings that are hard to show, by what is hard about them.
var hard = []string{
	"plain", "two words", "a  b", "-1", "x`", "`x", "``", "`", "a``b", "a`` b", "``a``", `\`, `a\`, `\a`, "a`\\`b",
	" leading", "\u00a0leading", "*", "**a**", "|sub|", "a_", "a__ b", "_a", "`a`_", "[1]_", "http://example.org/x_",
	"::", "ends::", "- item", "* item", "+ x", "1. one", "(a) b", "#. auto", "iv) four", ":field: x", ".. comment", "... dots",
	">>> doctest", "| line", "====", "-----", "--option", "-a", "/V", "/tmp", "__ anonymous", "'quoted'", `"quoted"`, "§", "é\u0301", "日本語",
	"{AIRFLOW_HOME}/dags", `{"key": "value"}`, "%%(asctime)s", "a -- b ... c", "<b>", "&amp;", "a\\ b", "«x»", "(`x`)", "x:`y`", ":role:`x`",
	strings.Repeat("long ", 5000) + "end", strings.Repeat("x", 20_000), strings.Repeat("y ", 9_000) + "z",
}

func TestLiteralIsReadBack(t *testing.T) {
	words := append([]string{}, hard...)
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		var b strings.Builder
		for range 1 + r.IntN(8) {
			b.WriteString([]string{"`", "``", "\\", " ", "a", "_", "*", "|", ":", "'", "é", ".", "<", "]"}[r.IntN(14)])
		}
		words = append(words, b.String())
	}
	var pages []string
	for _, s := range words {
		lines, _ := render.Literal(s)
		pages = append(pages, strings.Join(lines, "\n")+"\n")
	}
	for i, reading := range fixtures.ReadBack(t, pages) {
		want, exact := render.Visible(words[i])
		if lines, e := render.Literal(words[i]); e != exact || tooLong(lines) {
			t.Errorf("%.40q: exact %v, want %v; or a line is too long", words[i], e, exact)
		}
		if words[i] == "" {
			want = "''"
		}
		if got := strings.ReplaceAll(reading.Text, "\n\n", ""); got != want || len(reading.Messages) > 0 {
			t.Errorf("%.40q as %.60q is read back as %.60q %q", words[i], pages[i], reading.Text, reading.Messages)
		}
	}
}

func TestTextIsReadBack(t *testing.T) {
	var pages, want []string
	for _, s := range hard {
		lines, _ := render.Text(s)
		pages = append(pages, "Before.\n\n"+strings.Join(lines, "\n")+"\n\n   quote\n")
		want = append(want, "Before.\n\n"+s+"\n\nquote")
	}
	for i, reading := range fixtures.ReadBack(t, pages) {
		if reading.Text != want[i] || len(reading.Messages) > 0 {
			t.Errorf("%q as %q is read back as %q %q", hard[i], pages[i], reading.Text, reading.Messages)
		}
	}
}

func TestLiteralBlockIsReadBack(t *testing.T) {
	blocks := []string{
		"a\nb", "a\n\nb", "  a\n  b", "  a\nb", "[\n  {\"a\": 1}\n]\n", "a\n" + strings.Repeat("y", 12_000), "a\n" + strings.Repeat("y ", 9_000) + "z", "*a*\n`b`", "  *a*\n  `b_`", "one line\n",
	}
	var pages []string
	for _, s := range blocks {
		lines, _ := render.LiteralBlock(s)
		pages = append(pages, strings.Join(lines, "\n")+"\n")
		if tooLong(lines) {
			t.Errorf("%.40q: a line is too long", s)
		}
	}
	for i, reading := range fixtures.ReadBack(t, pages) {
		if want := strings.TrimSuffix(blocks[i], "\n"); reading.Text != want || len(reading.Messages) > 0 {
			t.Errorf("%.40q is read back as %.60q %q", blocks[i], reading.Text, reading.Messages)
		}
	}
}

// tooLong reports whether docutils would refuse a page with these lines.
func tooLong(lines []string) bool {
	for _, l := range lines {
		if utf8.RuneCountInString(l) > render.MaxLine {
			return true
		}
	}
	return false
}

func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, out string }{
		{"plain text", "plain text"},
		{"a\tb", `a\tb`},
		{"a\r\nb", `a\r\nb`},
		{"a\vb\fc", `a\x0bb\x0cc`},
		{"a\u0085b\u2028c", `a\x85b\u2028c`},
		{"end ", "end "},
		{"\xff\ufffd", `\xff` + "\ufffd"},
		{"nul\x00", `nul\x00`},
	} {
		got, exact := render.Visible(c.in)
		if got != c.out || exact != (c.in == c.out) {
			t.Errorf("Visible(%q) = %q, %v; want %q", c.in, got, exact, c.out)
		}
	}
}

func TestSpliceRefusesOverlap(t *testing.T) {
	for _, edits := range [][]render.Edit{
		{{Start: 0, End: 3}, {Start: 2, End: 4}},
		{{Start: 3, End: 2}},
		{{Start: 0, End: 9}},
		{{Start: -1, End: 0}},
	} {
		if _, err := render.Splice([]byte("12345"), edits); err == nil {
			t.Errorf("%v was accepted", edits)
		}
	}
}

// FuzzSplice compares Splice with the naive way: replacing from the last edit to
// the first.
func FuzzSplice(f *testing.F) {
	f.Add("the source", 0, 3, "a", 4, 10, "b")
	f.Fuzz(func(t *testing.T, source string, a, b int, x string, c, d int, y string) {
		edits := []render.Edit{{Start: c, End: d, New: []byte(y)}, {Start: a, End: b, New: []byte(x)}}
		got, err := render.Splice([]byte(source), edits)
		ordered := 0 <= a && a <= b && b <= c && c <= d && d <= len(source)
		if !ordered {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		want := source[:a] + x + source[b:c] + y + source[d:]
		if a == c && b == d && a == b {
			return // two insertions at one place have no order
		}
		if string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
