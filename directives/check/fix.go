package check

import (
	"bytes"
	"slices"

	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// Fixes returns the edits that replace words by certain suggestions: former names, and misspellings
// that are similar to one name only. All findings are from one source. Words with two different
// suggestions are not changed.
func Fixes(findings []finding.Finding) []render.Edit {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, byStart)
	// docutils reads some text twice, such as the end of a table with text right behind it. A
	// suggestion must be certain both times.
	doubted := map[grammar.Span]bool{}
	for _, d := range findings {
		if d.Suggestion != "" && !d.Certain {
			doubted[d.Span] = true
		}
	}
	var edits []render.Edit
	var clash grammar.Span // the words with different edits
	for _, d := range findings {
		if !d.Certain || d.Suggestion == "" || d.Span.Len() == 0 || doubted[d.Span] {
			continue
		}
		e := render.Edit{Start: d.Span.Start, End: d.Span.End, New: []byte(d.Suggestion)}
		last := len(edits) - 1
		switch {
		case e.Start < clash.End:
			clash.End = max(clash.End, e.End)
		case last < 0 || edits[last].End <= e.Start:
			edits = append(edits, e)
		case edits[last].Start != e.Start || edits[last].End != e.End || !bytes.Equal(edits[last].New, e.New):
			clash = grammar.Span{Start: e.Start, End: max(edits[last].End, e.End)}
			edits = edits[:last]
		}
	}
	return edits
}
