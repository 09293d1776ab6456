package render_test

import (
	"testing"

	"windsock/render"
)

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

// FuzzSplice compares Splice with the simple way: replacing from the last edit to
// the first. Offsets are brought near the source: within it, or one byte outside.
// Edits at one place are made in the order in which they are given.
func FuzzSplice(f *testing.F) {
	f.Add("the source", 1, 4, "a", 5, 11, "b")
	f.Add("the source", 5, 11, "b", 1, 4, "a")
	f.Add("the source", 3, 3, "one", 3, 3, "two")
	f.Add("the source", 0, 3, "a", 4, 12, "b")
	f.Add("the source", 1, 4, "a", 5, 12, "b") // the second ends outside the source
	f.Add("the source", 1, 5, "a", 3, 8, "b")  // they overlap
	f.Add("the source", 5, 2, "a", 6, 8, "b")  // the first ends before it starts
	f.Fuzz(func(t *testing.T, source string, a, b int, x string, c, d int, y string) {
		near := func(n int) int { return (n%(len(source)+3)+len(source)+3)%(len(source)+3) - 1 }
		a, b, c, d = near(a), near(b), near(c), near(d)
		got, err := render.Splice([]byte(source), []render.Edit{{Start: a, End: b, New: []byte(x)}, {Start: c, End: d, New: []byte(y)}})
		if c < a || c == a && d < b {
			a, b, x, c, d, y = c, d, y, a, b, x
		}
		if possible := 0 <= a && a <= b && b <= c && c <= d && d <= len(source); !possible || err != nil {
			if possible == (err != nil) {
				t.Errorf("edits of %d to %d and of %d to %d in %d bytes: %v", a, b, c, d, len(source), err)
			}
			return
		}
		if want := source[:a] + x + source[b:c] + y + source[d:]; string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
