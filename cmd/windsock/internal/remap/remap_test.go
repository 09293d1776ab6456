package remap

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"windsock/fixtures"
)

// write writes a file, and makes the folders above it.
func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// head begins the manifest of a tree, and page is a page with an expansion in it.
const (
	head = "# Written by windsock, which overwrites and removes these files only. 1\n# The source folder: \"../docs\"\n"
	page = "page.rst\t5=5*airflow-config-default;9=7\n"
)

// makeTree makes an output tree in a folder of the test's own, and goes there.
func makeTree(t *testing.T, out string) string {
	t.Helper()
	root := t.TempDir()
	t.Chdir(root)
	write(t, out+"/.windsock-manifest", head+page)
	return root
}

// copied returns what a stream makes of what a reader gives.
func copied(t *testing.T, from io.Reader, outs ...string) string {
	t.Helper()
	var to bytes.Buffer
	s := NewStream(&to, outs)
	if err := s.Copy(from); err != nil {
		t.Fatal(err)
	}
	if out, err := s.Missing(); err != nil {
		t.Errorf("%s: %v", out, err)
	}
	return to.String()
}

// TestCases rewrites what each case has a program print; in which pieces it comes
// makes no difference. The file "outs" names the output trees, if they are others than
// docs-expanded.
func TestCases(t *testing.T) {
	fixtures.Cases(t, "remap/*.txtar", func(t *testing.T, c *fixtures.Case) {
		root := t.TempDir()
		for _, name := range c.Names() {
			if data, _ := c.File(name); strings.HasPrefix(name, "proj/") {
				write(t, filepath.Join(root, name), string(data))
			}
		}
		proj := filepath.Join(root, "proj")
		t.Chdir(proj)
		outs := []string{"docs-expanded"}
		if named, ok := c.File("outs"); ok {
			outs = strings.Fields(string(named))
		}
		spelled, _ := c.File("input")
		input := strings.ReplaceAll(string(spelled), "$PROJ", proj)
		got := copied(t, strings.NewReader(input), outs...)
		c.Want(t, "output", strings.ReplaceAll(got, proj, "$PROJ"))
		for name, reader := range map[string]func(io.Reader) io.Reader{"byte by byte": iotest.OneByteReader, "by halves": iotest.HalfReader} {
			if again := copied(t, reader(strings.NewReader(input)), outs...); again != got {
				t.Errorf("%s:\n%s\nwant\n%s", name, again, got)
			}
		}
	})
}

// A dialogue is a program that prints one text at a time, and a terminal that asks
// before the next what was passed on.
type dialogue struct {
	bytes.Buffer // what was passed on since the last text
	t            *testing.T
	steps        []step
}

// A step is a text that is printed, and what was passed on of the ones before.
type step struct{ passed, print string }

// Read implements [io.Reader].
func (d *dialogue) Read(p []byte) (int, error) {
	s := d.steps[0]
	if got := d.String(); got != s.passed {
		d.t.Errorf("before %q came %q, want %q", s.print, got, s.passed)
	}
	d.Reset()
	if d.steps = d.steps[1:]; len(d.steps) == 0 {
		return 0, io.EOF
	}
	return copy(p, s.print), nil
}

// A line is passed on as soon as it ends.
func TestAtOnce(t *testing.T) {
	makeTree(t, "docs-expanded")
	d := &dialogue{t: t, steps: []step{
		{"", "loading... done\nreading"},
		{"loading... done\n", " sources... [ 50%] index\r"},
		{"reading sources... [ 50%] index\r", "docs-exp"},
		{"", "anded/page.rst:9: WARNING: x\r"},
		{"docs/page.rst:7: WARNING: x\r", "docs-expanded/page.rst:5 z\nmore"},
		{"docs/page.rst:5 z (in the expansion of airflow-config-default)\n", "!"},
		{"", ""},
	}}
	if err := NewStream(d, []string{"docs-expanded"}).Copy(d); err != nil {
		t.Fatal(err)
	}
	if got := d.String(); got != "more!" {
		t.Errorf("at the end came %q", got)
	}
}

// A longestWrite counts the bytes that are written, and those of the longest write.
type longestWrite struct{ all, longest int }

