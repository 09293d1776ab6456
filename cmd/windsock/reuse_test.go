package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/fixtures"
)

// TestListedOnce shows that pages are looked for in what folders held when data was looked
// for: no folder is listed twice.
func TestListedOnce(t *testing.T) {
	for name, run := range map[string]func(*session, *int){
		"pages": func(s *session, seen *int) {
			s.examineAll([]string{"docs"}, s.examiner(directives.SourcesOnly), func(*pageResult) { *seen++ })
		},
		"a tree": func(s *session, seen *int) {
			s.eachTree([]string{"docs"}, func(tree *pages.Tree) error {
				for f, err := range tree.Files() {
					if err != nil {
						return err
					}
					if f.IsPage {
						*seen++
					}
				}
				return nil
			})
		},
	} {
		t.Chdir(t.TempDir())
		writePages(t, "docs/listed.rst")
		if err := os.WriteFile("docs/provider.yaml", []byte("package-name: apache-airflow-providers-x\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		s := openSession(t, settings{providers: []string{"docs/**/provider.yaml"}, out: "out"})
		writePages(t, "docs/new.rst")
		seen := 0
		run(s, &seen)
		if seen != 1 {
			t.Errorf("%s: %d pages of a folder that held one when data was looked for", name, seen)
		}
	}
}

// TestOutputsReuseMemory shows that a page is expanded in the memory that an earlier one
// gave back. All of it is held meanwhile, so that none is given out anew.
func TestOutputsReuseMemory(t *testing.T) {
	t.Chdir(t.TempDir())
	s := openSession(t, settings{})
	x := s.examiner(directives.OutputTree)
	const count = 100 // of which the pool may lose many, as it does under the race detector
	memory := make(map[*byte]bool)
	for i := range count {
		page := fmt.Sprintf("docs/%d.rst", i)
		writePages(t, page)
		r := s.examine(x, pages.NamedPage(page))
		if r.err != nil || r.expansions != 1 {
			t.Fatalf("%d expansions, %v", r.expansions, r.err)
		}
		memory[&r.Output[:1][0]] = true
		s.release(r)
	}
	if len(memory) > count*9/10 {
		t.Errorf("%d pages are expanded in %d pieces of memory", count, len(memory))
	}
}

// writePages writes pages that each hold a directive.
func writePages(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		err := os.MkdirAll(filepath.Dir(name), 0o777)
		if err == nil {
			err = os.WriteFile(name, []byte(".. airflow-config-default:: [core] parallelism\n"), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// openSession opens a session with the data that pages are checked against in tests.
func openSession(t *testing.T, with settings) *session {
	t.Helper()
	with.config = []string{filepath.Join(fixtures.Root(), "check", "config.yml")}
	with.maxSize = pages.MaxSize
	s := &session{env: env{stdout: io.Discard, stderr: io.Discard, getenv: os.Getenv}, settings: with}
	if err := s.open(nil); err != nil {
		t.Fatal(err)
	}
	return s
}
