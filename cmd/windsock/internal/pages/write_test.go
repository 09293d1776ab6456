//go:build unix

package pages

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// A page keeps its mode, whatever the umask, and gets no byte but the given ones.
func TestWriteKeepsMode(t *testing.T) {
	plant(t, "a.rst")
	for _, mode := range []fs.FileMode{0o600, 0o644, 0o755, 0o666, 0o640} {
		must(t, os.Chmod("a.rst", mode))
		must(t, overwrite(new(Writer), "a.rst", []byte("new\r\n\xff")))
		info, err := os.Stat("a.rst")
		must(t, err)
		if info.Mode() != mode {
			t.Errorf("mode %v became %v", mode, info.Mode())
		}
		if got := read(t, "a.rst"); got != "new\r\n\xff" {
			t.Errorf("wrote %q", got)
		}
	}
}

// overwrite writes a page over whatever it holds.
func overwrite(w *Writer, path string, data []byte) error {
	before, _ := os.ReadFile(path) // the write says what is wrong
	return w.Write(NamedPage(path), before, data)
}

// What cannot be written is named, and stays as it is.
func TestWriteRefuses(t *testing.T) {
	plant(t, "docs/a.rst", "link.rst -> docs/a.rst", "folder/b.rst", "dangling.rst -> nowhere")
	for path, want := range map[string]string{
		"link.rst":     "cannot write link.rst: it is a symlink",
		"dangling.rst": "cannot write dangling.rst: it is a symlink",
		"folder":       "cannot write folder: it is not a file",
		"nowhere.rst":  "cannot write nowhere.rst: no such file or directory",
		"no/where.rst": "cannot write no/where.rst: no such file or directory",
	} {
		err := overwrite(new(Writer), path, []byte("new"))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if got := read(t, "docs/a.rst"); got != "docs/a.rst" {
		t.Errorf("wrote %q through a symlink", got)
	}
	leavesNothing(t, ".")
}

// The temporary files of killed runs are removed from the folders that are written to. What
// another process is filling stays, and so does a user's file that only looks alike.
func TestAbandoned(t *testing.T) {
	filling := strings.Replace(temporary, "A", "B", 1)
	stays := []string{filling, ".windsock-99999999-1.tmp", ".windsock-notes.rst", ".windsock-.tmp", temporary[1:], temporary + "x"}
	plant(t, "docs/a.rst", "docs/"+temporary)
	for _, s := range stays {
		must(t, os.WriteFile("docs/"+s, nil, 0o666))
	}
	f, err := os.OpenFile("docs/"+filling, os.O_WRONLY, 0)
	must(t, err)
	defer f.Close()
	must(t, syscall.Flock(int(f.Fd()), syscall.LOCK_EX)) // as the process does that fills it
	must(t, overwrite(new(Writer), "docs/a.rst", []byte("new")))
	entries, err := os.ReadDir("docs")
	must(t, err)
	if len(entries) != len(stays)+1 {
		t.Errorf("left %v", entries)
	}
}

// Of two runs that write the same page, the one that comes second has no trouble if both
// write the same, and changes nothing if they do not.
func TestWriteTwice(t *testing.T) {
	plant(t, "a.rst")
	must(t, os.WriteFile("a.rst", []byte("new"), 0o666))
	must(t, new(Writer).Write(NamedPage("a.rst"), []byte("a.rst"), []byte("new")))
	if err := new(Writer).Write(NamedPage("a.rst"), []byte("a.rst"), []byte("other")); !errors.Is(err, errChanged) {
		t.Errorf("got %v", err)
	}
	expect(t, "the page", read(t, "a.rst"), "new")
}

// Several goroutines may write in one folder at a time.
func TestWriteTogether(t *testing.T) {
	plant(t, "docs/x")
	var w Writer
	var writers sync.WaitGroup
	for i := range 40 {
		name := fmt.Sprintf("docs/%d.rst", i)
		must(t, os.WriteFile(name, nil, 0o666))
		writers.Go(func() {
			if err := overwrite(&w, name, []byte(name)); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	for i := range 40 {
		name := fmt.Sprintf("docs/%d.rst", i)
		expect(t, name, read(t, name), name)
	}
}

// A new file is whole, and one that is there is left alone; nothing is left beside it.
func TestCreate(t *testing.T) {
	plant(t, "docs/there", "docs/link -> nowhere")
	for _, name := range []string{"there", "link"} {
		if err := Create("docs/"+name, []byte("new")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, Create("docs/a", []byte("new")))
	expect(t, "the files", list(t, "docs"), "docs/a: new", "docs/link -> nowhere", "docs/there: docs/there")
	leavesNothing(t, "docs")
}

// leavesNothing fails if a folder holds temporary files.
func leavesNothing(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	for _, d := range entries {
		if isTemporary(d.Name()) {
			t.Errorf("%s was left in %s", d.Name(), folder)
		}
	}
}
