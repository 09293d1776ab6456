package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"windsock/directives/finding"
)

// A gitHubWriter writes findings as the workflow commands that GitHub turns into
// annotations of a pull request:
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
//
// GitHub shows the first ten errors of a step. Drift comes first, since the pull request
// itself most likely caused it; everything else waits for the end of the run.
type gitHubWriter struct {
	w     io.Writer
	later bytes.Buffer
}

// newGitHubWriter returns a gitHubWriter to w.
func newGitHubWriter(w io.Writer, _ ink) findingWriter { return &gitHubWriter{w: w} }

// driftRules are the rules about text that is not what windsock would write now.
var driftRules = []string{finding.Stale, finding.Edited, finding.Unexpanded, finding.Missing, finding.Orphan}

// close implements [findingWriter].
func (g *gitHubWriter) close(outcome) { g.later.WriteTo(g.w) }

// write implements [findingWriter].
func (g *gitHubWriter) write(findings []finding.Located) {
	for _, f := range findings {
		to := io.Writer(&g.later)
		if slices.Contains(driftRules, f.Rule) {
			to = g.w
		}
		io.WriteString(to, annotation(f))
	}
}

// annotation returns the workflow command for a finding.
func annotation(f finding.Located) string {
	place := fmt.Sprintf("file=%s,line=%d,endLine=%d", gitHubProperty(fromHere(f.Path)), f.Start.Line, f.End.Line)
	if f.Start.Line == f.End.Line { // GitHub takes columns within one line only
		place += fmt.Sprintf(",col=%d,endColumn=%d", f.Start.Column, f.End.Column)
	}
	return fmt.Sprintf("::%s %s,title=%s::%s\n", f.Severity, place, gitHubProperty(f.Rule), gitHubData(gitHubText(f)))
}

// gitHubText is the text of an annotation: it stands beside the source, which it
// need not show.
func gitHubText(f finding.Located) string {
	text := f.Message
	if f.Help != "" {
		text += "\n" + strings.TrimRight(f.Help, "\n")
	}
	if at := declaredAt(f); at != "" {
		text += "\n" + at
	}
	return text
}

// What escapes the text of a workflow command, and beside that the value of a property.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer(":", "%3A", ",", "%2C")
)

// gitHubData escapes the text of a workflow command. It is shown on terminals too: what
// may not be, and cannot be escaped, becomes visible.
func gitHubData(s string) string {
	return dataEscapes.Replace(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return r
		}
		return visible(r)
	}, s))
}

// gitHubProperty escapes the value of a property of a workflow command.
func gitHubProperty(s string) string { return propertyEscapes.Replace(gitHubData(s)) }
