package main

import (
	"io"
	"slices"

	"windsock/directives/finding"
)

// printFindings writes the findings reported since the last call, sorted and without
// duplicates.
func (s *session) printFindings() {
	if len(s.pending) == 0 {
		return
	}
	slices.SortStableFunc(s.pending, finding.Compare)
	s.pending = slices.CompactFunc(s.pending, func(a, b finding.Located) bool { return finding.Compare(a, b) == 0 })
	s.writer().write(s.pending)
	s.pending = s.pending[:0]
}

// writer returns the writer for the findings of this run. It opens the writer on the first call,
// when the command has decided whether pages go to standard output.
func (s *session) writer() findingWriter {
	if s.opened == nil {
		w := s.findingsTo()
		s.opened = s.findingFormat().open(w, s.ink(w))
	}
	return s.opened
}

// findingsTo returns where findings go: standard output if they are the command's result, or if
// programs read them and no page goes there; else standard error.
func (s *session) findingsTo() io.Writer {
	if s.checking || !s.findingFormat().isText && !s.printsPage {
		return s.stdout
	}
	return s.stderr
}

// ink returns the colours for messages to w.
func (s *session) ink(w io.Writer) ink {
	if out, ok := w.(*errWriter); ok {
		w = out.Writer
	}
	switch {
	case s.color == "always":
		return colours
	case s.color == "never", s.getenv("NO_COLOR") != "", s.getenv("TERM") == "dumb", s.isTerminal == nil, !s.isTerminal(w):
		return ink{}
	}
	return colours
}

// An ink is a set of ANSI escape sequences, one for each part of a message. The zero ink
// prints plain text.
type ink struct {
	place, failure, warning, rule, caret, reset string
}

// colours is the ink for terminals.
var colours = ink{
	place: "\x1b[1m", failure: "\x1b[1;31m", warning: "\x1b[1;33m", rule: "\x1b[2m", caret: "\x1b[1;32m", reset: "\x1b[0m",
}
