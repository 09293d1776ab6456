package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/expand"
	"windsock/fixtures"
)

// TestOwnFaults makes the work on one page fail by a fault of windsock's own, also
// on the way to an output tree. The other pages are
// done, and the run says which was not.
func TestOwnFaults(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.rst", "b.rst", "c.rst"} {
		if err := os.WriteFile(name, []byte("Text.\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	fail := func(r *pageResult) {
		if r.page.Path == "b.rst" {
			panic("a fault")
		}
	}
	for name, run := range map[string]func(*session){
		"in place":  func(s *session) { s.examineAll([]string{"."}, s.examiner(expand.SourcesOnly), fail) },
		"to a tree": func(s *session) { s.eachTree([]string{"."}, overFaults(s, fail)) },
	} {
		var said strings.Builder
		s := newSession(env{stdout: io.Discard, stderr: &said, getenv: os.Getenv}, settings{
			config: []string{filepath.Join(fixtures.Root(), "check", "config.yml")}, out: "_build/out",
		}, false)
		if err := s.open(nil); err != nil {
			t.Fatal(err)
		}
		run(s)
		if !s.trouble || s.files != 2 || !strings.Contains(said.String(), "b.rst: a bug in windsock: a fault") {
			t.Errorf("%s: trouble is %v, %d pages are done: %s", name, s.trouble, s.files, said.String())
		}
	}
}

// overFaults returns what goes over a tree and does the work on each page of it.
func overFaults(s *session, work func(*pageResult)) func(*pages.Tree) error {
	return func(tree *pages.Tree) error {
		if err := tree.Look(); err != nil {
			return err
		}
		defer tree.Close()
		s.overTree(tree, s.examiner(expand.OutputTree), func(_ *pages.Batch, _ pages.Change, r *pageResult) { work(r) })
		return nil
	}
}
