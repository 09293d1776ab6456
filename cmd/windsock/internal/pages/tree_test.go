package pages

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// mirror mirrors src in out, as "windsock expand -o" does, several files at a
// time; pages are expanded by putting them in upper case. It returns what was
// done, sorted, or the errors.
func mirror(t testing.TB, src, out string) string {
	t.Helper()
	tree, err := OpenTree(src, out, nil)
	if err != nil {
		return err.Error()
	}
	if err := tree.Claim(); err != nil {
		return err.Error()
	}
	var log []string
	var mu sync.Mutex
	note := func(done bool, what string, err error) {
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			log = append(log, err.Error())
		} else if done {
			log = append(log, what)
		}
	}
	removed, err := tree.RemoveOrphans()
	for _, rel := range removed {
		note(true, "removed "+tree.Path(rel), nil)
	}
	note(false, "", err)
	var workers sync.WaitGroup
	for file, err := range tree.Files() {
		if err != nil {
			note(false, "", err)
			continue
		}
		workers.Go(func() {
			change, err := plan(tree, file)
			if err == nil {
				err = tree.Apply(change)
			}
			note(change.Action == Write, "wrote "+tree.Path(file.Rel), err)
		})
	}
	workers.Wait()
	note(false, "", tree.Finish())
	slices.Sort(log)
	return strings.Join(log, "\n")
}

// plan plans one file. A page that holds "bad" cannot be expanded.
func plan(tree *Tree, file File) (Change, error) {
	if !file.IsPage {
		return tree.PlanCopy(file)
	}
	data, mode, err := Read(file.Path, nil, MaxSize)
	if err != nil || strings.Contains(string(data), "bad") {
		return Change{}, err
	}
	return tree.PlanPage(file, Content{Data: bytes.ToUpper(data), Mode: mode})
}

// compare returns what a run would do with the files of out, as "windsock verify -o" finds
// it, less those that stay.
func compare(t testing.TB, src, out string) string {
	t.Helper()
	tree, err := OpenTree(src, out, nil)
	must(t, err)
	must(t, tree.Look())
	defer tree.Close()
	var log []string
	note := func(c Change) {
		if c.Action != Keep {
			log = append(log, fmt.Sprint(c.Action, " ", c.Rel))
		}
	}
	for file, err := range tree.Files() {
		must(t, err)
		change, err := plan(tree, file)
		must(t, err)
		note(change)
	}
	for _, c := range tree.PlanOrphans() {
		note(c)
	}
	slices.Sort(log)
	return strings.Join(log, "\n")
}

// temporary is the name of a temporary file.
const temporary = ".windsock-ABCDEFGHIJKLMNOPQRSTUVWXYZ.tmp"

// list returns what is in a folder: files with their content, symlinks with
// their targets.
func list(t testing.TB, folder string) string {
	t.Helper()
	var lines []string
	must(t, fs.WalkDir(os.DirFS("."), folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() || isReserved(d.Name()):
		case d.Type() == fs.ModeSymlink:
			target, err := os.Readlink(path)
			lines = append(lines, path+" -> "+target)
			return err
		default:
			lines = append(lines, path+": "+read(t, path))
		}
		return err
	}))
	return strings.Join(lines, "\n")
}

// expect fails unless got consists of the lines of want.
func expect(t testing.TB, what, got string, want ...string) {
	t.Helper()
	if got != strings.Join(want, "\n") {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", what, got, strings.Join(want, "\n"))
	}
}

// A tree is mirrored whole: pages expanded, other files as they are, less the
// folders that walks pass over. Twice is once.
func TestMirror(t *testing.T) {
	plant(t, "docs/a.rst", "docs/conf.py", "docs/i/logo.png", "docs/i/b.rst", "docs/_build/x.html", "docs/.htaccess",
		"docs/"+temporary)
	expect(t, "first", mirror(t, "docs", "out"),
		"wrote out/.htaccess", "wrote out/a.rst", "wrote out/conf.py", "wrote out/i/b.rst", "wrote out/i/logo.png")
	expect(t, "the tree", list(t, "out"),
		"out/.htaccess: docs/.htaccess", "out/a.rst: DOCS/A.RST", "out/conf.py: docs/conf.py", "out/i/b.rst: DOCS/I/B.RST",
		"out/i/logo.png: docs/i/logo.png")
	expect(t, "compared", compare(t, "docs", "out"))
	expect(t, "second", mirror(t, "docs", "out"))
	must(t, os.WriteFile("docs/i/b.rst", []byte("new"), 0o666))
	expect(t, "compared with a change", compare(t, "docs", "out"), "write i/b.rst")
	expect(t, "third", mirror(t, "docs", "out"), "wrote out/i/b.rst")
}

