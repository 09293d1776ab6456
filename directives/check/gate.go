package check

import "windsock/directives"

// Marks returns the marks of all forms in which pages mention options, and of the comments
// that silence: where none stands [Checker.Page] finds nothing.
func (c *Checker) Marks() []directives.Mark {
	return append([]directives.Mark{
		envMark, labelMark, commentMark, sectionMark, defaultMark, c.bracketMark(), c.wordMark(),
	}, commandMarks...)
}
