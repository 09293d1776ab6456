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
	findings []finding.Located // that are not written yet
	errors   int               // findings that are errors, written or not
	warnings int
	inData   map[finding.Located]bool  // the findings in files of data, which any page may bring up again
	lines    map[string]*grammar.Lines // of the files of data that had findings
}

// report keeps findings, with the severity that the project file and --strict
// give them.
func (s *session) report(findings ...finding.Located) {
	for _, f := range findings {
		if f.Severity = s.severity(f); f.Severity == finding.Off {
			continue
		}
		f.Message = shortened(f.Message)
		if s.reportedInData(f) || s.isKnown(f) {
			continue
		}
		if f.Severity == finding.Error {
			s.errors++
		} else {
			s.warnings++
		}
		s.findings = append(s.findings, s.located(f))
	}
}

// reportedInData reports whether a finding in a file of data was reported before,
// and remembers it.
func (s *session) reportedInData(f finding.Located) bool {
	if s.data[f.Path] == nil {
		return false
	}
	before := s.inData[f]
	if s.inData == nil {
		s.inData = make(map[finding.Located]bool)
	}
	s.inData[f] = true
	return before
}

// located returns a finding in a file of data with its source line and the words
// to mark, if they stand there.
func (s *session) located(f finding.Located) finding.Located {
	if f.Text == "" || f.Line != "" {
		return f
	}
	data := s.data[f.Path]
	lines := s.linesOf(f.Path)
	if f.Start.Line > lines.Count() {
		return f
	}
	line := lines.Line(f.Start.Line)
	if at := bytes.Index(line.Of(data), []byte(f.Text)); at >= 0 {
		f.Line, f.LineColumn = string(line.Of(data)), 1
		f.Start = lines.Position(line.Start + at)
		f.End = lines.Position(line.Start + at + len(f.Text))
	}
	return f
}

// linesOf returns the lines of a file of data, which are looked for once.
func (s *session) linesOf(path string) *grammar.Lines {
	lines := s.lines[path]
	if lines == nil {
		lines = grammar.NewLines(s.data[path])
		if s.lines == nil {
			s.lines = make(map[string]*grammar.Lines)
		}
		s.lines[path] = lines
	}
	return lines
}

// severity returns the severity that a finding has in this run. Where pages are
// expanded, what hinders no expansion is a warning, as with Sphinx.
func (s *session) severity(f finding.Located) finding.Severity {
	severity := f.Severity
	r := directives.FindRule(f.Rule)
	fixed := r == nil || r.Blocks
	if !fixed && s.project != nil {
		if set, ok := s.project.Rules[f.Rule]; ok {
			severity = set
		}
	}
	switch {
	case s.strict && severity == finding.Warning:
		return finding.Error
	case !s.judges && !s.strict && !fixed && severity == finding.Error && f.Rule != finding.Edited && f.Rule != finding.NearMiss:
		return finding.Warning
	}
	return severity
}

// isOff reports whether the project file turned off the rule of a finding.
func (s *session) isOff(d finding.Finding) bool {
	return s.severity(finding.Located{Finding: d}) == finding.Off
}

// takeBack drops findings that were reported.
func (s *session) takeBack(drop func(finding.Located) bool) {
	kept := s.findings[:0]
	for _, f := range s.findings {
		switch {
		case !drop(f):
			kept = append(kept, f)
		case f.Severity == finding.Error:
			s.errors--
		default:
			s.warnings--
		}
	}
	s.findings = kept
}

// longestMessage is how many bytes of a message are shown: it may name words of a
// page, which may be of any length.
const longestMessage = 600

// shortened returns a message, cut if it is very long.
func shortened(message string) string {
	if len(message) <= longestMessage {
		return message
	}
	return strings.ToValidUTF8(message[:longestMessage], "") + "…"
}
