//go:build unix

package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io"
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
		"docs/a.rst", errLinkedFolder.Error(),
	},
	{
		"its folder becomes a file",
		func() error { return errors.Join(os.RemoveAll("docs"), os.WriteFile("docs", nil, 0o666)) },
		"not a directory", errLinkedFolder.Error(),
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

// A swapper is the content of a page that exchanges the page's folder for a symlink
// while it is written.
type swapper struct{ io.Reader }

// Read implements [io.Reader].
func (s swapper) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err == io.EOF {
		err = errors.Join(os.Rename("docs", "was"), os.Symlink("outside", "docs"), io.EOF)
	}
	if errors.Is(err, io.EOF) {
		err = io.EOF
	}
	return n, err
}

// A folder that is exchanged for a symlink in the midst of a write is written to
// where it is now, and what the symlink leads to is not.
func TestFolderSwappedWhileWriting(t *testing.T) {
	plant(t, "docs/a.rst", "outside/a.rst")
	root, err := os.OpenRoot(".")
	must(t, err)
	defer root.Close()
	must(t, inside(root, "docs/a.rst", func(folder *os.Root, base string) error {
		return replace(folder, base, replacement{content: swapper{strings.NewReader("new")}, mode: 0o644})
	}))
	expect(t, "the tree", snapshot(t, "."), ". d---------", "docs L---------", "outside d---------",
		"outside/a.rst ---------- outside/a.rst", "was d---------", "was/a.rst ---------- new")
}

// A folder of an output tree that is exchanged for a symlink between two files is
// written to where it is now, as long as it stays open; once it is opened anew, nothing
// is written. What the symlink leads to is left alone.
func TestFolderSwappedBetweenFiles(t *testing.T) {
	plant(t, "src/x", "outside/x")
	tree, err := OpenTree("src", "out", nil)
	must(t, orElse(err, tree.Claim("")))
	defer tree.Finish()
	put := func(rel string) error {
		_, err := tree.Put(File{Page: Page{"src/x", rel}}, Content{Data: []byte("new"), Mode: 0o644})
		return err
	}
	must(t, put("b/1.rst"))
	must(t, errors.Join(os.Rename("out/b", "out/was"), os.Symlink("../outside", "out/b")))
	must(t, put("b/2.rst"))
	tree.folders.close()
	if err := put("b/3.rst"); err == nil || err.Error() != "cannot write out/b/3.rst: "+errNotFolder.Error() {
		t.Errorf("got %v", err)
	}
	expect(t, "what is there", list(t, "out")+"\n"+list(t, "outside"),
		"out/b -> ../outside", "out/was/1.rst: new", "out/was/2.rst: new", "outside/x: outside/x")
}

// However many folders an output tree has, few of them stay open, and none that is
// used is closed.
func TestFewFoldersStayOpen(t *testing.T) {
	plant(t, "src/x")
	tree, err := OpenTree("src", "out", nil)
	must(t, orElse(err, tree.Claim("")))
	used, err := tree.folders.hold("used", tree.makeBelow)
	must(t, err)
	for i := range 5 * mostHeld {
		_, err := tree.Put(File{Page: Page{"src/x", fmt.Sprintf("%d/b/a.rst", i)}}, Content{Data: []byte("new"), Mode: 0o644})
		must(t, err)
		if len(tree.folders.held) > mostHeld {
			t.Fatalf("%d folders are open", len(tree.folders.held))
		}
	}
	must(t, used.WriteFile("a.rst", []byte("new"), 0o644))
	tree.folders.letGo(used)
	_, err = tree.Finish()
	must(t, err)
	if len(tree.folders.held) > 0 {
		t.Errorf("%d folders are open in the end", len(tree.folders.held))
	}
}

// A folder in one that a run made, and which was closed meanwhile, is opened again.
func TestNewFolderOpenedAgain(t *testing.T) {
	plant(t, "src/x")
	tree, err := OpenTree("src", "out", nil)
	must(t, orElse(err, tree.Claim("")))
	defer tree.Finish()
	for i := range 4 * mostHeld {
		rel := fmt.Sprintf("a/%d/%d.rst", i%(2*mostHeld), i)
		_, err := tree.Put(File{Page: Page{"src/x", rel}}, Content{Data: []byte(rel), Mode: 0o644})
		must(t, err)
		expect(t, "out", read(t, "out/"+rel), rel)
	}
}

// In a folder that the run made nothing is looked for that a page would replace. Where names
// that differ in case are the same it is, so that no page takes the place of another.
func TestNamesThatAreTheSame(t *testing.T) {
	plant(t, "src/x")
	tree, err := OpenTree("src", "out", nil)
	must(t, orElse(err, tree.Claim("")))
	defer tree.Finish()
	put := func(rel, text string) error {
		_, err := tree.Put(File{Page: Page{"src/x", rel}}, Content{Data: []byte(text), Mode: 0o644})
		return err
	}
	tree.foldsNames = false
	must(t, errors.Join(put("a/1.rst", "one"), put("a/1.rst", "two")))
	expect(t, "a new folder", read(t, "out/a/1.rst"), "two")
	must(t, os.Link("out/"+lockName, "out/"+strings.ToUpper(lockName)))
	tree.foldsNames = foldsNames(tree.root)
	must(t, put("b/1.rst", "one"))
	if err := put("b/1.rst", "two"); !errors.Is(err, errForeign) {
		t.Errorf("got %v", err)
	}
	expect(t, "where names are the same", read(t, "out/b/1.rst"), "one")
}

