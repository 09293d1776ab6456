//go:build unix

package pages

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

// A page keeps its mode, whatever the umask, and gets no byte but the given ones.
func TestWriteKeepsMode(t *testing.T) {
	plant(t, "a.rst")
	for _, mode := range []fs.FileMode{0o600, 0o644, 0o755, 0o666, 0o640} {
		must(t, os.Chmod("a.rst", mode))
		must(t, overwrite("a.rst", []byte("new\r\n\xff")))
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
func overwrite(path string, data []byte) error {
	before, _ := os.ReadFile(path) // the write says what is wrong
	return new(Writer).Write(NamedPage(path), before, data)
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
		err := overwrite(path, []byte("new"))
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
// is being filled stays, and so does a user's file that only looks alike.
func TestAbandoned(t *testing.T) {
	stays := []string{".windsock-99999999-1.tmp", ".windsock-notes.rst", ".windsock-.tmp", temporary[1:], temporary + "x"}
	plant(t, "docs/a.rst", "docs/"+temporary)
	for _, s := range stays {
		must(t, os.WriteFile("docs/"+s, nil, 0o666))
	}
	folder, err := os.OpenRoot("docs")
	must(t, err)
	must(t, replace(folder, "b.rst", 0o666, func(*os.File) error { return overwrite("docs/a.rst", []byte("new")) }, folder.Rename))
	entries, err := os.ReadDir("docs")
	must(t, err)
	if len(entries) != len(stays)+2 {
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

// A page is whole however much of its new content is written when a run is killed, and a walk
// sees nothing else.
func TestWholeWhileWritten(t *testing.T) {
	plant(t, "a.rst")
	folder, err := os.OpenRoot(".")
	must(t, err)
	defer folder.Close()
	for _, size := range []int{0, 70_000, 100_000} {
		err := replace(folder, "a.rst", 0o644, func(f *os.File) error {
			f.Write(bytes.Repeat([]byte("b"), size))
			expect(t, "the page", read(t, "a.rst"), "a.rst")
			expect(t, "a walk", strings.Join(paths(t, []string{"."}, nil), " "), "a.rst")
			return fs.ErrInvalid
		}, folder.Rename)
		if !errors.Is(err, fs.ErrInvalid) {
			t.Error(err)
		}
	}
	leavesNothing(t, ".")
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
	expect(t, "the files", snapshot(t, "docs"), "docs d---------", "docs/a: new", "docs/link L---------", "docs/there: docs/there")
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

// meanwhile are things that somebody else may do to a page after a walk found it
// and before it is read or written, with what the reading then gives and why
// nothing is written.
var meanwhile = []struct {
	about       string
	change      func() error
	read, write string
}{
	{
		"it grows",
		func() error { return os.WriteFile("docs/a.rst", bytes.Repeat([]byte("x"), 100_000), 0o666) },
		strings.Repeat("x", 100_000), "it changed after windsock read it; run windsock again",
	},
	{
		"it shrinks",
		func() error { return os.Truncate("docs/a.rst", 1) },
		"d", "it changed after windsock read it; run windsock again",
	},
	{
		"it vanishes",
		func() error { return os.Remove("docs/a.rst") },
		"no such file or directory", "no such file or directory",
	},
	{
		"it becomes a folder",
		func() error { return errors.Join(os.Remove("docs/a.rst"), os.Mkdir("docs/a.rst", 0o777)) },
		"it is not a file", "it is not a file",
	},
	{
		"it becomes a pipe",
		func() error { return errors.Join(os.Remove("docs/a.rst"), syscall.Mkfifo("docs/a.rst", 0o666)) },
		"it is not a file", "it is not a file",
	},
	{
		"it becomes a symlink to another page",
		func() error {
			return errors.Join(os.Remove("docs/a.rst"), os.Symlink("../outside/a.rst", "docs/a.rst"))
		},
		"docs/a.rst", errSymlink.Error(),
	},
	{
		"it becomes a symlink in a circle",
		func() error { return errors.Join(os.Remove("docs/a.rst"), os.Symlink("a.rst", "docs/a.rst")) },
		"too many levels of symbolic links", errSymlink.Error(),
	},
	{
		"its folder becomes a symlink to another",
		func() error { return errors.Join(os.Rename("docs", "was"), os.Symlink("outside", "docs")) },
		"docs/a.rst", errNotFolder.Error(),
	},
	{
		"its folder becomes a file",
		func() error { return errors.Join(os.RemoveAll("docs"), os.WriteFile("docs", nil, 0o666)) },
		"not a directory", errNotFolder.Error(),
	},
}

// Whatever becomes of a page, the reading ends and says so, and the write neither
// loses what somebody else wrote nor lands elsewhere.
func TestMeanwhile(t *testing.T) {
	for _, c := range meanwhile {
		t.Run(c.about, func(t *testing.T) {
			page := Page{"docs/a.rst", "docs/a.rst"} // found below "."
			plant(t, "docs/a.rst", "outside/a.rst")
			must(t, os.WriteFile("outside/a.rst", []byte("docs/a.rst"), 0o666))
			must(t, c.change())
			data, _, err := Read(page.Path, MaxSize)
			if got := string(data); err != nil && err.Error() != "cannot read docs/a.rst: "+c.read || err == nil && got != c.read {
				t.Errorf("read %.20q, %v", got, err)
			}
			before := snapshot(t, ".")
			if err := new(Writer).Write(page, []byte("docs/a.rst"), []byte("new")); err == nil || err.Error() != "cannot write docs/a.rst: "+c.write {
				t.Errorf("writing: %v", err)
			}
			expect(t, "the tree", snapshot(t, "."), before)
		})
	}
}

// The folder that the user named may be reached through a symlink, none below it.
func TestNamedFolderMayBeSymlink(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.rst")
	must(t, os.Symlink("docs", "link"))
	var w Writer
	must(t, w.Write(NamedPage("link/a.rst"), []byte("docs/a.rst"), []byte("new")))
	if err := w.Write(Page{"link/b.rst", "link/b.rst"}, []byte("docs/b.rst"), []byte("new")); !errors.Is(err, errNotFolder) {
		t.Errorf("got %v", err)
	}
}

// A page with a second name becomes a page of its own: the other name keeps the
// old content, since what is written is a new file.
func TestWriteHardLink(t *testing.T) {
	plant(t, "a.rst")
	must(t, os.Link("a.rst", "b.rst"))
	must(t, overwrite("a.rst", []byte("new")))
	expect(t, "the pages", read(t, "a.rst")+"\n"+read(t, "b.rst"), "new", "a.rst")
}
