package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/fixtures"
)

// TestOwnFaults makes the work on one page fail by a fault of windsock's own, at once and
// while the page waits for the disk: the other pages are done, and the run says which
// was not.
func TestOwnFaults(t *testing.T) {
	t.Chdir(t.TempDir())
	config := filepath.Join(fixtures.Root(), "check", "config.yml")
	for _, name := range []string{"a.rst", "b.rst", "c.rst"} {
		if err := os.WriteFile(name, []byte("Text.\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, waits := range []bool{false, true} {
		var said strings.Builder
		s := &session{env: env{stdout: io.Discard, stderr: &said, getenv: os.Getenv}, settings: settings{config: []string{config}, maxSize: pages.MaxSize}}
		if err := s.open(nil); err != nil {
			t.Fatal(err)
		}
		s.examineAll([]string{"."}, directives.SourcesOnly, func(r *pageResult) {
			fail := func() {
				if r.page.Path == "b.rst" {
					panic("a fault")
				}
			}
			if r.waits = fail; !waits {
				r.waits = nil
				fail()
			}
		})
		if !s.trouble || s.files != 2 || !strings.Contains(said.String(), "b.rst: a fault of windsock's: a fault") {
			t.Errorf("waits %v: trouble is %v, %d pages are done: %s", waits, s.trouble, s.files, said.String())
		}
	}
}
