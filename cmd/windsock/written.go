package main

import (
	"fmt"
	"slices"

	"windsock/cmd/windsock/internal/pages"
)

// write replaces the content of a page, which must still be before, with data.
func (s *session) write(r *pageResult, before, data []byte) {
	r.err = s.pageWriter.Write(r.page, before, data)
	r.written = r.err == nil
}

// recordWrite records a page written in place, for [session.listWritten].
func (s *session) recordWrite(p pages.Page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.writtenPaths = append(s.writtenPaths, p.Path)
}

// listWritten lists the pages written in place by a run that fails or is interrupted. The caller
// holds s.mu, or no worker is running.
func (s *session) listWritten() {
	if len(s.writtenPaths) == 0 {
		return
	}
	fmt.Fprintf(s.stderr, "windsock: wrote %s completely; all others are unchanged:\n", plural(len(s.writtenPaths), "page"))
	for _, path := range slices.Sorted(slices.Values(s.writtenPaths)) {
		fmt.Fprintf(s.stderr, "  %s\n", pages.Quoted(path))
	}
}
