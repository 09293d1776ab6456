package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"windsock/cmd/windsock/internal/pages"
)

// narrow makes a run under --hook look only at what the files that changed bear on.
// It goes over the pages that a run without a PATH reads, less those that it is not
// about: whatever else changed, what is ignored and what is gone is none of them.
func (s *session) narrow(files []string) error {
	if s.mirrored() {
		return errors.New("--hook is for pages that are committed; an output tree is made by the build")
	}
	if s.writeBaseline {
		return errors.New("--hook looks at a part of the pages, and a baseline is about all")
	}
	if i := slices.IndexFunc(files, s.bearsOnAll); i >= 0 {
		s.note("%s changed, which bears on all pages", files[i])
		return nil
	}
	s.changed = make(map[string]bool)
	for _, file := range files {
		s.changed[changedName(file)] = true
	}
	return nil
}

// bearsOnAll reports whether what is said of any page may depend on the file, which
// need not be there any more: it is data, the project file or the baseline.
func (s *session) bearsOnAll(path string) bool {
	for _, source := range s.dataSources() {
		if source.globs.Match(path) {
			return true
		}
	}
	return slices.ContainsFunc([]string{s.project.Path, s.baselinePath()}, func(of string) bool {
		return of != "" && changedName(of) == changedName(path)
	})
}

// passes reports whether a run under --hook is not about a page.
func (s *session) passes(p pages.Page) bool {
	return s.changed != nil && !s.changed[changedName(p.Path)]
}

// changedName returns the name by which files that changed and pages are compared.
func changedName(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// wrote says, under --hook, that a page is another one than what was to be
// committed, so that the hook fails.
func (s *session) wrote(p pages.Page) {
	if s.hook {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.rewritten = true
		fmt.Fprintf(s.stderr, "windsock: wrote %s; add it to the commit\n", pages.Quoted(p.Path))
	}
}
