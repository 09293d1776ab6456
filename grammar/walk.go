package grammar

import "iter"

// All yields the element and its descendants in the order of the source, parents first.
func (e *Element) All() iter.Seq[*Element] {
	return func(yield func(*Element) bool) { e.walk(yield) }
}

// walk yields e and its descendants, and reports whether to go on. maxDepth bounds the
// recursion.
func (e *Element) walk(yield func(*Element) bool) bool {
	if !yield(e) {
		return false
	}
	for _, child := range e.Children {
		if !child.walk(yield) {
			return false
		}
	}
	return true
}
