package expand

import (
	"cmp"
	"slices"
	"sort"

	"windsock/grammar"
	"windsock/render"
)

// readOtherwise says that a value changes what the text around it means.
const readOtherwise = "with its value the text around it would be read otherwise"

// maxRefused bounds how many roles are refused because of their values.
const maxRefused = 10

// checkStructure reads the source with the values in the places of the roles, and reports
// roles whose values change which elements it holds: text can be short enough to be a title
// above a line of punctuation, say, or be the name of a field.
func (s *roleScan) checkStructure(root *grammar.Element) {
	for range maxRefused {
		if len(s.found) == 0 || s.keepsStructure(root, len(s.found)) {
			return
		}
		// The last role of the fewest that change something is the one that does.
		n := sort.Search(len(s.found), func(n int) bool { return !s.keepsStructure(root, n) })
		i := max(n-1, 0)
		f := s.found[i]
		s.refuse(f.inline, f.option, readOtherwise)
		s.edits[f.edit] = render.Edit{Start: f.inline.Span.Start, End: f.inline.Span.Start}
		s.found = slices.Delete(s.found, i, i+1)
	}
}

// keepsStructure reports whether the source, with values in the places of the first n roles,
// holds the elements of root, its reading with none.
func (s *roleScan) keepsStructure(root *grammar.Element, n int) bool {
	edits := slices.Clone(s.edits)
	for _, f := range s.found[n:] {
		edits[f.edit] = render.Edit{Start: f.inline.Span.Start, End: f.inline.Span.Start}
	}
	page, err := render.Splice(s.source, edits)
	return err != nil || isSame(root, s.reader.Read(page).Root, movedBy(edits)) // the error is reported when the page is made
}

// isSame reports whether two trees have the same elements, of which moved maps the offsets of
// the first to those of the second.
func isSame(a, b *grammar.Element, moved func(int) int) bool {
	return a.Kind == b.Kind && moved(a.Span.Start) == b.Span.Start && optionsOf(a) == optionsOf(b) &&
		slices.EqualFunc(a.Children, b.Children, func(a, b *grammar.Element) bool { return isSame(a, b, moved) })
}

// optionsOf returns how many options a directive has; other elements have none.
func optionsOf(e *grammar.Element) int {
	if e.Kind != grammar.DirectiveBlock {
		return 0
	}
	return len(e.Directive.Options)
}

// movedBy returns the function that maps an offset in the source to the same place after
// the edits. The offset is not inside an edit.
func movedBy(edits []render.Edit) func(int) int {
	edits = slices.SortedFunc(slices.Values(edits), func(a, b render.Edit) int { return cmp.Compare(a.End, b.End) })
	shifts := make([]int, 1+len(edits))
	for i, e := range edits {
		shifts[i+1] = shifts[i] + len(e.New) - (e.End - e.Start)
	}
	return func(at int) int {
		n, _ := slices.BinarySearchFunc(edits, at+1, func(e render.Edit, end int) int { return cmp.Compare(e.End, end) })
		return at + shifts[n]
	}
}
