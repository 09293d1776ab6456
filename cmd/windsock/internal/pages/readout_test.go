//go:build unix

package pages

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
)

// What is compared and shown is what OUT was when it was opened, whatever takes its place.
func TestOutSwappedWhileComparing(t *testing.T) {
	plant(t, "docs/b/a.rst", "elsewhere/b/a.rst")
	mirror(t, "docs", "out")
	tree, err := OpenTree("docs", "out", nil)
	must(t, orElse(err, tree.Look()))
	defer tree.Close()
	must(t, errors.Join(os.Rename("out", "was"), os.Symlink("elsewhere", "out")))
	if c, err := tree.PlanPage(File{Page: Page{Rel: "b/a.rst"}}, Content{Data: []byte("DOCS/B/A.RST"), Mode: 0o644}); c.Action != Keep || err != nil {
		t.Errorf("got %v, %v", c, err)
	}
	data, err := tree.Read("b/a.rst", MaxSize)
	if err != nil || string(data) != "DOCS/B/A.RST" {
		t.Errorf("got %q, %v", data, err)
	}
}

// A folder of OUT that somebody exchanges for a symlink and back, again and again, is no
// way to make windsock show, or compare, what the symlink leads to, even if that is in
// OUT; nor is it one to show what the manifest does not name.
func TestFolderSwappedWhileComparing(t *testing.T) {
	plant(t, "docs/b/a.rst", "docs/b/gone.rst")
	mirror(t, "docs", "out")
	must(t, os.Remove("docs/b/gone.rst"))
	for _, file := range []string{"out/outside/a.rst", "out/outside/gone.rst"} {
		must(t, os.MkdirAll("out/outside", 0o777))
		must(t, os.WriteFile(file, []byte("secret"), 0o666))
	}
	stop := make(chan bool)
	var swapping sync.WaitGroup
	swapping.Go(func() { swap("out/b", stop) })
	for range 100 {
		lookAt(t)
	}
	close(stop)
	swapping.Wait()
}

// lookAt compares and reads out/b, and fails if what it is told is of out/outside.
func lookAt(t *testing.T) {
	tree, err := OpenTree("docs", "out", nil)
	must(t, orElse(err, tree.Look()))
	defer tree.Close()
	for range tree.Files() {
	}
	if c, err := tree.PlanPage(File{Page: Page{Rel: "b/a.rst"}}, Content{Data: []byte("secret"), Mode: 0o644}); err == nil && c.Action == Keep {
		t.Error("what is outside was compared")
	}
	for _, rel := range []string{"b/gone.rst", "b/a.rst"} {
		if data, err := tree.Read(rel, MaxSize); err == nil && string(data) == "secret" {
			t.Error("what is outside was read")
		}
	}
}

// What is there of an output tree is told by its own files, no others.
func TestLookRefuses(t *testing.T) {
	for entry, want := range map[string]string{
		"out/.windsock-manifest -> ../docs/a.rst": errSymlink.Error(),
		"out/.windsock-manifest/x":                errNotFile.Error(),
		"out -> away":                             "it is a file or a symlink",
	} {
		plant(t, "docs/a.rst", entry)
		tree, err := OpenTree("docs", "out", nil)
		if err == nil {
			err = tree.Look()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", entry, err)
		}
	}
}

// A file of OUT is shown only if it is one, of no more than the limit.
func TestReadOut(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b/c.rst")
	mirror(t, "docs", "out")
	must(t, os.Symlink("a.rst", "out/link.rst"))
	must(t, os.WriteFile("out/mine", nil, 0o666))
	tree, err := OpenTree("docs", "out", nil)
	must(t, orElse(err, tree.Look()))
	defer tree.Close()
	for rel, want := range map[string]error{
		"a.rst": nil, "b/c.rst": TooLarge{10}, "link.rst": errSymlink, "b": errNotFile, "no.rst": fs.ErrNotExist, "no/a.rst": fs.ErrNotExist,
		"mine/x": notFolderError{"mine"},
	} {
		if _, err := tree.Read(rel, 10); !errors.Is(err, want) && err != want {
			t.Errorf("%s: %v, want %v", rel, err, want)
		}
	}
}
