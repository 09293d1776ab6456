package grammar

import "iter"

// All yields the element and all that it holds, in the order of the source, each
// before its children.
func (e *Element) All() iter.Seq[*Element] {
	return func(yield func(*Element) bool) { e.walk(yield) }
}

// walk yields e and what it holds, and reports whether to go on. Its depth is
// bounded, as the reader's is.
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
