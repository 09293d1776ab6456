package main

import (
	"io"
	"slices"

	"windsock/directives/finding"
)

// output is where findings go, and how.
type output struct {
	printsPage bool          // whether standard output is for an expanded page
	printer    findingWriter // see writer
	whole      int           // files that were shown as a whole, or were too many to be
}

// printFindings writes the findings that were reported since the last call, sorted and
// each once.
func (s *session) printFindings() {
	if len(s.findings) == 0 {
		return
	}
	slices.SortStableFunc(s.findings, finding.Compare)
	s.findings = slices.CompactFunc(s.findings, func(a, b finding.Located) bool { return finding.Compare(a, b) == 0 })
	s.writer().write(s.findings)
	s.findings = s.findings[:0]
}

// writer returns what writes the findings of this run. It is opened when it is first
// needed, once it is known whether pages go to standard output.
func (s *session) writer() findingWriter {
	if s.printer == nil {
		to := s.findingsTo()
		s.printer = s.findingFormat().open(to, s.ink(to))
	}
	return s.printer
}

// findingsTo returns where findings go: standard output, unless pages or listings
// go there. What people read while pages are expanded is no output either.
func (s *session) findingsTo() io.Writer {
	if s.checking || !s.findingFormat().people && !s.printsPage {
		return s.stdout
	}
	return s.stderr
}

// ink returns the colours for messages to w: none where nobody sees them.
func (s *session) ink(w io.Writer) ink {
	switch {
	case s.color == "always":
		return colours
	case s.color == "never", s.getenv("NO_COLOR") != "", s.getenv("TERM") == "dumb", !s.isTerminal(w):
		return ink{}
	}
	return colours
}

// isTerminal reports whether what is written goes to a terminal.
func (e env) isTerminal(w io.Writer) bool {
	if out, ok := w.(*sink); ok {
		w = out.Writer
	}
	return e.terminal != nil && e.terminal(w)
}

// An ink holds the escape sequences for the parts of a message, all empty for
// none.
type ink struct {
	place, failure, warning, rule, mark, plain string
}

// colours is the ink for terminals.
var colours = ink{
	place: "\x1b[1m", failure: "\x1b[1;31m", warning: "\x1b[1;33m", rule: "\x1b[2m", mark: "\x1b[1;32m", plain: "\x1b[0m",
}
