package check

import (
	"bytes"
	"slices"

	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// Fixes returns the edits that write the certain suggestions in place of the words
// that they are about: old names, and misspellings near one name alone. The
// findings are those of one source; a place that two of them would write
// differently is left as it is.
func Fixes(findings []finding.Finding) []render.Edit {
	findings = slices.Clone(findings)
	slices.SortStableFunc(findings, byStart)
	// What docutils reads twice, as it does the end of a table that text follows directly, may be
	// certain in one reading alone.
	doubted := map[grammar.Span]bool{}
	for _, d := range findings {
		if d.Suggestion != "" && !d.Certain {
			doubted[d.Span] = true
		}
	}
	var edits []render.Edit
	var clash grammar.Span // where two edits would differ
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
