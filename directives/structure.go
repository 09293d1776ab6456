package directives

import (
	"slices"

	"windsock/grammar"
)

// SameStructure reports whether an edit preserved the structure of a text: whether the elements a,
// before the edit, and b, after it, and all their descendants are of the same kinds and begin at
// corresponding offsets. mapOffset maps the offsets before the edit to those after it.
func SameStructure(a, b *grammar.Element, mapOffset func(int) int) bool {
	return a.Kind == b.Kind && mapOffset(a.Span.Start) == b.Span.Start && optionCount(a) == optionCount(b) &&
		slices.EqualFunc(a.Children, b.Children, func(a, b *grammar.Element) bool { return SameStructure(a, b, mapOffset) })
}

// optionCount returns the number of options of a directive, 0 for other elements.
func optionCount(e *grammar.Element) int {
	if e.Kind != grammar.DirectiveBlock {
		return 0
	}
	return len(e.Directive.Options)
}