// A file that is right already keeps its time, so that Sphinx passes over it;
// the manifest too.
func TestUnchangedKeepTheirTime(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.png")
	mirror(t, "docs", "out")
	long := time.Unix(1_000_000_000, 0)
	files := []string{"out/a.rst", "out/b.png", "out/" + ManifestName}
	for _, path := range files {
		must(t, os.Chtimes(path, long, long))
	}
	mirror(t, "docs", "out")
	compare(t, "docs", "out")
	for _, path := range files {
		info, err := os.Stat(path)
		must(t, err)
		if !info.ModTime().Equal(long) {
			t.Errorf("%s was touched", path)
		}
	}
}

// Modes survive, of files that were written and of files that only changed theirs.
func TestMirrorModes(t *testing.T) {
	plant(t, "docs/a.rst", "docs/run.sh")
	for _, mode := range []fs.FileMode{0o755, 0o444, 0o600} {
		must(t, os.Chmod("docs/a.rst", mode))
		must(t, os.Chmod("docs/run.sh", mode))
		mirror(t, "docs", "out")
		for _, path := range []string{"out/a.rst", "out/run.sh"} {
			info, err := os.Stat(path)
			must(t, err)
			if other := compare(t, "docs", "out"); other != "" {
				t.Errorf("with mode %v there is: %s", mode, other)
			}
			if info.Mode() != mode {
				t.Errorf("%s has mode %v, want %v", path, info.Mode(), mode)
			}
		}
	}
}

// To be executable or not is part of what a file of OUT should be.
func TestCompareModes(t *testing.T) {
	plant(t, "docs/a.rst", "docs/run.sh")
	mirror(t, "docs", "out")
	must(t, os.Chmod("out/a.rst", 0o755))
	must(t, os.Chmod("docs/run.sh", 0o755))
	expect(t, "compared", compare(t, "docs", "out"), "write a.rst", "write run.sh")
	mirror(t, "docs", "out")
	expect(t, "after a run", compare(t, "docs", "out"))
}

// What has no source any more is removed, with the folders that this empties;
// what windsock did not write stays, wherever it lies.
func TestOrphans(t *testing.T) {
	plant(t, "docs/a.rst", "docs/old/b.rst", "docs/old/deep/c.png", "docs/both/d.rst")
	mirror(t, "docs", "out")
	must(t, os.WriteFile("out/both/mine.txt", []byte("mine"), 0o666))
	must(t, os.WriteFile("out/theirs.rst", []byte("theirs"), 0o666))
	must(t, os.RemoveAll("docs/old"))
	must(t, os.RemoveAll("docs/both"))
	expect(t, "compared", compare(t, "docs", "out"), "remove both/d.rst", "remove old/b.rst", "remove old/deep/c.png")
	expect(t, "mirrored", mirror(t, "docs", "out"),
		"removed out/both/d.rst", "removed out/old/b.rst", "removed out/old/deep/c.png")
	expect(t, "the tree", list(t, "out"), "out/a.rst: DOCS/A.RST", "out/both/mine.txt: mine", "out/theirs.rst: theirs")
	if IsFolder("out/old") {
		t.Error("out/old is empty and still there")
	}
	expect(t, "again", mirror(t, "docs", "out"))
}

// A folder that is not empty and not made by windsock is refused, and left alone. One
// that a killed run made, with a manifest and nothing else, is not.
func TestForeignFolder(t *testing.T) {
	plant(t, "docs/a.rst", "out/theirs.txt", "killed/.windsock-manifest", "killed/"+temporary)
	must(t, os.Mkdir("empty", 0o777))
	for range 2 {
		expect(t, "mirrored", mirror(t, "docs", "out"),
			"cannot write to out: it is not empty, and windsock did not make it; name a folder that is new or empty")
		expect(t, "the tree", list(t, "out"), "out/theirs.txt: out/theirs.txt")
	}
	expect(t, "into an empty folder", mirror(t, "docs", "empty"), "wrote empty/a.rst")
	must(t, os.Truncate("killed/.windsock-manifest", 0))
	expect(t, "after a killed run", mirror(t, "docs", "killed"), "wrote killed/a.rst")
}

