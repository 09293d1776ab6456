package expand

import (
	"bytes"
	"errors"
	"strings"

	"windsock/grammar"
	"windsock/render"
)

// A place is where an expansion is put: what its lines begin and end with, and
// what stands around it.
type place struct {
	lineStart int    // offset of the first byte of the line
	margin    string // what each line but the first begins with
	eol       string // the line ending
	inline    bool   // something else stands before it on its line, such as a bullet
	before    bool   // the line above is not blank
	after     bool   // the line below stands at the same column
	below     int    // offset of the first byte of the line below
}

// placeOf returns the place of the element at span, whose ".." stands at column.
func placeOf(source []byte, span grammar.Span, column int) place {
	start := bytes.LastIndexAny(source[:span.Start], "\r\n") + 1
	p := place{lineStart: start, margin: string(source[start:span.Start]), eol: eolOf(source, span.Start)}
	p.margin = strings.TrimPrefix(p.margin, "\ufeff")
	if p.inline = strings.TrimSpace(p.margin) != ""; p.inline {
		p.margin = strings.Repeat(" ", column)
	}
	above := bytes.TrimRight(source[:start], "\r\n")
	if lastLine := above[bytes.LastIndexAny(above, "\r\n")+1:]; oneLineUp(source[:start], above) {
		p.before = len(bytes.TrimSpace(lastLine)) > 0
	}
	p.below = lineBelow(source, span.End)
	p.after = columnOf(source[p.below:]) == column
	return p
}

// oneLineUp reports whether above, the text before a line less its line endings,
// ends on the very line above.
func oneLineUp(text, above []byte) bool {
	endings := string(text[len(above):])
	return endings == "\n" || endings == "\r\n" || endings == "\r"
}

// lineBelow returns the offset of the first byte of the line after the one that
// holds offset, or the end of source.
func lineBelow(source []byte, offset int) int {
	i := bytes.IndexAny(source[offset:], "\r\n")
	if i < 0 {
		return len(source)
	}
	i += offset + 1
	if source[i-1] == '\r' && i < len(source) && source[i] == '\n' {
		i++
	}
	return i
}

// columnOf returns the column of the first character of the line that text begins
// with, -1 if that line is blank.
func columnOf(text []byte) int {
	column := 0
	for _, b := range text {
		switch b {
		case ' ':
			column++
		case '\t':
			column += 8 - column%8
		case '\n', '\r':
			return -1
		default:
			return column
		}
	}
	return -1
}

// eolOf returns the line ending of the line that holds offset, or, if that is
// the last and has none, of the line before; LF if there is no line ending.
func eolOf(source []byte, offset int) string {
	end := bytes.IndexAny(source[offset:], "\r\n")
	if end >= 0 {
		end += offset
	} else if end = bytes.LastIndexAny(source[:offset], "\r\n"); end < 0 {
		return "\n"
	}
	switch {
	case source[end] == '\n' && end > 0 && source[end-1] == '\r', source[end] == '\r' && end+1 < len(source) && source[end+1] == '\n':
		return "\r\n"
	case source[end] == '\r':
		return "\r"
	}
	return "\n"
}

// edit replaces a directive by text, with a blank line on the sides where docutils
// needs one to keep it apart from its neighbours.
func (p place) edit(d *grammar.Directive, text string) render.Edit {
	e := render.Edit{Start: d.Span.Start, End: d.Span.End}
	if p.before && !p.inline && !leads(d) {
		e.Start = p.lineStart
		text = p.eol + p.margin + text
	}
	if p.after {
		text += p.eol
	}
	e.New = []byte(text)
	return e
}

// Replace writes the lines of a directive in the place of the element that d
// describes by its Span, Column, Container and First, with the margin and the line
// ending of that place. The error says why no expansion could stand there.
func Replace(source []byte, d *grammar.Directive, lines []string) (render.Edit, error) {
	at := placeOf(source, d.Span, d.Column)
	if problem := placeProblem(d, at); problem != "" {
		return render.Edit{}, errors.New(problem)
	}
	var b render.Block
	b.Add(lines...)
	return render.Edit{Start: d.Span.Start, End: d.Span.End, New: []byte(b.Place(at.margin, at.eol))}, nil
}

// leads reports whether a directive is the first element of a body that its indentation alone
// begins. It needs no blank line above, which would change what the term of a definition list
// means.
func leads(d *grammar.Directive) bool {
	return d.First && d.Container != grammar.InDocument && d.Container != grammar.InBlockQuote
}
