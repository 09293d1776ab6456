package directives

import (
	"slices"

	"windsock/grammar"
)

// SameStructure reports whether two elements, and those that they hold, are of the same
// kinds and begin at the same places, of which moved maps the offsets of the first to those
// of the second: whether an edit of text left its meaning to docutils as it was.
func SameStructure(a, b *grammar.Element, moved func(int) int) bool {
	return a.Kind == b.Kind && moved(a.Span.Start) == b.Span.Start && optionsOf(a) == optionsOf(b) &&
		slices.EqualFunc(a.Children, b.Children, func(a, b *grammar.Element) bool { return SameStructure(a, b, moved) })
}

// optionsOf returns how many options a directive has; other elements have none.
func optionsOf(e *grammar.Element) int {
	if e.Kind != grammar.DirectiveBlock {
		return 0
	}
	return len(e.Directive.Options)
}
