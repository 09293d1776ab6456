package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"windsock/cmd/windsock/internal/pages"
)

// narrow makes a run under --hook look only at what the files that changed bear on: at all
// pages if one of them is, or would be, data, the project file or the baseline. It goes over
// the pages that a run without a PATH reads, less those that did not change: whatever else
// changed, what is ignored and what is gone is none of them.
func (s *session) narrow(files []string) error {
	if s.mirrored() {
		return errors.New("--hook is for pages that are committed, and an output tree is not; leave out one")
	}
	if s.writeBaseline {
		return errors.New("--write-baseline reads all pages, and --hook only those that changed; leave out one")
	}
	config, providers, _ := s.dataGlobs()
	changed, bearOnAll := make(map[string]bool), make(map[string]bool)
	for _, file := range append(slices.Collect(maps.Keys(s.data)), s.project.Path, s.baseline) {
		bearOnAll[pages.Real(file)] = true
	}
	for _, file := range files {
		real := pages.Real(file)
		if bearOnAll[real] || config.Match(file) || providers.Match(file) {
			s.note("%s changed, which bears on all pages", file)
			return nil
		}
		changed[real] = true
	}
	s.changed = changed
	return nil
}

// passes reports whether a run under --hook is not about a page.
func (s *session) passes(p pages.Page) bool {
	return s.changed != nil && !s.changed[pages.Real(p.Path)]
}

// wrote says, under --hook, that a page is another one than what was to be committed, so that
// the hook fails.
func (s *session) wrote(p pages.Page) {
	if s.hook {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.rewritten = true
		fmt.Fprintf(s.stderr, "windsock: wrote %s; add it to the commit\n", pages.Quoted(p.Path))
	}
}
