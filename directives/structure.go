package directives

import "windsock/grammar"

// FirstDifference returns the first of an element a and those that it holds that is of another
// kind than its counterpart in b, or has other numbers of options or children; nil if none
// is. What an edit of text leaves alike has the same structure.
func FirstDifference(a, b *grammar.Element) *grammar.Element {
	if a.Kind != b.Kind || optionsOf(a) != optionsOf(b) {
		return a
	}
	for i := range min(len(a.Children), len(b.Children)) {
		if e := FirstDifference(a.Children[i], b.Children[i]); e != nil {
			return e
		}
	}
	if len(a.Children) != len(b.Children) {
		return a
	}
	return nil
}

// optionsOf returns how many options a directive has; other elements have none.
func optionsOf(e *grammar.Element) int {
	if e.Kind != grammar.DirectiveBlock {
		return 0
	}
	return len(e.Directive.Options)
}