// Write implements [io.Writer].
func (l *longestWrite) Write(p []byte) (int, error) {
	l.all, l.longest = l.all+len(p), max(l.longest, len(p))
	return len(p), nil
}

// A line of any length is passed on in pieces. It may come byte by byte; to look at all
// that is held of it each time would show as a test that hangs.
func TestLongLine(t *testing.T) {
	makeTree(t, "docs-expanded")
	long := "docs-expanded/page.rst:9: " + strings.Repeat("x", 5<<20)
	var to longestWrite
	if err := NewStream(&to, []string{"docs-expanded"}).Copy(iotest.OneByteReader(strings.NewReader(long))); err != nil {
		t.Fatal(err)
	}
	if want := len(long) - len("-expanded"); to.all != want || to.longest > 1<<20 {
		t.Errorf("%d bytes, of which %d at a time, want %d", to.all, to.longest, want)
	}
}

// The map of the lines of a page may be long, and be asked for at each of them: it is read
// once.
func TestLongMap(t *testing.T) {
	makeTree(t, "docs-expanded")
	var long strings.Builder
	for n := range 20_000 {
		fmt.Fprintf(&long, ";%d=%d", 2*n+2, n+2)
	}
	write(t, "docs-expanded/.windsock-manifest", head+"page.rst\t1=1"+long.String()+"\n")
	perLine := fixtures.Linear(t, "remap", 500, func(n int) {
		copied(t, strings.NewReader(strings.Repeat("docs-expanded/page.rst:9: x\n", n)), "docs-expanded")
	})
	if perLine > 100<<10 {
		t.Errorf("a line takes %d bytes", perLine)
	}
}

// A tree may be made after the stream began, and again while it runs.
func TestTreeComesLater(t *testing.T) {
	t.Chdir(t.TempDir())
	const line = "docs-expanded/page.rst:9: WARNING: x\n"
	var to bytes.Buffer
	s := NewStream(&to, []string{"docs-expanded"})
	for _, manifest := range []string{"", head + page, head + page + "page.rst\t9=3\n"} {
		if manifest != "" {
			write(t, "docs-expanded/.windsock-manifest", manifest)
		} else if out, err := s.Missing(); out != "docs-expanded" || err == nil {
			t.Errorf("missing is %q, %v", out, err)
		}
		if err := s.Copy(strings.NewReader(line)); err != nil {
			t.Fatal(err)
		}
	}
	want := line + "docs/page.rst:7: WARNING: x\ndocs/page.rst:3: WARNING: x\n"
	if got := to.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A tree may be reached through symlinks: by the name that Sphinx prints the source is
// named too, if it can be.
func TestThroughSymlink(t *testing.T) {
	root := makeTree(t, "real/deep/out")
	for _, err := range []error{
		os.MkdirAll("real/deep/docs", 0o777), os.Symlink("real/deep", "whole"), os.Mkdir("links", 0o777), os.Symlink("../real/deep/out", "links/out"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for in, want := range map[string]string{
		"whole/out/page.rst:9": "whole/docs/page.rst:7",
		"links/out/page.rst:9": root + "/real/deep/docs/page.rst:7",
	} {
		if got := copied(t, strings.NewReader(in), filepath.Dir(in)); got != want {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// FuzzStream passes on any bytes: those without the tree's name as they are, others
// the same in whatever pieces they come.
func FuzzStream(f *testing.F) {
	f.Add([]byte("\x1b[31mdocs-expanded/page.rst:5: x\x1b[0m\r\n'docs-expanded/no.rst' (docs-expanded/page.rst:9)"))
	f.Add([]byte("docs-expanded/page.rst.\xff docs-expanded/page.rst, line 7 /x/docs-expanded/page.rst:5"))
	out := filepath.Join(f.TempDir(), "docs-expanded")
	write(f, out+"/.windsock-manifest", head+page)
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= maxLine {
			return
		}
		got := copied(t, bytes.NewReader(data), out)
		if again := copied(t, iotest.OneByteReader(bytes.NewReader(data)), out); again != got {
			t.Errorf("byte by byte %q becomes %q, want %q", data, again, got)
		}
		if !bytes.Contains(data, []byte("docs-expanded/")) && got != string(data) {
			t.Errorf("%q becomes %q", data, got)
		}
	})
}
