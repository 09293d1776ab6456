package main

import (
	"fmt"
	"io"
	"strconv"
	"sync"
	"time"

	"golang.org/x/term"
)

// patience is how long a run may take before it says how far it is, pace how long it
// then stays with what it said.
const (
	patience = time.Second
	pace     = 100 * time.Millisecond
)

// A progress is the line on a terminal that says how many pages a long run has gone
// over. It stands only while nothing else is written. The nil progress is for runs that
// nobody watches.
type progress struct {
	to   io.Writer
	now  func() time.Time
	next time.Time // when to say something again

	mu    sync.Mutex
	shown bool
}

// showProgress gives a session its progress, if people watch it: where messages are text and
// go to a terminal.
func (s *session) showProgress() {
	if !s.findingFormat().people || s.verbose || s.getenv("TERM") == "dumb" || !s.isTerminal(s.stderr) {
		return
	}
	s.progress = &progress{to: s.stderr, now: s.now, next: s.now().Add(patience)}
	s.stdout, s.stderr = cleared{s.stdout, s.progress}, cleared{s.stderr, s.progress}
}

// step says how many pages were gone over, if it is time to.
func (p *progress) step(pages int) {
	if p == nil {
		return
	}
	now := p.now()
	if now.Before(p.next) {
		return
	}
	p.next = now.Add(pace)
	p.mu.Lock()
	defer p.mu.Unlock()
	fmt.Fprintf(p.to, "\r%s pages…", grouped(pages))
	p.shown = true
}

// clear takes the line away.
func (p *progress) clear() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.shown {
		io.WriteString(p.to, "\r\x1b[K")
	}
	p.shown = false
}

// A cleared is a writer that takes the line of a progress away first.
type cleared struct {
	io.Writer
	progress *progress
}

// Write implements [io.Writer].
func (c cleared) Write(p []byte) (int, error) {
	c.progress.clear()
	return c.Writer.Write(p)
}

// grouped writes a number with a comma after each group of three digits.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// isTerminal reports whether what is written goes to a terminal.
func (e env) isTerminal(w io.Writer) bool {
	switch out := w.(type) {
	case *sink:
		return e.isTerminal(out.Writer)
	case cleared:
		return e.isTerminal(out.Writer)
	}
	return e.terminal != nil && e.terminal(w)
}

// isTerminal reports whether a file is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}
