package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"windsock/fixtures"
)

// A scratch is a project whose pages and data change at random.
type scratch struct {
	t      *testing.T
	random *rand.Rand
	bin    string
	next   int // the number of the next page
}

// newScratch makes a project in a folder of the test's own, and goes there.
func newScratch(t *testing.T) *scratch {
	t.Helper()
	t.Chdir(t.TempDir())
	s := &scratch{t: t, random: rand.New(rand.NewPCG(fixtures.Random(t), 0)), bin: windsock(t)}
	s.write("windsock.yaml", "config: [config.yml]\n")
	s.write("docs/conf.py", "project = \"x\"\n")
	for range 20 {
		s.change()
	}
	s.setDefault()
	s.write("out/.windsock-manifest", "# Written by windsock, which overwrites and removes these files only. 1\n")
	s.write("out/_api/theirs.rst", "Sphinx wrote this.\n")
	return s
}

// write writes a file.
func (s *scratch) write(path, text string) {
	s.t.Helper()
	writeFiles(s.t, map[string]string{path: text})
}

// setDefault gives the option that pages show another default.
func (s *scratch) setDefault() {
	s.write("config.yml", fmt.Sprintf("core:\n  description: ~\n  options:\n    parallelism: {description: How many., type: integer, default: \"%d\", version_added: ~, example: ~}\n", s.random.IntN(1000)))
}

// change changes something: a page is written, edited or removed, or a folder of
// them, or a mode, or the data.
func (s *scratch) change() {
	pages, err := filepath.Glob("docs/*/*.rst")
	must(s.t, err)
	kind := s.random.IntN(8)
	if kind < 3 || len(pages) < 5 {
		s.next++
		s.write(fmt.Sprintf("docs/f%d/p%d.rst", s.random.IntN(5), s.next), s.page())
		return
	}
	page := pages[s.random.IntN(len(pages))]
	switch kind {
	case 3, 4:
		s.write(page, s.page())
	case 5:
		err = os.Remove(page)
	case 6:
		s.setDefault()
	case 7:
		if err = os.Chmod(page, 0o600|fs.FileMode(s.random.IntN(0o100))); s.random.IntN(4) == 0 {
			err = os.RemoveAll(filepath.Dir(page))
		}
	}
	must(s.t, err)
}

// page returns the text of a page, which shows the option or does not, or one that does
// not exist, below some lines or others.
func (s *scratch) page() string {
	text := strings.Repeat("Text.\n\n", s.random.IntN(5))
	if s.random.IntN(8) == 0 {
		text += "Set ``[core] paralelism``.\n\n"
	}
	if s.random.IntN(3) > 0 {
		text += ".. airflow-config-default:: [core] *\n\n"
	}
	return text + fmt.Sprintf("%d\n", s.random.IntN(100))
}

// expand returns the command that expands the pages.
func (s *scratch) expand() *exec.Cmd {
	return exec.Command(s.bin, "expand", "-v", "docs", "-o", "out")
}

// right expects a further run to leave out as a new tree is, with its manifest and
// with what is not windsock's, and to tell the same of the pages. The run after it has
// nothing to do but to look, which it need not do again.
func (s *scratch) right() {
	s.t.Helper()
	said := expandInto(s.t, "out")
	if want := expandInto(s.t, "fresh"); said != want {
		s.t.Fatalf("it said\n%s\nwant\n%s", said, want)
	}
	defer expandInto(s.t, "out")
	got, want := treeText(s.t, "out"), treeText(s.t, "fresh")
	must(s.t, os.RemoveAll("fresh"))
	if theirs := "out/_api/theirs.rst -rw-r--r-- \"Sphinx wrote this.\\n\"\n"; !strings.Contains(got, theirs) {
		s.t.Fatal("what was not windsock's is gone")
	} else if got = strings.ReplaceAll(strings.Replace(got, theirs, "", 1), "out/", "fresh/"); got != want {
		s.t.Fatalf("the tree is\n%s\nwant\n%s", got, want)
	}
}

// expandInto expands the pages into a tree, in this process, and returns what that says
// of them.
func expandInto(t *testing.T, out string) string {
	t.Helper()
	e := env{stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, getenv: os.Getenv}
	if status := e.run([]string{"expand", "-q", "docs", "-o", out}); status != statusOK {
		t.Fatalf("status %d: %s", status, e.stderr)
	}
	return e.stderr.(*bytes.Buffer).String()
}

// treeText writes a folder as text: each file with its mode and content.
func treeText(t *testing.T, folder string) string {
	t.Helper()
	var text strings.Builder
	eachFile(t, folder, func(path string, info fs.FileInfo) {
		data := fileText(t, path)
		fmt.Fprintf(&text, "%s %v %q\n", path, info.Mode(), data)
	})
	return text.String()
}

// TestKilled kills runs into one tree, each at a random point, while pages come,
// change and go and the data moves. The run after each makes the tree what a new one
// is, its map of lines included.
func TestKilled(t *testing.T) {
	s := newScratch(t)
	for range fixtures.Rounds(8, 200) {
		for range 1 + s.random.IntN(4) {
			s.change()
		}
		s.kill()
		s.right()
	}
}

// kill starts a run and kills it once it has said some of what it says.
func (s *scratch) kill() {
	s.t.Helper()
	cmd := s.expand()
	said, err := cmd.StderrPipe()
	must(s.t, err)
	must(s.t, cmd.Start())
	lines := bufio.NewScanner(said)
	for range s.random.IntN(30) {
		if !lines.Scan() {
			break
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
}

// TestRunsAtOnce has several runs write into one tree, and in every other round
// changes pages and data meanwhile: the run after them makes the tree what a new one
// is.
func TestRunsAtOnce(t *testing.T) {
	s := newScratch(t)
	for round := range fixtures.Rounds(4, 40) {
		var runs []*exec.Cmd
		s.change()
		for range 3 {
			if round%2 == 0 {
				s.change()
			}
			cmd := s.expand()
			must(t, cmd.Start())
			runs = append(runs, cmd)
		}
		for _, cmd := range runs {
			if err := cmd.Wait(); err != nil && round%2 == 1 {
				t.Errorf("a run failed: %v", err)
			}
		}
		s.right()
	}
}