// What others put into an output tree is neither removed nor overwritten.
func TestForeignFiles(t *testing.T) {
	plant(t, "docs/0.rst")
	mirror(t, "docs", "out")
	must(t, os.Remove("docs/0.rst"))
	for _, path := range []string{"docs/a.rst", "docs/b.rst", "docs/c.txt", "out/a.rst", "out/z.rst"} {
		must(t, os.WriteFile(path, []byte(path), 0o666))
	}
	must(t, os.WriteFile("out/c.txt", []byte("docs/c.txt"), 0o666))
	must(t, os.Symlink("nowhere", "docs/l"))
	must(t, os.Symlink("mine", "out/l"))
	const refusal = ": windsock did not write it; remove it or name another output folder"
	refused := []string{"cannot write out/a.rst" + refusal, "cannot write out/l" + refusal}
	expect(t, "mirrored", mirror(t, "docs", "out"), append(refused, "removed out/0.rst", "wrote out/b.rst")...)
	expect(t, "again", mirror(t, "docs", "out"), refused...)
	for _, path := range []string{"docs/a.rst", "docs/c.txt", "docs/l"} {
		must(t, os.Remove(path))
	}
	expect(t, "without sources", mirror(t, "docs", "out"))
	expect(t, "the tree", list(t, "out"),
		"out/a.rst: out/a.rst", "out/b.rst: DOCS/B.RST", "out/c.txt: docs/c.txt", "out/l -> mine",
		"out/z.rst: out/z.rst")
}

// The only folder in a folder makes way for a file of its name, and the one above stays
// for that file.
func TestOnlyFolderBecomesFile(t *testing.T) {
	plant(t, "src/d/x/y/a.rst")
	mirror(t, "src", "out")
	must(t, os.RemoveAll("src/d"))
	must(t, os.Mkdir("src/d", 0o777))
	must(t, os.WriteFile("src/d/x", []byte("new"), 0o666))
	expect(t, "the second run", mirror(t, "src", "out"), "removed out/d/x/y/a.rst", "wrote out/d/x")
	expect(t, "the third run", mirror(t, "src", "out"))
	expect(t, "what is there", list(t, "out"), "out/d/x: new")
}

// A page that cannot be expanded now keeps its last expansion.
func TestKeep(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.rst")
	mirror(t, "docs", "out")
	must(t, os.WriteFile("docs/a.rst", []byte("bad"), 0o666))
	for range 2 {
		expect(t, "mirrored", mirror(t, "docs", "out"))
		expect(t, "the tree", list(t, "out"), "out/a.rst: DOCS/A.RST", "out/b.rst: DOCS/B.RST")
	}
}

// Nothing is written through a symlink in OUT, be it the file, a folder on the
// way, or OUT itself.
func TestNothingThroughSymlinks(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b/c.rst", "docs/d/e/f.rst", "elsewhere/a.rst", "elsewhere/c.rst",
		"out/a.rst -> ../elsewhere/a.rst", "out/b -> ../elsewhere", "out/d/e -> ../../elsewhere", "link -> elsewhere",
		"locked/.windsock-lock -> ../elsewhere/new", "recorded/.windsock-manifest -> ../elsewhere/new")
	must(t, os.WriteFile("out/"+ManifestName, nil, 0o666))
	expect(t, "mirrored", mirror(t, "docs", "out"),
		"cannot write out/a.rst: it is a symlink, and windsock writes through none; name what it points to",
		"cannot write out/b/c.rst: a folder of its path is a file or a symlink that windsock did not write",
		"cannot write out/d/e/f.rst: a folder of its path is a file or a symlink that windsock did not write")
	expect(t, "into a link", mirror(t, "docs", "link"), "cannot write to link: it is a file or a symlink; name a folder")
	const through = ": it is a symlink, and windsock writes through none; name what it points to"
	expect(t, "with a lock that is a link", mirror(t, "docs", "locked"), "cannot write to locked"+through)
	expect(t, "with a manifest that is a link", mirror(t, "docs", "recorded"), "cannot read recorded/.windsock-manifest"+through)
	expect(t, "elsewhere", list(t, "elsewhere"), "elsewhere/a.rst: elsewhere/a.rst", "elsewhere/c.rst: elsewhere/c.rst")
}

