package remap

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"windsock/fixtures"
)

// plant writes the files of a case that lie in proj, goes there, and returns its path.
func plant(t *testing.T, c *fixtures.Case) string {
	t.Helper()
	root := t.TempDir()
	for _, name := range c.Names() {
		if !strings.HasPrefix(name, "proj/") {
			continue
		}
		data, _ := c.File(name)
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	proj := filepath.Join(root, "proj")
	t.Chdir(proj)
	return proj
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
// makes no difference.
func TestCases(t *testing.T) {
	fixtures.Cases(t, "remap/*.txtar", func(t *testing.T, c *fixtures.Case) {
		proj := plant(t, c)
		spelled, _ := c.File("input")
		input := strings.ReplaceAll(string(spelled), "$PROJ", proj)
		got := copied(t, strings.NewReader(input), "docs-expanded")
		c.Want(t, "output", strings.ReplaceAll(got, proj, "$PROJ"))
		for name, reader := range map[string]func(io.Reader) io.Reader{"byte by byte": iotest.OneByteReader, "by halves": iotest.HalfReader} {
			if again := copied(t, reader(strings.NewReader(input)), "docs-expanded"); again != got {
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
	printed      int // how many steps were printed
}

// A step is a text that is printed, and what is passed on of it and the ones before.
type step struct{ print, passed string }

// Read implements [io.Reader].
func (d *dialogue) Read(p []byte) (int, error) {
	if d.printed > 0 {
		d.asks(d.steps[d.printed-1])
	}
	if d.printed == len(d.steps) {
		return 0, io.EOF
	}
	d.printed++
	return copy(p, d.steps[d.printed-1].print), nil
}

// asks holds what was passed on against a step.
func (d *dialogue) asks(s step) {
	if got := d.String(); got != s.passed {
		d.t.Errorf("after %q came %q, want %q", s.print, got, s.passed)
	}
	d.Reset()
}

// manifest is the manifest of a tree whose page.rst has an expansion.
const manifest = "# Written by windsock, which overwrites and removes these files only. 1\n# The source folder: \"../docs\"\npage.rst\t5=5*airflow-config-default;9=7\n"

// makeTrees makes output trees in a folder of the test's own, and goes there.
func makeTrees(t *testing.T, outs ...string) string {
	t.Helper()
	root := t.TempDir()
	t.Chdir(root)
	for _, out := range outs {
		if err := os.MkdirAll(out, 0o777); err != nil {
			t.Fatal(err)
		}
		record(t, out)
	}
	return root
}

// record writes the manifest of a tree.
func record(t *testing.T, out string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(out, ".windsock-manifest"), []byte(manifest), 0o666); err != nil {
		t.Fatal(err)
	}
}

// A line is passed on as soon as it ends.
func TestAtOnce(t *testing.T) {
	makeTrees(t, "docs-expanded")
	d := &dialogue{t: t, steps: []step{
		{"loading... done\nreading", "loading... done\n"},
		{" sources... [ 50%] index\r", "reading sources... [ 50%] index\r"},
		{"docs-exp", ""},
		{"anded/page.rst:9: WARNING: x\r", "docs/page.rst:7: WARNING: x\r"},
		{"docs-expanded/page.rst:5 z\nmore", "docs/page.rst:5 z (in the expansion of airflow-config-default)\n"},
		{"!", ""},
	}}
	if err := NewStream(d, []string{"docs-expanded"}).Copy(d); err != nil {
		t.Fatal(err)
	}
	d.asks(step{"the end", "more!"})
}

// A longestWrite counts the bytes that are written, and those of the longest write.
type longestWrite struct{ all, longest int }

// Write implements [io.Writer].
func (l *longestWrite) Write(p []byte) (int, error) {
	l.all, l.longest = l.all+len(p), max(l.longest, len(p))
	return len(p), nil
}

// A line of any length is passed on in pieces.
func TestLongLine(t *testing.T) {
	makeTrees(t, "docs-expanded")
	long := strings.Repeat("x", 10<<20)
	var to longestWrite
	if err := NewStream(&to, []string{"docs-expanded"}).Copy(strings.NewReader(long)); err != nil {
		t.Fatal(err)
	}
	if to.all != len(long) || to.longest > 1<<20 {
		t.Errorf("%d bytes, of which %d at a time", to.all, to.longest)
	}
}

// Long lines may come byte by byte; to look at all that is held of a line each time
// would show as a test that hangs.
func TestLongLinesByteByByte(t *testing.T) {
	makeTrees(t, "docs-expanded")
	for _, start := range []string{"docs-expanded/page.rst:9: ", ""} {
		lines := strings.Repeat(start+strings.Repeat("x", longestLine-100)+"\n", 50)
		got := copied(t, iotest.OneByteReader(strings.NewReader(lines)), "docs-expanded")
		if want := strings.ReplaceAll(lines, "docs-expanded/page.rst:9", "docs/page.rst:7"); got != want {
			t.Errorf("%d bytes become %d that begin %.60q, want %d", len(lines), len(got), got, len(want))
		}
	}
}

// The map of the lines of a page may be long, and be asked for at each of them: it is read
// once.
func TestLongMap(t *testing.T) {
	makeTrees(t, "docs-expanded")
	var long strings.Builder
	for n := range 20_000 {
		fmt.Fprintf(&long, ";%d=%d", 2*n+2, n+2)
	}
	text := "# Written by windsock, which overwrites and removes these files only. 1\n# The source folder: \"../docs\"\npage.rst\t1=1" + long.String() + "\n"
	if err := os.WriteFile("docs-expanded/.windsock-manifest", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	copied(t, strings.NewReader(strings.Repeat("docs-expanded/page.rst:9: x\n", 1000)), "docs-expanded")
	runtime.ReadMemStats(&after)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 100 {
		t.Errorf("a thousand lines take %d MB", used)
	}
}

// A tree may be made after the stream began, and again while it runs.
func TestTreeComesLater(t *testing.T) {
	makeTrees(t)
	var to bytes.Buffer
	s := NewStream(&to, []string{"docs-expanded"})
	const line = "docs-expanded/page.rst:9: WARNING: x\n"
	pass := func() {
		if err := s.Copy(strings.NewReader(line)); err != nil {
			t.Fatal(err)
		}
	}
	pass()
	if out, err := s.Missing(); out != "docs-expanded" || err == nil {
		t.Errorf("missing is %q, %v", out, err)
	}
	os.Mkdir("docs-expanded", 0o777)
	record(t, "docs-expanded")
	pass()
	os.WriteFile("docs-expanded/.windsock-manifest", []byte(manifest+"page.rst\t9=3\n"), 0o666)
	pass()
	want := line + "docs/page.rst:7: WARNING: x\ndocs/page.rst:3: WARNING: x\n"
	if got := to.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Of several trees each path leads to its own; where two have one name, a path that
// may be either's stays.
func TestSeveralTrees(t *testing.T) {
	root := makeTrees(t, "a/out", "b/out", "c/other")
	got := copied(t, strings.NewReader(strings.ReplaceAll(
		"a/out/page.rst:9, $/b/out/page.rst:9, c/other/page.rst:9\nx/out/page.rst:9, x/other/page.rst:9\n", "$", root)), "a/out", "b/out", "c/other")
	want := strings.ReplaceAll("a/docs/page.rst:7, $/b/docs/page.rst:7, c/docs/page.rst:7\nx/out/page.rst:9, x/docs/page.rst:7\n", "$", root)
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// From within a tree its files have no folder before their names.
func TestWithinTree(t *testing.T) {
	makeTrees(t, "docs-expanded/sub")
	record(t, "docs-expanded")
	t.Chdir("docs-expanded")
	const line = ":9: WARNING: see page.rst:9\n"
	if got, want := copied(t, strings.NewReader("page.rst"+line), "."), "../docs/page.rst:7: WARNING: see page.rst:9\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	t.Chdir("sub")
	if got, want := copied(t, strings.NewReader("../page.rst"+line), ".."), "../../docs/page.rst:7: WARNING: see page.rst:9\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A tree may be reached through symlinks: by the name that Sphinx prints the source is
// named too, if it can be.
func TestThroughSymlink(t *testing.T) {
	root := makeTrees(t, "real/deep/out")
	os.MkdirAll("real/deep/docs", 0o777)
	os.Symlink("real/deep", "whole")
	os.Mkdir("links", 0o777)
	os.Symlink("../real/deep/out", "links/out")
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
	root := filepath.Join(f.TempDir(), "docs-expanded")
	os.Mkdir(root, 0o777)
	if err := os.WriteFile(filepath.Join(root, ".windsock-manifest"), []byte(manifest), 0o666); err != nil {
		f.Fatal(err)
	}
	var to bytes.Buffer
	s := NewStream(&to, []string{root}) // which remembers nothing of what it copied
	copied := func(t *testing.T, from io.Reader) string {
		to.Reset()
		if err := s.Copy(from); err != nil {
			t.Fatal(err)
		}
		return to.String()
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= longestLine {
			return
		}
		got := copied(t, bytes.NewReader(data))
		if again := copied(t, iotest.OneByteReader(bytes.NewReader(data))); again != got {
			t.Errorf("byte by byte %q becomes %q, want %q", data, again, got)
		}
		if !bytes.Contains(data, []byte("docs-expanded/")) && got != string(data) {
			t.Errorf("%q becomes %q", data, got)
		}
	})
}
