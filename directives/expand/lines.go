package expand

import (
	"windsock/directives"
	"windsock/render"
)

// boundRegion is what made the lines of a region with comments of a project's own.
const boundRegion = "a managed region"

// Lines returns the map of the lines of Output to those of source, the page that was
// expanded. The lines of an expansion come from the line of its directive.
func (r *Result) Lines(source []byte) render.LineMap {
	if len(r.edits) == 0 {
		return render.LineMap{}
	}
	marked := make([]render.MarkedEdit, len(r.edits))
	for i, e := range r.edits {
		marked[i] = render.MarkedEdit{Edit: e, At: e.Start}
	}
	for _, x := range r.Expansions {
		if x.edit >= 0 {
			marked[x.edit].At, marked[x.edit].Name = x.Source.Start, x.madeBy()
		}
	}
	return render.MapLines(source, marked)
}

// madeBy returns what the lines of an expansion are said to be made by, "" where it
// stands in an author's line.
func (x *Expansion) madeBy() string {
	d := directives.Define(x.Type.Value)
	switch {
	case x.Region != nil && x.Region.Binding != nil:
		return boundRegion
	case d == nil:
		return ""
	}
	return d.Type
}
