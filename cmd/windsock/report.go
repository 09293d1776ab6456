package main

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A reporter collects the findings of a run, with the severities that they have in it. It
// reports each once that is about a file of data, which any page may bring up again.
type reporter struct {
	checking bool                        // whether findings are what the command is run for
	strictly bool                        // whether every finding is an error
	rules    map[string]finding.Severity // what the project file makes of rules
	data     map[string][]byte           // the files of configuration data
	known    *baseline                   // whose findings are not reported; nil for none

	findings []finding.Located // that are not written yet
	errors   int               // findings that are errors, written or not
	warnings int
	inData   map[finding.Located]bool // the findings about files of data
}

// useData makes files the files of configuration data.
func (r *reporter) useData(files map[string][]byte) {
	r.data, r.inData = files, make(map[finding.Located]bool)
}

// report adds findings.
func (r *reporter) report(findings ...finding.Located) {
	for _, f := range findings {
		// Where pages are expanded, a near miss is told though it is known, since it blocks its page.
		blocks := f.Rule == finding.NearMiss && !r.checking
		f.Severity, f.Message = r.severity(f.Finding), shortened(f.Message)
		if f.Severity == finding.Off || r.inData[f] || r.known.knows(f) && !blocks {
			continue
		}
		if r.data[f.Path] != nil {
			r.inData[f] = true
			f = inFile(f, r.data[f.Path])
		}
		if r.findings = append(r.findings, f); f.Severity == finding.Error {
			r.errors++
		} else {
			r.warnings++
		}
	}
}

// severity returns the severity that a finding has in this run. Where pages are
// expanded, what hinders no expansion is a warning, as with Sphinx.
func (r *reporter) severity(f finding.Finding) finding.Severity {
	rule, severity := directives.FindRule(f.Rule), f.Severity
	fixed := rule == nil || rule.Blocks
	if set, ok := r.rules[f.Rule]; ok && !fixed {
		severity = set
	}
	switch {
	case r.strictly && severity == finding.Warning:
		return finding.Error
	case !r.checking && !r.strictly && !fixed && severity == finding.Error && f.Rule != finding.Edited && f.Rule != finding.NearMiss:
		return finding.Warning
	}
	return severity
}

// isOff reports whether the project file turned off the rule of a finding.
func (r *reporter) isOff(f finding.Finding) bool { return r.severity(f) == finding.Off }

// inFile returns a finding in a file of data with its source line and the words
// to mark, if they stand there.
func inFile(f finding.Located, data []byte) finding.Located {
	lines := grammar.NewLines(data)
	if f.Text == "" || f.Line != "" || f.Start.Line > lines.Count() {
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
