package pages

import (
	"bytes"
	"os"
	"os/exec"
	"testing"
)

var diffs = []struct{ about, before, after string }{
	{"a line changes", "a\nb\nc\n", "a\nB\nc\n"},
	{"the last line had no end", "a\nb", "a\nb\n"},
	{"the last line loses its end", "a\nb\n", "a\nb"},
	{"lines end with CRLF", "a\r\nb\r\n", "a\r\nc\r\n"},
	{"all is new", "", "a\nb\n"},
	{"all is gone", "a\nb\n", ""},
	{"two hunks", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n", "one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ntwelve\n"},
	{"a line of invalid UTF-8", "a\n\xff\n", "a\n\xfe\n"},
}

// A diff is what git takes to make the one file of the other.
func TestDiff(t *testing.T) {
	for _, d := range diffs {
		t.Run(d.about, func(t *testing.T) {
			plant(t, "docs/a b.rst")
			must(t, os.WriteFile("docs/a b.rst", []byte(d.before), 0o666))
			diff := Diff("docs/a b.rst", []byte(d.before), []byte(d.after))
			if !bytes.Contains(diff, []byte("\n--- a/docs/a b.rst\t\n+++ b/docs/a b.rst\t\n@@ -")) {
				t.Errorf("the diff lacks its head:\n%s", diff)
			}
			apply := exec.Command("git", "apply", "--whitespace=nowarn")
			apply.Stdin = bytes.NewReader(diff)
			if out, err := apply.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s\n%s", err, out, diff)
			}
			if got, _ := os.ReadFile("docs/a b.rst"); string(got) != d.after {
				t.Errorf("got %q, want %q", got, d.after)
			}
		})
	}
}

// A file that is to come or to go is one that git makes or removes.
func TestDiffOfWholeFiles(t *testing.T) {
	plant(t, "old.rst")
	for _, diff := range [][]byte{Diff("new.rst", nil, []byte("a\nb")), Diff("old.rst", []byte("old.rst"), nil)} {
		apply := exec.Command("git", "apply")
		apply.Stdin = bytes.NewReader(diff)
		if out, err := apply.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s\n%s", err, out, diff)
		}
	}
	expect(t, "the folder", snapshot(t, "."), ". d---------", "new.rst: a\nb")
}

// What is the same, no text or very long is not shown.
func TestDiffNotShown(t *testing.T) {
	for want, after := range map[string][]byte{
		"":                                  []byte("a"),
		"Binary files a/x and b/x differ\n": {'a', 0},
		"Files a/x and b/x differ, and are too long to show how\n": bytes.Repeat([]byte("a\n"), longestDiff/2),
	} {
		if got := string(Diff("x", []byte("a"), after)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
