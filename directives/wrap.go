package directives

import (
	"slices"
	"strings"

	"windsock/grammar"
	"windsock/render"
)

// The longest lines, in columns, that paragraphs of the data's are wrapped to,
// counted from the left of the page where the margin leaves enough.
const (
	pageWidth = 110
	leastWide = 40
)

// cellMargin is how far the cells of a list-table stand from its margin.
const cellMargin = 7

// wrap breaks the lines of the paragraphs of a description, at blanks, where they are too
// wide for a cell. Shorter lines stay as they are, and all of them if the description would
// be read otherwise.
func (c *Call) wrap(description string) string {
	width := max(pageWidth-c.Column-cellMargin, leastWide)
	root := c.read(description)
	var edits []render.Edit
	for e := range root.All() {
		if e.Kind == grammar.Paragraph {
			edits = append(edits, breaks(description, e, width)...)
		}
	}
	wrapped, err := render.Splice([]byte(description), edits)
	if err != nil || !SameStructure(root, c.read(string(wrapped)), render.MapOffsets(edits)) {
		return description
	}
	return string(wrapped)
}

// breaks returns the edits that break the lines of a paragraph.
func breaks(source string, e *grammar.Element, width int) (edits []render.Edit) {
	indent := grammar.Width([]byte(source[strings.LastIndexByte(source[:e.Span.Start], '\n')+1 : e.Span.Start]))
	newLine := []byte("\n" + strings.Repeat(" ", indent))
	for _, line := range e.Text {
		column, word := indent, line.Start
		for at := line.Start; at <= line.End; at++ {
			if at < line.End && !canBreak(source, e, at) {
				continue
			}
			wide := grammar.Width([]byte(source[word:at]))
			if column+1+wide > width && word > line.Start {
				edits = append(edits, render.Edit{Start: word - 1, End: word, New: newLine})
				column = indent
			} else if word > line.Start {
				column++
			}
			column, word = column+wide, at+1
		}
	}
	return edits
}

// canBreak reports whether a line of a paragraph may end at offset at: at a blank that is not
// escaped, one of several, or one of a literal, a role or a link.
func canBreak(source string, e *grammar.Element, at int) bool {
	return source[at] == ' ' && !strings.ContainsAny(source[at-1:at]+source[at+1:at+2], ` \`) &&
		!slices.ContainsFunc(e.Inlines, func(in grammar.Inline) bool {
			return in.Span.Start <= at && at < in.Span.End && in.Kind != grammar.Emphasis && in.Kind != grammar.StrongEmphasis
		})
}
