package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"windsock/cmd/windsock/internal/pages"
)

// limitToChanged makes a run under --hook read only those pages of the project that are among
// the changed files. If data, the project file or the baseline is among them, the run reads all
// pages; the globs for data also match data that was deleted.
func (s *session) limitToChanged(files []string) error {
	if s.hasOutputTree() {
		return errors.New("--hook is for pages that are committed, and an output tree is not; leave out one")
	}
	if s.writeBaseline {
		return errors.New("--write-baseline reads all pages, and --hook only those that changed; leave out one")
	}
	config, providers, _ := s.dataGlobs()
	changed, affectsAll := make(map[string]bool), make(map[string]bool)
	for _, file := range append(slices.Collect(maps.Keys(s.data)), s.project.Path, s.baseline) {
		affectsAll[pages.Real(file)] = true
	}
	for _, file := range files {
		real := pages.Real(file)
		if affectsAll[real] || config.Match(file) || providers.Match(file) {
			s.note("%s changed, which affects all pages", file)
			return nil
		}
		changed[real] = true
	}
	s.changed = changed
	return nil
}

// skips reports whether --hook excludes a page.
func (s *session) skips(p pages.Page) bool {
	return s.changed != nil && !s.changed[pages.Real(p.Path)]
}

// reportRewritten reports, under --hook, a page that differs from what is about to be committed.
// The hook then fails.
func (s *session) reportRewritten(p pages.Page) {
	if s.hook {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.rewritten = true
		fmt.Fprintf(s.stderr, "windsock: wrote %s; add it to the commit\n", pages.Quoted(p.Path))
	}
}
