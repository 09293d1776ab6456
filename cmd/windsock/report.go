package main

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/finding"
	"windsock/grammar"
)

// reported are the findings of a run.
type reported struct {
	pending  []finding.Located        // not printed yet
	inData   map[finding.Located]bool // those about files of data, as the packages reported them
	errors   int                      // how many are errors, printed or not
	warnings int
}

// report adds findings with the severities that they have in this run. Several pages may lead to
// the same finding about a file of data; report adds it once.
func (s *session) report(findings ...finding.Located) {
	for _, f := range findings {
		// A near miss blocks the expansion of its page, even if the baseline has it.
		blocks := f.Rule == finding.NearMiss && !s.checking
		f.Severity, f.Message = s.severity(f.Finding), shortened(f.Message)
		if f.Severity == finding.Off || s.inData[f] || s.known.contains(f) && !blocks {
			continue
		}
		if s.data[f.Path] != nil {
			s.inData[f] = true
			f = inFile(f, s.data[f.Path])
		}
		if s.pending = append(s.pending, f); f.Severity == finding.Error {
			s.errors++
		} else {
			s.warnings++
		}
	}
}

// severity returns the severity of a finding in this run. A command that expands pages makes a
// warning of an error that blocks no expansion, as Sphinx does.
func (s *session) severity(f finding.Finding) finding.Severity {
	rule, severity := directives.FindRule(f.Rule), f.Severity
	fixed := rule == nil || rule.Blocks
	if set, ok := s.project.Rules[f.Rule]; ok && !fixed {
		severity = set
	}
	switch {
	case s.strict && severity == finding.Warning:
		return finding.Error
	case !s.checking && !s.strict && !fixed && severity == finding.Error && f.Rule != finding.Edited && f.Rule != finding.NearMiss:
		return finding.Warning
	}
	return severity
}

// isOff reports whether the project file turns off the rule of a finding.
func (s *session) isOff(f finding.Finding) bool { return s.severity(f) == finding.Off }

// inFile adds the source line and exact position to a finding about a line of a file of data, if
// the finding's words are in that line.
func inFile(f finding.Located, data []byte) finding.Located {
	lines := grammar.NewLines(data)
	if f.Text == "" || f.Line != "" || f.Start.Line > lines.Count() {
		return f
	}
	line := lines.Line(f.Start.Line)
	if i := bytes.Index(line.Of(data), []byte(f.Text)); i >= 0 {
		f.Line, f.LineColumn = string(line.Of(data)), 1
		f.Start = lines.Position(line.Start + i)
		f.End = lines.Position(line.Start + i + len(f.Text))
	}
	return f
}

// maxMessage is the length of the longest message in bytes. A message may quote words of a page,
// which can have any length.
const maxMessage = 600

// shortened returns a message, cut off if it is too long.
func shortened(message string) string {
	if len(message) <= maxMessage {
		return message
	}
	return strings.ToValidUTF8(message[:maxMessage], "") + "…"
}
