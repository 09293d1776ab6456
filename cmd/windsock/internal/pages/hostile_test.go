//go:build unix

package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// A pipe, a device and a socket are no files, and reading one does not wait for
// what may never come.
func TestReadRefusesSpecial(t *testing.T) {
	plant(t, "a.rst")
	must(t, syscall.Mkfifo("pipe.rst", 0o666))
	socket, err := net.Listen("unix", "socket.rst")
	must(t, err)
	defer socket.Close()
	for _, path := range []string{"pipe.rst", "/dev/zero", "/dev/tty", "socket.rst"} {
		if _, _, err := Read(path, nil, MaxSize); err == nil || !strings.HasPrefix(err.Error(), "cannot read "+path+": ") {
			t.Errorf("%s: %v", path, err)
		}
		if w := new(Writer); w.Write(NamedPage(path), nil, []byte("new")) == nil {
			t.Errorf("%s was written", path)
		}
	}
	if got := paths(t, []string{"."}, nil); len(got) != 1 {
		t.Errorf("a walk finds %q", got)
	}
}

// A file of a gigabyte, without a byte on disk, is refused before it is read, and
// so is one that grew beyond the limit since its size was asked for.
func TestReadLimit(t *testing.T) {
	plant(t, "a.rst", "huge.rst")
	must(t, os.Truncate("huge.rst", 1<<30))
	_, _, err := Read("huge.rst", nil, MaxSize)
	if err == nil || err.Error() != "cannot read huge.rst: it holds more than 64MB" || !errors.As(err, &TooLarge{}) {
		t.Errorf("got %v", err)
	}
	for limit, want := range map[int64]bool{4: false, 5: true, 6: true} {
		if _, _, err := Read("a.rst", nil, limit); (err == nil) != want {
			t.Errorf("5 bytes, limit %d: %v", limit, err)
		}
		if _, err := ReadAll(strings.NewReader("a.rst"), nil, limit); (err == nil) != want {
			t.Errorf("5 bytes that grew, limit %d: %v", limit, err)
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
		"docs/a.rst", errLinked,
	},
	{
		"its folder becomes a file",
		func() error { return errors.Join(os.RemoveAll("docs"), os.WriteFile("docs", nil, 0o666)) },
		"not a directory", errLinked,
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
			data, _, err := Read(page.Path, nil, MaxSize)
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

// snapshot describes all that is below a folder.
func snapshot(t *testing.T, folder string) string {
	t.Helper()
	var seen []string
	must(t, filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		line := path + " " + d.Type().String()
		if err == nil && d.Type().IsRegular() {
			line += " " + read(t, path)
		}
		seen = append(seen, line)
		return err
	}))
	return strings.Join(seen, "\n")
}

// Once a folder of an output tree, or of pages, is exchanged for a symlink, nothing is
// written there, and what the symlink leads to is left alone.
func TestFolderSwappedBetweenFiles(t *testing.T) {
	plant(t, "src/b/1.rst", "src/b/2.rst", "docs/b/1.rst", "outside/1.rst")
	mirror(t, "src", "out")
	for _, folder := range []string{"out/b", "docs/b"} {
		must(t, errors.Join(os.Rename(folder, folder+"-was"), os.Symlink("../outside", folder)))
	}
	expect(t, "an output tree", mirror(t, "src", "out"),
		"cannot write out/b/1.rst: "+errNotFolder.Error(), "cannot write out/b/2.rst: "+errNotFolder.Error())
	err := new(Writer).Write(Page{"docs/b/1.rst", "b/1.rst"}, []byte("docs/b/1.rst"), []byte("new"))
	if err == nil || err.Error() != "cannot write docs/b/1.rst: "+errLinked {
		t.Errorf("got %v", err)
	}
	expect(t, "outside", list(t, "outside"), "outside/1.rst: outside/1.rst")
}

// The folder that the user named may be reached through a symlink, none below it.
func TestNamedFolderMayBeSymlink(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.rst")
	must(t, os.Symlink("docs", "link"))
	var w Writer
	must(t, w.Write(NamedPage("link/a.rst"), []byte("docs/a.rst"), []byte("new")))
	if err := w.Write(Page{"link/b.rst", "link/b.rst"}, []byte("docs/b.rst"), []byte("new")); !errors.As(err, new(notFolderError)) {
		t.Errorf("got %v", err)
	}
}

// A folder that somebody exchanges for a symlink and back, again and again, is no
// way to make windsock write, or clean up, where the symlink leads, even if that is
// in the same tree: neither in place nor in an output tree.
func TestFolderSwappedAnytime(t *testing.T) {
	left := "/outside/" + temporary
	plant(t, "src/b/a.rst")
	mirror(t, "src", "out")
	for _, file := range []string{"docs/b/a.rst", "docs/outside/a.rst", "docs" + left, "out/outside/a.rst", "out" + left} {
		must(t, os.MkdirAll(filepath.Dir(file), 0o777))
		must(t, os.WriteFile(file, []byte("precious"), 0o666))
	}
	before := snapshot(t, "docs/outside") + snapshot(t, "out/outside")
	stop := make(chan bool)
	var swapping sync.WaitGroup
	for _, folder := range []string{"docs/b", "out/b"} {
		swapping.Go(func() { swap(folder, stop) })
	}
	page := Page{"docs/b/a.rst", "docs/b/a.rst"} // found below "."
	for i := range 150 {
		old, _ := os.ReadFile(page.Path)
		new(Writer).Write(page, old, []byte(fmt.Sprint(i))) // fails while the folder is away
		must(t, os.WriteFile("src/b/a.rst", []byte(strings.Repeat("x", i+1)), 0o666))
		mirror(t, "src", "out")
	}
	close(stop)
	swapping.Wait()
	expect(t, "what lies outside", snapshot(t, "docs/outside")+snapshot(t, "out/outside"), before)
}

// swap exchanges a folder for a symlink to the one called outside, and back. Each
// stays for as long as some calls of the system take.
func swap(folder string, stop chan bool) {
	link, away := folder+"-link", folder+"-away"
	for {
		select {
		case <-stop:
			return
		default:
		}
		if os.Symlink("outside", link) != nil {
			continue // the folder above is not there yet
		}
		if os.Rename(folder, away) == nil {
			os.Rename(link, folder)
			linger(folder)
			os.RemoveAll(folder)
			os.Rename(away, folder)
		}
		os.Remove(link)
		linger(folder)
	}
}

// linger asks for a path again and again.
func linger(path string) {
	for range 100 {
		os.Lstat(path)
	}
}

// A page with a second name becomes a page of its own: the other name keeps the
// old content, since what is written is a new file.
func TestWriteHardLink(t *testing.T) {
	plant(t, "a.rst")
	must(t, os.Link("a.rst", "b.rst"))
	must(t, overwrite(new(Writer), "a.rst", []byte("new")))
	expect(t, "the pages", read(t, "a.rst")+"\n"+read(t, "b.rst"), "new", "a.rst")
}

// oddNames are names of pages that are hard to write in a message or a file.
var oddNames = []string{
	"new\nline.rst", "\x1b[31mred.rst", "\xff\xfe.rst", "-rf.rst", "a b.rst", `quo"te'.rst`, `back\slash.rst`, "#.rst", " .rst", "\u202egnp.rst",
	strings.Repeat("x", 251) + ".rst", "\r.rst", "\t.rst", "%2e%2e.rst", "é.rst", "\u2028.rst",
}

// Pages of any name are found, written, mirrored and removed, and messages show
// them as one line of characters that can be seen.
func TestOddNames(t *testing.T) {
	plant(t, "src/x")
	for _, name := range oddNames {
		must(t, os.WriteFile("src/"+name, []byte("old"), 0o666))
		must(t, overwrite(new(Writer), "src/"+name, []byte("new")))
		if shown := Quoted(name); strings.ContainsFunc(shown, isUnseen) || len(strings.ToValidUTF8(shown, "")) != len(shown) {
			t.Errorf("%q is shown as %q", name, shown)
		}
	}
	if got := paths(t, []string{"src"}, nil); len(got) != len(oddNames) {
		t.Errorf("%d pages found", len(got))
	}
	expect(t, "an output tree", mirrored(t), list(t, "src"))
	expect(t, "the second run", mirror(t, "src", "out"))
	must(t, os.RemoveAll("src"))
	must(t, os.Mkdir("src", 0o777))
	expect(t, "an output tree without sources", mirrored(t))
	leavesNothing(t, "out")
}

// mirrored mirrors src in out, and returns what is there then.
func mirrored(t *testing.T) string {
	mirror(t, "src", "out")
	return strings.NewReplacer("out/", "src/", ": NEW", ": new").Replace(list(t, "out"))
}

// A manifest that is a second name of somebody else's file is not written to.
func TestManifestHardLink(t *testing.T) {
	plant(t, "docs/a.rst", "precious", "out/b.rst")
	must(t, os.WriteFile("precious", []byte(manifestHead), 0o666))
	must(t, os.Link("precious", "out/"+ManifestName))
	got := mirror(t, "docs", "out")
	if !strings.Contains(got, "cannot write out/a.rst: the file .windsock-manifest there has another name too") {
		t.Errorf("got %q", got)
	}
	expect(t, "the other name", read(t, "precious"), manifestHead)
}

// errLinked is why nothing is written below a symlink.
var errLinked = notFolderError{}.Error()
