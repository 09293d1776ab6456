package check

import (
	"slices"

	"windsock/grammar"
	"windsock/render"
)

// Fixes returns the edits that write the certain suggestions in place of the words
// that they are about: old names, and misspellings near one name alone. The
// diagnostics are those of one source; a place that two of them would write
// differently is left as it is.
func Fixes(diagnostics []grammar.Diagnostic) []render.Edit {
	var edits []render.Edit
	clash := map[int]bool{}
	for _, d := range diagnostics {
		if !d.Certain || d.Suggestion == "" || d.Span.Len() == 0 {
			continue
		}
		e := render.Edit{Start: d.Span.Start, End: d.Span.End, New: []byte(d.Suggestion)}
		fits := true
		for i, other := range edits {
			if e.Start < other.End && other.Start < e.End {
				clash[i] = clash[i] || string(other.New) != d.Suggestion || other.Start != e.Start || other.End != e.End
				fits = false
			}
		}
		if fits {
			edits = append(edits, e)
		}
	}
	n := -1
	return slices.DeleteFunc(edits, func(render.Edit) bool { n++; return clash[n] })
}
