package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/directives/expand"
	"windsock/fixtures"
)

// TestOwnFaults makes the work on one page fail by a fault of windsock's own. The other pages
// are done, and the run says which was not.
func TestOwnFaults(t *testing.T) {
	t.Chdir(t.TempDir())
	writeFiles(t, map[string]string{"a.rst": "Text.\n", "b.rst": "Text.\n", "c.rst": "Text.\n"})
	fail := func(r *pageResult) {
		if r.page.Path == "b.rst" {
			panic("a fault")
		}
	}
	var said strings.Builder
	s := newSession(env{stdout: io.Discard, stderr: &said, getenv: os.Getenv}, settings{
		config: []string{filepath.Join(fixtures.Root(), "check", "config.yml")},
	}, false)
	must(t, s.open(nil))
	s.examineAll([]string{"."}, s.examiner(expand.SourcesOnly), fail)
	if !s.trouble || s.files != 2 || !strings.Contains(said.String(), "b.rst: a bug in windsock: a fault") {
		t.Errorf("trouble is %v, %d pages are done: %s", s.trouble, s.files, said.String())
	}
}
