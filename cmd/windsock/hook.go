package main

import (
	"errors"
	"fmt"
	"maps"
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
		s.changed[pages.Real(file)] = true
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
	known := append(slices.Collect(maps.Keys(s.data)), s.project.Path, s.baselinePath())
	return slices.ContainsFunc(known, func(of string) bool { return of != "" && pages.Real(of) == pages.Real(path) })
}

// passes reports whether a run under --hook is not about a page.
func (s *session) passes(p pages.Page) bool {
	return s.changed != nil && !s.changed[pages.Real(p.Path)]
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
