package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"windsock/directives/finding"
)

// A gitHubWriter writes findings as workflow commands, which GitHub turns into annotations of
// a pull request:
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
//
// GitHub shows only the first ten errors of a step. The writer prints drift first, since the pull
// request most likely caused it, and everything else at the end of the run.
type gitHubWriter struct {
	w     io.Writer
	later bytes.Buffer
}

// newGitHubWriter returns a gitHubWriter to w.
func newGitHubWriter(w io.Writer, _ ink) findingWriter { return &gitHubWriter{w: w} }

// driftRules are the rules about text that windsock would write differently now.
var driftRules = []string{finding.Stale, finding.Edited, finding.Unexpanded, finding.Missing, finding.Orphan}

// close implements [findingWriter].
func (g *gitHubWriter) close(totals, int) { g.later.WriteTo(g.w) }

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
	if f.Start.Line == f.End.Line { // GitHub accepts columns only within one line
		place += fmt.Sprintf(",col=%d,endColumn=%d", f.Start.Column, f.End.Column)
	}
	return fmt.Sprintf("::%s %s,title=%s::%s\n", f.Severity, place, gitHubProperty(f.Rule), gitHubData(fullMessage(f)))
}

// fullMessage returns the message of a finding, its help, and where the data declares the option.
func fullMessage(f finding.Located) string {
	text := f.Message
	if f.Help != "" {
		text += "\n" + strings.TrimRight(f.Help, "\n")
	}
	if at := declaredAt(f); at != "" {
		text += "\n" + at
	}
	return text
}

// The escapes in the message of a workflow command, and the additional ones in the value of a
// property.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\n", "%0A")
	propertyEscapes = strings.NewReplacer(":", "%3A", ",", "%2C")
)

// gitHubData escapes the message of a workflow command. The log of a step is shown on terminals
// too, so that other controls become visible.
func gitHubData(s string) string { return dataEscapes.Replace(cleanLines(s)) }

// gitHubProperty escapes the value of a property of a workflow command.
func gitHubProperty(s string) string { return propertyEscapes.Replace(gitHubData(s)) }
