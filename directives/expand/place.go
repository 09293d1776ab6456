package expand

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"windsock/grammar"
	"windsock/render"
)

// A place is where an expansion replaces a body element, and how it is written there.
type place struct {
	lineStart       int    // offset of the first byte of the element's first line
	margin          string // begins each line of the expansion except the first
	eol             string // the line ending
	isInline        bool   // the element does not begin its line: it follows a bullet, for example
	needsBlankAbove bool   // the line above is not blank
	needsBlankBelow bool   // text follows at the same column
	below           int    // offset of the first byte below the element's last line
}

// placeOf returns the place of the element at span. lines are the lines of source, and column
// is the column of the element's "..".
func placeOf(source []byte, lines *grammar.Lines, span grammar.Span, column int) place {
	first, below := lines.Number(span.Start), lines.Number(span.End)+1
	start := lines.Line(first).Start
	p := place{lineStart: start, margin: string(source[start:span.Start]), eol: eolOf(source, lines, first), below: len(source)}
	if p.isInline = strings.TrimSpace(p.margin) != ""; p.isInline {
		p.margin = strings.Repeat(" ", column)
	}
	p.needsBlankAbove = !p.isInline && first > 1 && len(bytes.TrimSpace(lines.Line(first-1).Of(source))) > 0
	if below <= lines.Count() {
		p.below = lines.Line(below).Start
	}
	p.needsBlankBelow = columnOf(source[p.below:]) == column || beginsWithLineBreak(source[span.End:])
	return p
}

// beginsWithLineBreak reports whether text begins with a line break other than CR and LF, such
// as a form feed: [grammar.Lines] does not end a line there, but docutils does.
func beginsWithLineBreak(text []byte) bool {
	r, _ := utf8.DecodeRune(text)
	return r != '\n' && r != '\r' && strings.ContainsRune(grammar.LineBreaks, r)
}

// eolOf returns the line ending of a line. For the last line it is that of the line above, or
// LF if there is none.
func eolOf(source []byte, lines *grammar.Lines, line int) string {
	if line = min(line, lines.Count()-1); line == 0 {
		return "\n"
	}
	return string(source[lines.Line(line).End:lines.Line(line+1).Start])
}

// columnOf returns the column of the first character of text that is not white space; -1 if
// its first line is blank.
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

// edit returns the edit that replaces the element at span by text, with the blank lines that
// it needs.
func (p place) edit(span grammar.Span, text string) *render.Edit {
	e := &render.Edit{Start: span.Start, End: span.End}
	if p.needsBlankAbove {
		e.Start = p.lineStart
		text = p.eol + p.margin + text
	}
	if p.needsBlankBelow {
		text += p.eol
	}
	e.New = []byte(text)
	return e
}

// Replace returns the edit that replaces a body element by the lines of a directive. d
// describes the element by its Span, Column and Container. The lines get the margin and the
// line ending of the element. Replace returns an error if the directive could not be expanded
// there.
func Replace(source []byte, d *grammar.Directive, lines []string) (render.Edit, error) {
	at := placeOf(source, grammar.NewLines(source), d.Span, d.Column)
	if problem := placeProblem(d, at); problem != "" {
		return render.Edit{}, errors.New(problem)
	}
	var b render.Block
	b.Add(lines...)
	return render.Edit{Start: d.Span.Start, End: d.Span.End, New: []byte(b.Format(at.margin, at.eol))}, nil
}

// isFirstInBody reports whether a directive is the first element in the body of another
// element, such as a definition. Indentation alone begins such a body. A blank line above it
// would turn a term into a paragraph.
func isFirstInBody(d *grammar.Directive) bool {
	return d.First && d.Container != grammar.InDocument && d.Container != grammar.InBlockQuote
}
