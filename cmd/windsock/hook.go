package main

import (
	"errors"
	"fmt"

	"windsock/cmd/windsock/internal/pages"
)

// narrow makes a run under --hook look only at what the files that changed bear on.
// It goes over the pages that a run without a PATH reads, less those that it is not
// about: whatever else changed, what is ignored and what is gone is none of them.
func (s *session) narrow(files []string) error {
	if s.mirrored() {
		return errors.New("--hook is for pages that are committed, and an output tree is not; leave out one")
	}
	if s.writeBaseline {
		return errors.New("--write-baseline reads all pages, and --hook only those that changed; leave out one")
	}
	changed, everywhere := make(map[string]bool), s.bearOnAll()
	for _, file := range files {
		real := pages.Real(file)
		if everywhere[real] || s.wasData(file) {
			s.note("%s changed, which bears on all pages", file)
			return nil
		}
		changed[real] = true
	}
	s.changed = changed
	return nil
}

// bearOnAll returns where the files are on which what is said of any page may depend:
// the data, the project file and the baseline.
func (s *session) bearOnAll() map[string]bool {
	files := make(map[string]bool)
	for file := range s.data {
		files[pages.Real(file)] = true
	}
	for _, file := range []string{s.project.Path, s.baseline} {
		if file != "" {
			files[pages.Real(file)] = true
		}
	}
	return files
}

// wasData reports whether a file that may be gone would be one of data.
func (s *session) wasData(file string) bool {
	config, providers, _ := s.dataGlobs()
	return config.Match(file) || providers.Match(file)
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
