package expand

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

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
	after     bool   // text stands below at the same column
	below     int    // offset of the first byte of the line below
}

// placeOf returns the place of the element at span, whose ".." stands at column, in a source
// that has these lines.
func placeOf(source []byte, lines *grammar.Lines, span grammar.Span, column int) place {
	first, below := lines.Number(span.Start), lines.Number(span.End)+1
	start := lines.Line(first).Start
	p := place{lineStart: start, margin: string(source[start:span.Start]), eol: eolOf(source, lines, first), below: len(source)}
	if p.inline = strings.TrimSpace(p.margin) != ""; p.inline {
		p.margin = strings.Repeat(" ", column)
	}
	p.before = first > 1 && len(bytes.TrimSpace(lines.Line(first-1).Of(source))) > 0
	if below <= lines.Count() {
		p.below = lines.Line(below).Start
	}
	p.after = columnOf(source[p.below:]) == column || endsForDocutils(source[span.End:])
	return p
}

// endsForDocutils reports whether a text begins with what ends a line to docutils alone.
func endsForDocutils(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return r != '\n' && r != '\r' && strings.ContainsRune(grammar.LineBreaks, r)
}

// eolOf returns the line ending of a line or, if that is the last, of the line before; LF if
// there is none.
func eolOf(source []byte, lines *grammar.Lines, line int) string {
	if line = min(line, lines.Count()-1); line == 0 {
		return "\n"
	}
	return string(source[lines.Line(line).End:lines.Line(line+1).Start])
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

// edit replaces a directive at span by text, with a blank line on the sides where docutils
// needs one to keep it apart from its neighbours.
func (p place) edit(span grammar.Span, text string) render.Edit {
	e := render.Edit{Start: span.Start, End: span.End}
	if p.before && !p.inline {
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
	at := placeOf(source, grammar.NewLines(source), d.Span, d.Column)
	if problem := placeProblem(d, at); problem != "" {
		return render.Edit{}, errors.New(problem)
	}
	var b render.Block
	b.Add(lines...)
	return render.Edit{Start: d.Span.Start, End: d.Span.End, New: []byte(b.Format(at.margin, at.eol))}, nil
}

// leads reports whether a directive is the first element of a body that its indentation alone
// begins. It needs no blank line above, which would change what the term of a definition list
// means.
func leads(d *grammar.Directive) bool {
	return d.First && d.Container != grammar.InDocument && d.Container != grammar.InBlockQuote
}
