package directives

import (
	"slices"
	"strings"

	"windsock/grammar"
	"windsock/render"
)

const (
	pageWidth    = 110 // the maximum width in columns of a page with wrapped descriptions
	minTextWidth = 40  // the minimum width in columns to which descriptions are wrapped
	cellMargin   = 7   // the indentation of the cells of a list-table
)

// wrap breaks lines of the paragraphs of a description at blanks if they are too wide for a
// cell. It does not join lines. If docutils would read another structure, it changes nothing.
func (c *Call) wrap(description string) string {
	width := max(pageWidth-c.Column-cellMargin, minTextWidth)
	root := c.read(description)
	var edits []render.Edit
	for e := range root.All() {
		if e.Kind == grammar.Paragraph {
			edits = append(edits, lineBreaks(description, e, width)...)
		}
	}
	wrapped, err := render.Splice([]byte(description), edits)
	if err != nil || !SameStructure(root, c.read(string(wrapped)), render.MapOffsets(edits)) {
		return description
	}
	return string(wrapped)
}

// lineBreaks returns the edits that break the lines of a paragraph.
func lineBreaks(source string, e *grammar.Element, width int) (edits []render.Edit) {
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

// canBreak reports whether a line of a paragraph can end at offset at: at a single blank that is
// not escaped, outside inline markup other than emphasis.
func canBreak(source string, e *grammar.Element, at int) bool {
	return source[at] == ' ' && !strings.ContainsAny(source[at-1:at]+source[at+1:at+2], ` \`) &&
		!slices.ContainsFunc(e.Inlines, func(in grammar.Inline) bool {
			return in.Span.Start <= at && at < in.Span.End && in.Kind != grammar.Emphasis && in.Kind != grammar.StrongEmphasis
		})
}
