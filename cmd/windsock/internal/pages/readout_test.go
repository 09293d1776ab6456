//go:build unix

package pages

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Of a file of OUT nothing is read that somebody put in its place after it was looked at,
// neither what a symlink leads to nor a pipe that never ends.
func TestSwappedBeforeReading(t *testing.T) {
	for about, put := range map[string]func() error{
		"a symlink out of it": func() error { return os.Symlink("../outside", "out/a.rst") },
		"a symlink within it": func() error { return os.Symlink("b.rst", "out/a.rst") },
		"a pipe":              func() error { return syscall.Mkfifo("out/a.rst", 0o666) },
		"another file":        func() error { return os.WriteFile("out/a.rst", nil, 0o666) },
		"nothing":             func() error { return nil },
	} {
		t.Run(about, func(t *testing.T) {
			plant(t, "out/a.rst", "out/b.rst", "outside")
			folder, err := os.OpenRoot("out")
			must(t, err)
			defer folder.Close()
			seen, err := folder.Lstat("a.rst")
			must(t, err)
			must(t, errors.Join(os.Rename("out/a.rst", "out/was.rst"), put()))
			if f, err := openSeen(folder, "a.rst", seen); err == nil {
				t.Errorf("%s was opened", f.Name())
			}
			if f, _, err := openFile(folder, "a.rst"); (err == nil) != (about == "another file") {
				t.Errorf("opened %v: %v", f, err)
			}
		})
	}
}

// A pipe that somebody puts in the place of a file is not waited for when the file is
// copied, or written to.
func TestPipeForFile(t *testing.T) {
	plant(t, "docs/x", "out/x")
	must(t, errors.Join(syscall.Mkfifo("docs/pipe", 0o666), syscall.Mkfifo("out/"+ManifestName, 0o666)))
	out, err := os.OpenRoot("out")
	must(t, err)
	defer out.Close()
	tree, err := OpenTree("docs", "copy", nil)
	must(t, err)
	if _, _, err := tree.open("pipe"); err == nil || !strings.HasSuffix(err.Error(), errNotFile.Error()) {
		t.Errorf("copying: %v", err)
	}
	if err := (&manifest{isNew: true}).open(out); err == nil {
		t.Error("a pipe was opened as manifest")
	}
}

// What is compared and shown is what OUT was when it was opened, whatever takes its place.
func TestOutSwappedWhileComparing(t *testing.T) {
	plant(t, "docs/b/a.rst", "elsewhere/b/a.rst")
	mirror(t, "docs", "out")
	tree, err := OpenTree("docs", "out", nil)
	must(t, orElse(err, tree.Look()))
	defer tree.Close()
	must(t, errors.Join(os.Rename("out", "was"), os.Symlink("elsewhere", "out")))
	if state, err := tree.CompareData("b/a.rst", []byte("DOCS/B/A.RST"), 0o644); state != Same || err != nil {
		t.Errorf("got %v, %v", state, err)
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
	if state, err := tree.CompareData("b/a.rst", []byte("secret"), 0o644); err == nil && state == Same {
		t.Error("what is outside was compared")
	}
	for _, rel := range append(tree.Orphans(), "b/a.rst") {
		tree.folders.close() // so that the folder is opened anew
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
		"a.rst/x": fs.ErrNotExist, // windsock wrote a.rst, which may make way
		"mine/x":  errNotFolder,
	} {
		if _, err := tree.Read(rel, 10); !errors.Is(err, want) && err != want {
			t.Errorf("%s: %v, want %v", rel, err, want)
		}
	}
}
