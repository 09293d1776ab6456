package check

import (
	"bytes"
	"cmp"
	"slices"

	"windsock/grammar"
	"windsock/render"
)

// Fixes returns the edits that write the certain suggestions in place of the words
// that they are about: old names, and misspellings near one name alone. The
// diagnostics are those of one source; a place that two of them would write
// differently is left as it is.
func Fixes(diagnostics []grammar.Diagnostic) []render.Edit {
	diagnostics = slices.Clone(diagnostics)
	slices.SortStableFunc(diagnostics, func(a, b grammar.Diagnostic) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var edits []render.Edit
	var clash grammar.Span // where two edits would differ
	for _, d := range diagnostics {
		if !d.Certain || d.Suggestion == "" || d.Span.Len() == 0 {
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
