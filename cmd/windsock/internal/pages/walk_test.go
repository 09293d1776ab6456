package pages

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// plant makes files in a new folder and enters it. An entry is a path, whose file
// then holds the path, or "path -> target" for a symlink.
func plant(t testing.TB, entries ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, entry := range entries {
		path, target, link := strings.Cut(entry, " -> ")
		must(t, os.MkdirAll(filepath.Dir(path), 0o777))
		if link {
			must(t, os.Symlink(target, path))
		} else {
			must(t, os.WriteFile(path, []byte(path), 0o666))
		}
	}
}

// must ends the test on an error.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// read returns what a file holds.
func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return string(data)
}

// snapshot describes all that is below some folders, but for windsock's own files.
func snapshot(t testing.TB, folders ...string) string {
	t.Helper()
	var seen []string
	for _, folder := range folders {
		must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || d.Name() == ManifestName:
			case d.Type().IsRegular():
				seen = append(seen, path+": "+read(t, path))
			default:
				seen = append(seen, path+" "+d.Type().String())
			}
			return err
		}))
	}
	return strings.Join(seen, "\n")
}

// expect fails unless got consists of the lines of want.
func expect(t testing.TB, what, got string, want ...string) {
	t.Helper()
	if got != strings.Join(want, "\n") {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", what, got, strings.Join(want, "\n"))
	}
}

var walks = []struct {
	about   string
	entries []string
	paths   []string
	want    []string
}{
	{
		"pages come folder by folder, in order, and other files do not",
		[]string{"b.rst", "a/z.rst", "a/b/c.rst", "a/a.rst", "a.rst", "conf.py", "a/x.rst.bak"},
		[]string{"."},
		[]string{"a/a.rst", "a/b/c.rst", "a/z.rst", "a.rst", "b.rst"},
	},
	{
		"a page that two paths lead to comes once",
		[]string{"docs/a/b.rst", "docs/c.rst", "e.rst"},
		[]string{"docs/a", "docs/a/b.rst", "./docs", "docs/c.rst", "docs/", "e.rst", "e.rst"},
		[]string{"docs/a/b.rst", "docs/c.rst", "e.rst"},
	},
	{
		"a path that a wider one would pass over is read all the same",
		[]string{
			"docs/a.rst", "docs/_build/x/b.rst", "docs/c.txt", "docs/v/pyvenv.cfg", "docs/v/d.rst", "docs/_api/e.rst",
			"docs/w/pyvenv.cfg", "docs/w/f.rst", "docs/link -> ../other", "other/g.rst",
		},
		[]string{"docs", "docs/_build/x", "docs/c.txt", "docs/v/d.rst", "docs/_api", "docs/w", "docs/link"},
		[]string{
			"docs/a.rst", "docs/_api/e.rst", "docs/_build/x/b.rst", "docs/c.txt", "docs/link/g.rst", "docs/v/d.rst", "docs/w/f.rst",
		},
	},
	{
		"a symlink to a file is a page; one to a folder, to nothing, or in a circle is not",
		[]string{"docs/a.rst -> ../README.rst", "README.rst", "docs/.#b.rst -> me@here:1", "docs/up -> ..", "docs/c.rst -> c.rst"},
		[]string{"docs"},
		[]string{"docs/a.rst"},
	},
	{
		"a folder is followed if the link to it is what was named",
		[]string{"docs/a.rst", "link -> docs"},
		[]string{"link"},
		[]string{"link/a.rst"},
	},
	{
		"what a killed run left behind is no page",
		[]string{"a.rst", ".windsock-1-1.tmp"},
		[]string{"."},
		[]string{"a.rst"},
	},
}

func TestWalk(t *testing.T) {
	for _, c := range walks {
		t.Run(c.about, func(t *testing.T) {
			plant(t, c.entries...)
			if got := paths(t, c.paths, nil); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// paths returns the paths of the pages that a walk finds.
func paths(t testing.TB, roots, extensions []string) []string {
	t.Helper()
	w, err := NewWalk(roots, extensions)
	must(t, err)
	var found []string
	for page, err := range w.Pages() {
		must(t, err)
		found = append(found, page.Path)
	}
	return found
}

// Extensions add to .rst, with or without their dot.
func TestWalkExtensions(t *testing.T) {
	plant(t, "a.rst", "b.txt", "c.inc", "d.md")
	if got := paths(t, []string{"."}, []string{"txt", ".inc"}); !slices.Equal(got, []string{"a.rst", "b.txt", "c.inc"}) {
		t.Errorf("got %q", got)
	}
}

// A path within the working folder is named relative to it, whichever way the
// user wrote it, and Rel is what follows the folder that was named.
func TestPageNames(t *testing.T) {
	plant(t, "docs/a/b.rst")
	wd, err := os.Getwd()
	must(t, err)
	for _, path := range []string{"docs", "./docs/", filepath.Join(wd, "docs"), "../" + filepath.Base(wd) + "/docs"} {
		w, err := NewWalk([]string{path}, nil)
		must(t, err)
		for page, err := range w.Pages() {
			must(t, err)
			if !strings.HasSuffix(page.Path, "docs/a/b.rst") || filepath.IsAbs(page.Path) || page.Rel != "a/b.rst" {
				t.Errorf("%s: got %+v", path, page)
			}
		}
	}
}