// A manifest that somebody tampered with leads to nothing outside OUT.
func TestManifestLeadsNowhere(t *testing.T) {
	plant(t, "docs/a.rst", "precious.rst", "elsewhere/b.rst", "out/link -> ../elsewhere", "out/x.rst")
	must(t, os.WriteFile("out/"+ManifestName, []byte(manifestHead+"../precious.rst\nlink/b.rst\n/etc/passwd\n.\n\n\"\\xff\nx.rst"), 0o666))
	expect(t, "mirrored", mirror(t, "docs", "out"), "wrote out/a.rst")
	expect(t, "outside", list(t, "elsewhere")+"\n"+read(t, "precious.rst"), "elsewhere/b.rst: elsewhere/b.rst", "precious.rst")
	expect(t, "a torn line", read(t, "out/x.rst"), "out/x.rst")
}

// A file that only has a manifest's name is none: nothing is overwritten or removed since
// it says so. What a killed run wrote of a first line is a new manifest's.
func TestNoManifest(t *testing.T) {
	for text, want := range map[string]string{
		"mine.rst\n": errForeign.Error(),
		"\x00":       errForeign.Error(),
		"\n":         errForeign.Error(),
		strings.Replace(manifestHead, "1\n", "2\n", 1): errVersion.Error(),
		strings.Replace(manifestHead, " 1\n", "\n", 1): errVersion.Error(),
		"":                                 "wrote out/a.rst",
		manifestHead[:9]:                   "wrote out/a.rst",
		manifestHead[:len(manifestHead)-1]: "wrote out/a.rst",
		manifestHead:                       "wrote out/a.rst",
	} {
		plant(t, "docs/a.rst", "out/mine.rst")
		must(t, os.WriteFile("out/"+ManifestName, []byte(text), 0o666))
		if got := mirror(t, "docs", "out"); !strings.HasSuffix(got, want) {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if want == "wrote out/a.rst" {
			expect(t, "the next run", mirror(t, "docs", "out"))
			expect(t, "compared", compare(t, "docs", "out"))
		}
		expect(t, "what is mine", read(t, "out/mine.rst"), "out/mine.rst")
	}
}

// A run that is killed once it went on with an unfinished first line leaves a manifest.
func TestUnfinishedManifest(t *testing.T) {
	plant(t, "docs/a.rst", "out/"+ManifestName)
	must(t, os.WriteFile("out/"+ManifestName, []byte(manifestHead[:9]), 0o666))
	tree, err := OpenTree("docs", "out", nil)
	must(t, err)
	must(t, tree.Claim())
	tree.Close()
	expect(t, "the next run", mirror(t, "docs", "out"), "wrote out/a.rst")
}

// A file of any size is no reason to ask for as much memory.
func TestGiantManifest(t *testing.T) {
	for text, want := range map[string]error{"": errForeign, manifestHead: TooLarge{mostManifest}} {
		plant(t, "docs/a.rst", "out/"+ManifestName)
		must(t, os.WriteFile("out/"+ManifestName, []byte(text), 0o666))
		must(t, os.Truncate("out/"+ManifestName, 1<<40))
		expect(t, "mirrored", mirror(t, "docs", "out"), "cannot read out/.windsock-manifest: "+want.Error())
	}
}

// OUT may not be SRC, hold it, or lie in it where a walk would find it; where walks do
// not come it may.
func TestTreesWithinEachOther(t *testing.T) {
	plant(t, "docs/a.rst", "docs/sub/b.rst", "other -> docs")
	for range 2 {
		for _, out := range []string{"docs", ".", "docs/sub/..", "other"} {
			if got := mirror(t, "docs", out); !strings.HasPrefix(got, "cannot write to "+Name(out)+": it holds docs,") {
				t.Errorf("%s: got %s", out, got)
			}
		}
		for _, out := range []string{"docs/out", "docs/sub/out", "other/out"} {
			if got := mirror(t, "docs", out); !strings.HasPrefix(got, "cannot write to "+out+": it lies in docs, where its pages would be read as sources too;") {
				t.Errorf("%s: got %s", out, got)
			}
		}
	}
	expect(t, "passed over", mirror(t, "docs", "docs/_build/out"), "wrote docs/_build/out/a.rst", "wrote docs/_build/out/sub/b.rst")
	expect(t, "hidden", mirror(t, "docs", "docs/sub/.out"), "wrote docs/sub/.out/a.rst", "wrote docs/sub/.out/sub/b.rst")
	expect(t, "again", mirror(t, "docs", "docs/_build/out"))
	if got := mirror(t, "docs/a.rst", "out"); !strings.HasPrefix(got, "cannot mirror docs/a.rst: it is a file") {
		t.Errorf("got %s", got)
	}
}

// A symlink to a file is mirrored as the file; any other as a symlink to the same
// place in OUT. Where SRC changes its mind, OUT follows.
func TestMirrorSymlinks(t *testing.T) {
	plant(t, "docs/a.rst -> part/README.rst", "docs/part/README.rst", "docs/static -> part", "docs/sub/up -> ../img",
		"docs/img/i.png", "docs/gone.txt -> nowhere", "docs/sub/far -> ../../docs/part")
	wd, err := os.Getwd()
	must(t, err)
	must(t, os.Symlink(wd+"/docs/img", "docs/sub/whole"))
	mirror(t, "docs", "build/out")
	expect(t, "the tree", list(t, "build"),
		"build/out/a.rst: DOCS/PART/README.RST", "build/out/gone.txt -> nowhere", "build/out/img/i.png: docs/img/i.png",
		"build/out/part/README.rst: DOCS/PART/README.RST",
		"build/out/static -> part", "build/out/sub/far -> ../part", "build/out/sub/up -> ../img", "build/out/sub/whole -> ../img")
	expect(t, "compared", compare(t, "docs", "build/out"))
	expect(t, "again", mirror(t, "docs", "build/out"))
	must(t, os.Remove("docs/static"))
	must(t, os.Remove("docs/sub/up"))
	must(t, os.Mkdir("docs/static", 0o777))
	must(t, os.WriteFile("docs/static/x.css", []byte("x"), 0o666))
	must(t, os.Symlink("..", "docs/sub/up"))
	expect(t, "compared with changes", compare(t, "docs", "build/out"), "remove static", "write static/x.css", "write sub/up")
	expect(t, "with changes", mirror(t, "docs", "build/out"), "removed build/out/static", "wrote build/out/static/x.css", "wrote build/out/sub/up")
	expect(t, "the source", read(t, "docs/part/README.rst"), "docs/part/README.rst")
}

// A symlink that leads out of SRC is neither followed nor mirrored: it could publish
// any file. What an earlier run made of it stays.
func TestSymlinksOutOfSource(t *testing.T) {
	plant(t, "docs/a.rst", "docs/b.rst", "secret.rst", "secrets/x.rst")
	mirror(t, "docs", "out")
	must(t, os.Remove("docs/b.rst"))
	for name, to := range map[string]string{"b.rst": "../secret.rst", "c.txt": "/etc/passwd", "d": "../secrets", "e": "b.rst", "f": "../nowhere", "h": "h"} {
		must(t, os.Symlink(to, "docs/"+name))
	}
	var want []string
	for _, name := range []string{"b.rst", "c.txt", "d", "e", "f"} {
		want = append(want, "cannot mirror docs/"+name+": it is a symlink that leads out of docs; put a copy in its place")
	}
	expect(t, "mirrored", mirror(t, "docs", "out"), append(want, "wrote out/h")...)
	expect(t, "the tree", list(t, "out"), "out/a.rst: DOCS/A.RST", "out/b.rst: DOCS/B.RST", "out/h -> h")
}

// Files that differ past the first chunk, or in length alone, differ.
func TestCompareContent(t *testing.T) {
	plant(t, "docs/a.txt")
	long := strings.Repeat("x", 100_000)
	for _, other := range []string{long[:99_999] + "y", long + "x", long[1:], ""} {
		must(t, os.WriteFile("docs/a.txt", []byte(long), 0o666))
		mirror(t, "docs", "out")
		must(t, os.WriteFile("docs/a.txt", []byte(other), 0o666))
		expect(t, fmt.Sprintf("%d bytes", len(other)), compare(t, "docs", "out"), "write a.txt")
	}
}
