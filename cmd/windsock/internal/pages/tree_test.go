//go:build unix

package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"windsock/render"
)

// mirror mirrors src in out, as "windsock expand -o" does; pages are expanded by putting
// them in upper case. It returns what was done, sorted, or the errors.
func mirror(t testing.TB, src, out string) string {
	t.Helper()
	tree, err := OpenTree(src, out, nil)
	must(t, err)
	defer tree.Close()
	if err := tree.BeginWriting(); err != nil {
		return err.Error()
	}
	var log []string
	note := func(done bool, what string, err error) {
		if err != nil {
			log = append(log, err.Error())
		} else if done {
			log = append(log, what)
		}
	}
	removed, err := tree.RemoveOrphans()
	note(len(removed) > 0, fmt.Sprint("removed ", removed), err)
	for batch := range tree.Batches(func(err error) { note(false, "", err) }) {
		for _, file := range batch.Files {
			change, err := plan(batch, file)
			if err == nil {
				err = batch.Apply(change)
			}
			note(change.Action == Write, "wrote "+tree.Path(file.Rel), err)
			change.Close()
		}
		batch.Close()
	}
	note(false, "", tree.Finish())
	slices.Sort(log)
	return strings.Join(log, "\n")
}

// plan plans one file.
func plan(batch *Batch, file File) (Change, error) {
	if !file.IsPage {
		return batch.PlanCopy(file)
	}
	data, mode, err := Read(file.Path, MaxSize)
	if err != nil {
		return Change{}, err
	}
	return batch.PlanPage(file, bytes.ToUpper(data), mode, render.LineMap{})
}

// planPage plans the file b/a.rst.
func planPage(tree *Tree, text string) (Change, error) {
	batch := &Batch{tree: tree, name: "b"}
	defer batch.Close()
	return batch.PlanPage(File{Page: Page{Rel: "b/a.rst"}}, []byte(text), 0o644, render.LineMap{})
}

// look opens the tree that mirrors docs in out, for a run that writes nothing.
func look(t testing.TB) *Tree {
	t.Helper()
	tree, err := OpenTree("docs", "out", nil)
	must(t, errors.Join(err, tree.Look()))
	t.Cleanup(tree.Close)
	return tree
}

// temporary is the name of a temporary file.
const temporary = ".windsock-ABCDEFGHIJKLMNOPQRSTUVWXYZ.tmp"

// For each thing that is known of a file of an output tree there is one action: nothing is
// overwritten or removed that windsock did not write, nor removed while there is a source.
func TestDecide(t *testing.T) {
	type actions = [4]Action // with a source for what others and windsock wrote, without one for these
	for found, want := range map[Found]actions{
		Nothing:   {Write, Write, Keep, Keep},
		Same:      {Keep, Keep, Keep, Remove},
		OtherMode: {Keep, Write, Keep, Remove},
		Different: {Refuse, Write, Keep, Remove},
		InTheWay:  {Refuse, Refuse, Keep, Keep},
	} {
		got := actions{Decide(true, found, false), Decide(true, found, true), Decide(false, found, false), Decide(false, found, true)}
		if got != want {
			t.Errorf("found %d: %v, want %v", found, got, want)
		}
	}
}

// The next run into a tree removes what a killed one left there, and finishes its work.
func TestKilledInTree(t *testing.T) {
	plant(t, "src/b/a.rst", "src/x")
	mirror(t, "src", "out")
	for path, text := range map[string]string{"b/a.rst": "of older data", "b/" + temporary: "", ManifestName: read(t, "out/"+ManifestName) + "b/a.rst\n"} {
		must(t, os.WriteFile("out/"+path, []byte(text), 0o666))
	}
	must(t, os.Remove("out/x"))
	expect(t, "the next run", mirror(t, "src", "out"), "wrote out/b/a.rst", "wrote out/x")
	leavesNothing(t, "out/b")
}

// A file of an output tree that somebody else wrote is left alone.
func TestRefuse(t *testing.T) {
	plant(t, "src/a.rst", "src/gone.rst")
	mirror(t, "src", "out")
	must(t, errors.Join(os.Rename("src/gone.rst", "src/new.rst"), os.WriteFile("out/new.rst", []byte("theirs"), 0o666)))
	expect(t, "the next run", mirror(t, "src", "out"),
		"cannot write out/new.rst: windsock did not write it; remove it or name another output folder", "removed [gone.rst]")
	expect(t, "the file", read(t, "out/new.rst"), "theirs")
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
	if err == nil || err.Error() != "cannot write docs/b/1.rst: "+errNotFolder.Error() {
		t.Errorf("got %v", err)
	}
	expect(t, "outside", snapshot(t, "outside"), "outside d---------", "outside/1.rst: outside/1.rst")
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
	before := snapshot(t, "docs/outside", "out/outside")
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
	expect(t, "what lies outside", snapshot(t, "docs/outside", "out/outside"), before)
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

// What is compared and shown is what OUT was when it was opened, whatever takes its place.
func TestOutSwappedWhileComparing(t *testing.T) {
	plant(t, "docs/b/a.rst", "elsewhere/b/a.rst")
	mirror(t, "docs", "out")
	tree := look(t)
	must(t, errors.Join(os.Rename("out", "was"), os.Symlink("elsewhere", "out")))
	if c, err := planPage(tree, "DOCS/B/A.RST"); c.Action != Keep || err != nil {
		t.Errorf("got %v, %v", c, err)
	}
	data, err := tree.Read("b/a.rst", MaxSize)
	if err != nil || string(data) != "DOCS/B/A.RST" {
		t.Errorf("got %q, %v", data, err)
	}
}

// A file of OUT is shown only if it is one, of no more than the limit.
func TestReadOut(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b/c.rst")
	mirror(t, "docs", "out")
	must(t, errors.Join(os.Symlink("a.rst", "out/link.rst"), os.Symlink("b", "out/linked"), os.WriteFile("out/mine", nil, 0o666)))
	tree := look(t)
	for rel, want := range map[string]error{
		"a.rst": nil, "b/c.rst": TooLarge{10}, "link.rst": errSymlink, "b": errNotFile, "no.rst": fs.ErrNotExist, "no/a.rst": fs.ErrNotExist,
		"mine/x": errNotFolder, "linked/c.rst": errNotFolder,
	} {
		if _, err := tree.Read(rel, 10); !errors.Is(err, want) && err != want {
			t.Errorf("%s: %v, want %v", rel, err, want)
		}
	}
}
