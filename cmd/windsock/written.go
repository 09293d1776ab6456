package main

import (
	"fmt"
	"io"
	"slices"
	"sync"

	"windsock/cmd/windsock/internal/pages"
)

// A record holds the pages that a run wrote in place, for a run that comes to no
// good end. Its methods may be called from several goroutines.
type record struct {
	mu    sync.Mutex
	paths []string
}

// add puts a page on record.
func (r *record) add(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.paths = append(r.paths, path)
}

// tell names the pages on record, if there are any.
func (r *record) tell(w io.Writer) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.paths) == 0 {
		return
	}
	verb := "were"
	if len(r.paths) == 1 {
		verb = "was"
	}
	fmt.Fprintf(w, "windsock: %s %s written, whole, and all others are as they were:\n", plural(len(r.paths), "page"), verb)
	slices.Sort(r.paths)
	for _, path := range r.paths {
		fmt.Fprintf(w, "  %s\n", pages.Quoted(path))
	}
}

// pageWriter returns what writes pages in place, and puts them on record.
func (s *session) pageWriter() *pages.Writer {
	return &pages.Writer{Wrote: func(p pages.Page) { s.writes.add(p.Path) }}
}

// write makes data the content of a page that holds before.
func (s *session) write(w *pages.Writer, r *pageResult, before, data []byte) {
	r.err = w.Write(r.page, before, data)
	r.written = r.err == nil
}
