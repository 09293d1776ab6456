package pages

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
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

// A write that fails midway leaves the old file, and nothing beside it.
func TestReplaceFails(t *testing.T) {
	plant(t, "a.rst")
	root, err := os.OpenRoot(".")
	must(t, err)
	defer root.Close()
	full := errors.New("no space left on device")
	content := io.MultiReader(strings.NewReader("new"), iotest.ErrReader(full))
	if err := replace(root, "a.rst", replacement{content: content, mode: 0o644}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if got := read(t, "a.rst"); got != "a.rst" {
		t.Errorf("the old file became %q", got)
	}
	leavesNothing(t, ".")
}

// What killed runs left is removed from the folders that are written to: of
// processes that are gone, and of one that had our number. What this or another
// process may still be writing stays, and so does what only looks alike.
func TestSweep(t *testing.T) {
	gone, beside := 1<<22+1, os.Getppid() // the kernel's numbers end at 1<<22
	name := func(pid int) string { return temporaryName(pid, 7) }
	live := temporaryName(os.Getpid(), 8)
	temporaries.live.Store(live, true)
	defer temporaries.live.Delete(live)
	stays := []string{live, name(beside), ".windsock-1-x.tmp", ".windsock-0-1.tmp", "windsock-1-1.tmp", ".windsock-.tmp"}
	plant(t, "docs/a.rst", "docs/"+name(gone), "docs/"+name(os.Getpid()))
	for _, s := range stays {
		must(t, os.WriteFile("docs/"+s, nil, 0o666))
	}
	must(t, overwrite(new(Writer), "docs/a.rst", []byte("new")))
	entries, err := os.ReadDir("docs")
	must(t, err)
	if len(entries) != len(stays)+1 {
		t.Errorf("left %v", entries)
	}
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

// leavesNothing fails if a folder holds temporary files.
func leavesNothing(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	must(t, err)
	for _, d := range entries {
		if _, temporary := temporaryOwner(d.Name()); temporary {
			t.Errorf("%s was left in %s", d.Name(), folder)
		}
	}
}