// The same of a folder with pages that are written in place.
func TestFolderSwappedBetweenPages(t *testing.T) {
	plant(t, "docs/b/1.rst", "docs/b/2.rst", "docs/b/3.rst", "outside/1.rst")
	var w Writer
	write := func(rel string) error {
		return w.Write(Page{"docs/" + rel, rel}, []byte("docs/"+rel), []byte("new"))
	}
	must(t, write("b/1.rst"))
	must(t, errors.Join(os.Rename("docs/b", "docs/was"), os.Symlink("../outside", "docs/b")))
	must(t, write("b/2.rst"))
	w.Close()
	if err := write("b/3.rst"); err == nil || err.Error() != "cannot write docs/b/3.rst: "+errLinkedFolder.Error() {
		t.Errorf("got %v", err)
	}
	expect(t, "what is there", list(t, "docs")+"\n"+list(t, "outside"),
		"docs/b -> ../outside", "docs/was/1.rst: new", "docs/was/2.rst: new", "docs/was/3.rst: docs/b/3.rst", "outside/1.rst: outside/1.rst")
}

// The folders that stay open are those that were asked for last: those above many others
// are asked for again and again.
func TestFolderAskedForStaysOpen(t *testing.T) {
	plant(t, "x")
	var o holder
	defer o.close()
	opened := map[string]int{}
	for i := range 5 * mostHeld {
		for _, name := range []string{"above", fmt.Sprint(i)} {
			must(t, o.use(name, func(name string) (openedFolder, error) {
				opened[name]++
				folder, err := os.OpenRoot(".")
				return openedFolder{Root: folder}, err
			}, func(openedFolder) error { return nil }))
		}
	}
	if opened["above"] != 1 {
		t.Errorf("it was opened %d times", opened["above"])
	}
}

// However many folders hold pages that are written in place, few of them stay open, and
// in the end none.
func TestFewFoldersStayOpenInPlace(t *testing.T) {
	var w Writer
	plant(t, "docs/x")
	for i := range 5 * mostHeld {
		page := fmt.Sprintf("docs/%d/a.rst", i)
		must(t, errors.Join(os.Mkdir(fmt.Sprintf("docs/%d", i), 0o777), os.WriteFile(page, []byte("old"), 0o666)))
		must(t, w.Write(NamedPage(page), []byte("old"), []byte("new")))
		if len(w.folders.held) > mostHeld {
			t.Fatalf("%d folders are open", len(w.folders.held))
		}
	}
	if w.Close(); len(w.folders.held) > 0 {
		t.Errorf("%d folders are open in the end", len(w.folders.held))
	}
}

// A folder that is open is no way to a page that another path of the user's leads to,
// through a symlink.
func TestOpenFolderIsNoWayAround(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.rst")
	must(t, os.Symlink("docs", "link"))
	var w Writer
	defer w.Close()
	must(t, w.Write(NamedPage("link/a.rst"), []byte("docs/a.rst"), []byte("new")))
	if err := w.Write(Page{"link/b.rst", "link/b.rst"}, []byte("docs/b.rst"), []byte("new")); !errors.Is(err, errLinkedFolder) {
		t.Errorf("got %v", err)
	}
}

// A pipe that somebody puts in the place of a page is not waited for, neither for another
// end nor for what that writes.
func TestPipeIsNotAwaited(t *testing.T) {
	plant(t, "x")
	must(t, syscall.Mkfifo("a.rst", 0o666))
	root, err := os.OpenRoot(".")
	must(t, err)
	defer root.Close()
	for range 2 {
		if err := stillHolds(root, "a.rst", []byte("old")); err != errChanged {
			t.Errorf("got %v", err)
		}
		other, err := os.OpenFile("a.rst", os.O_RDWR, 0)
		must(t, err)
		defer other.Close()
	}
}

// A folder that somebody exchanges for a symlink and back, again and again, is no
// way to make windsock write, or clean up, where the symlink leads, even if that is
// in the same tree: neither in place nor in an output tree.
func TestFolderSwappedAnytime(t *testing.T) {
	left := "/outside/" + temporaryName(1<<22+1, 1)
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

// A lock is taken in the folder that was opened, wherever its path leads by then: no file
// is made elsewhere.
func TestLockElsewhere(t *testing.T) {
	plant(t, "docs/a.rst", "out/"+ManifestName, "elsewhere/b.rst")
	tree, err := OpenTree("docs", "out", []string{".rst"})
	must(t, err)
	tree.root, err = openOut(tree.out)
	must(t, err)
	defer tree.root.Close()
	must(t, os.Rename("out", "moved"))
	must(t, os.Symlink("elsewhere", "out"))
	if _, err := tree.lock(); err == nil {
		t.Error("the lock is taken elsewhere")
	}
	if _, err := os.Lstat("elsewhere/" + lockName); err == nil {
		t.Error("a lock is made elsewhere")
	}
	must(t, os.WriteFile("elsewhere/"+lockName, nil, 0o666))
	if _, err := tree.lock(); !errors.Is(err, errSymlink) {
		t.Errorf("with a lock elsewhere: %v", err)
	}
	expect(t, "elsewhere", list(t, "elsewhere"), "elsewhere/b.rst: elsewhere/b.rst")
}
