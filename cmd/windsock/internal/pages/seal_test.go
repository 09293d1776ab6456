//go:build linux || darwin

package pages

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// unsealed returns the files of docs that a run over out could not pass over, if what
// OUT depends on beside them has that digest.
func unsealed(t testing.TB, basis string, extensions ...string) string {
	t.Helper()
	tree, err := OpenTree("docs", "out", extensions)
	must(t, orElse(err, tree.Claim(basis)))
	var names []string
	for f, err := range tree.Files() {
		must(t, err)
		if !tree.IsSealed(&f) {
			names = append(names, f.Rel)
		}
		tree.Keep(f.Rel)
	}
	_, err = tree.Finish()
	must(t, err)
	return strings.Join(names, "\n")
}

// tick returns when the clock of the file system has moved on.
func tick(t testing.TB) {
	t.Helper()
	now := func() time.Time {
		must(t, os.WriteFile("clock", []byte("tick"), 0o666))
		info, err := os.Stat("clock")
		must(t, err)
		s, _ := stampOf(info)
		return s.changed
	}
	for begin := now(); !now().After(begin); {
	}
}

// settle brings out up to date and has all of it compared, which seals it.
func settle(t testing.TB) {
	t.Helper()
	tick(t)
	mirror(t, "docs", "out")
	tick(t)
	expect(t, "a run with nothing to do", mirror(t, "docs", "out"))
}

// rewrite gives a file another content of the same size and the time that it had, as a
// copying program may.
func rewrite(t testing.TB, path string) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	data := []byte(read(t, path))
	data[0] ^= 1
	must(t, os.WriteFile(path, data, 0o666))
	must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
}

// exchange puts another file of the same size and time in the place of a file.
func exchange(t testing.TB, path string) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err)
	must(t, os.WriteFile("other", []byte(read(t, path)), 0o666))
	rewrite(t, "other")
	must(t, os.Chtimes("other", info.ModTime(), info.ModTime()))
	must(t, os.Rename("other", path))
}

// Once a run has found a file right, the next ones pass over it without reading it,
// until anything that made it right is another. Whatever that is, the run after it
// makes the tree what a new one is.
func TestSeals(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.rst", "docs/c.png", "docs/i/d.rst", "docs/i/e.rst", "elsewhere/x")
	must(t, os.WriteFile("docs/told.rst", []byte("note"), 0o666))
	must(t, os.Symlink("b.rst", "docs/link.rst"))
	for _, c := range []struct {
		about  string
		change func()
		want   []string
	}{
		{"nothing", func() {}, nil},
		{"a page", func() { rewrite(t, "docs/a.rst") }, []string{"a.rst"}},
		{"a file", func() { rewrite(t, "docs/c.png") }, []string{"c.png"}},
		{"another file in its place", func() { exchange(t, "docs/i/d.rst") }, []string{"i/d.rst"}},
		{"where a link leads", func() { must(t, orElse(os.Remove("docs/link.rst"), os.Symlink("a.rst", "docs/link.rst"))) }, []string{"link.rst"}},
		{"a mode", func() { must(t, os.Chmod("docs/a.rst", 0o700)) }, []string{"a.rst", "link.rst"}},
		{"a page of OUT", func() { rewrite(t, "out/b.rst") }, []string{"b.rst"}},
		{"a file of OUT", func() { exchange(t, "out/c.png") }, []string{"c.png"}},
		{"a mode in OUT", func() { must(t, os.Chmod("out/i/e.rst", 0o700)) }, []string{"i/e.rst"}},
		{"a file of OUT that is gone", func() { must(t, os.Remove("out/b.rst")) }, []string{"b.rst"}},
		{"a folder of OUT that is gone", func() { must(t, os.RemoveAll("out/i")) }, []string{"i/d.rst", "i/e.rst"}},
		{"a new page", func() { must(t, os.WriteFile("docs/aa.rst", []byte("new"), 0o666)) }, []string{"aa.rst"}},
		{"a page that is gone", func() { must(t, os.Remove("docs/aa.rst")) }, nil},
		{"seals of a killed run", func() { must(t, os.Truncate("out/"+sealsName, 8)) }, []string{"b.rst", "c.png", "i/d.rst", "i/e.rst", "link.rst"}},
	} {
		settle(t)
		c.change()
		expect(t, c.about, unsealed(t, "basis"), slices.Sorted(slices.Values(append(c.want, "told.rst")))...)
		mirror(t, "docs", "out")
		expect(t, "compared after "+c.about, compare(t, "docs", "out"))
		must(t, os.RemoveAll("new"))
		mirror(t, "docs", "new")
		expect(t, "the tree after "+c.about, strings.ReplaceAll(list(t, "out"), "out/", "new/"), list(t, "new"))
	}
	settle(t)
	all := []string{"a.rst", "b.rst", "c.png", "i/d.rst", "i/e.rst", "link.rst", "told.rst"}
	expect(t, "another basis", unsealed(t, "other"), all...)
	expect(t, "an unknown basis", unsealed(t, ""), all...)
	expect(t, "a file that is a page now", unsealed(t, "basis", ".png"), "c.png", "told.rst")
}

