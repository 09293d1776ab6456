package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"windsock/directives/finding"
)

// A gitHubWriter writes findings as the workflow commands that GitHub turns into
// annotations of a pull request:
// https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
type gitHubWriter struct{ w io.Writer }

// newGitHubWriter returns a gitHubWriter to w.
func newGitHubWriter(w io.Writer, _ ink) findingWriter { return gitHubWriter{w} }

// close implements [findingWriter].
func (g gitHubWriter) close(outcome) {}

// write implements [findingWriter].
func (g gitHubWriter) write(findings []finding.Located) {
	var b bytes.Buffer
	for _, f := range findings {
		fmt.Fprintf(&b, "::%s file=%s,line=%d,endLine=%d", f.Severity, gitHubProperty(fromHere(f.Path)), f.Start.Line, f.End.Line)
		if f.Start.Line == f.End.Line { // GitHub takes columns within one line only
			fmt.Fprintf(&b, ",col=%d,endColumn=%d", f.Start.Column, f.End.Column)
		}
		fmt.Fprintf(&b, ",title=%s::%s\n", gitHubProperty(f.Rule), gitHubData(gitHubText(f)))
	}
	g.w.Write(b.Bytes())
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