// No folder is passed over that somebody moved away and linked to.
func TestSealsInLinkedFolder(t *testing.T) {
	plant(t, "docs/i/d.rst")
	settle(t)
	must(t, orElse(os.Rename("out/i", "away"), os.Symlink("../away", "out/i")))
	expect(t, "a link to the folder", mirror(t, "docs", "out"), "cannot write out/i/d.rst: "+errNotFolder.Error())
}

// What may still be written without another stamp is not sealed, be it a file of SRC or
// of OUT; nor is a page that was read before it was looked at.
func TestSealsWait(t *testing.T) {
	for _, c := range []struct {
		recent string // is as old as the run
		look   bool
		want   []string
	}{
		{"docs/a.rst", true, []string{"a.rst"}},
		{"docs/b.png", true, []string{"b.png"}},
		{"out/a.rst", true, []string{"a.rst"}},
		{"clock", true, nil},
		{"clock", false, []string{"a.rst"}},
	} {
		plant(t, "docs/a.rst", "docs/b.png")
		mirror(t, "docs", "out")
		tick(t)
		must(t, os.WriteFile(c.recent, []byte(read(t, c.recent)), 0o666))
		info, err := os.Stat(c.recent)
		must(t, err)
		tree, err := OpenTree("docs", "out", nil)
		must(t, orElse(err, tree.Claim("basis")))
		recent, _ := stampOf(info)
		tree.began = recent.changed
		for f, err := range tree.Files() {
			must(t, err)
			if c.look || !f.IsPage {
				_, err = expand(tree, f)
			} else {
				_, err = tree.Put(f, Content{Data: []byte(strings.ToUpper(read(t, f.Path))), Mode: 0o644, Sealable: true})
			}
			must(t, err)
		}
		_, err = tree.Finish()
		must(t, err)
		expect(t, c.recent, unsealed(t, "basis"), c.want...)
	}
}

// A file system that counts in seconds is not trusted with what was written a moment
// before.
func TestSettled(t *testing.T) {
	for _, c := range []struct {
		changed, from float64 // in seconds
		want          bool
	}{
		{100.5, 100.5, false}, {100.5, 100.6, true}, {100.6, 100.5, false},
		{100, 100.5, false}, {100, 101.9, false}, {100, 102.1, true},
		{100.5, 0, false},
	} {
		at := func(seconds float64) time.Time { return time.UnixMilli(int64(1000 * seconds)) }
		if got := (stamp{changed: at(c.changed)}).settled(at(c.from)); got != c.want {
			t.Errorf("%v from %v: %v", c.changed, c.from, got)
		}
	}
}
