package grammar

import (
	"bytes"
	"unicode/utf8"
)

// A tableRow is one line of a table, cut into characters of one width. A wide
// character is followed by a filler.
type tableRow struct {
	chars  []byte // one for each column; other stands for what is not ASCII
	starts []int  // offset in the page's text of each character, and the end; nil if all are ASCII
	start  int    // offset in the page's text of the line
	// columns holds the indices of the characters that are not combining ones,
	// nil if all are.
	columns []int
}

// The stand-ins in a tableRow.
const (
	other  = 0x80 // for a character that is not ASCII
	filler = 0    // for the second column of a wide character
	mark   = 0x81 // for a combining character
)

// tableSteps is how many steps finding the cells may take for each character of
// a table. A table of a person's hand needs a few.
const tableSteps = 64

// tableRow returns line i of b as a row of a table.
func (p *parser) tableRow(b *block, i int) tableRow {
	start, end := p.bounds(b, i)
	p.steps += end - start
	r := tableRow{start: start, chars: p.text[start:end:end]}
	if isASCII(r.chars) {
		return r
	}
	r.chars = nil
	marks := false
	for at := start; at < end; {
		c, n := rune(p.text[at]), 1
		stand := p.text[at]
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRune(p.text[at:end])
			if stand = other; isCombining(c) {
				stand, marks = mark, true
			}
		}
		r.chars, r.starts = append(r.chars, stand), append(r.starts, at)
		if at += n; isWide(c) {
			r.chars, r.starts = append(r.chars, filler), append(r.starts, at)
		}
	}
	r.starts = append(r.starts, end)
	if marks {
		r.findColumns()
	}
	return r
}

// isASCII reports whether s holds ASCII characters only.
func isASCII(s []byte) bool {
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// offset returns the offset in the page's text of a column of r; columns past
// its end are its end.
func (r *tableRow) offset(column int) int {
	column = min(column, len(r.chars))
	if r.starts == nil {
		return r.start + column
	}
	return r.starts[column]
}

// blankFrom reports whether the columns [from, to) of r, as far as there are
// such, hold white space only. Combining characters have no column.
func (p *parser) blankFrom(r *tableRow, from, to int) bool {
	from, to = r.column(from), r.column(to)
	if from >= to {
		return true
	}
	return len(trimRight(p.text[r.offset(from):r.offset(to)])) == 0
}

// findColumns sets r.columns.
func (r *tableRow) findColumns() {
	r.columns = make([]int, 0, len(r.chars))
	for i, c := range r.chars {
		if c != mark {
			r.columns = append(r.columns, i)
		}
	}
}

// width returns the number of columns of r.
func (r *tableRow) width() int {
	if r.columns == nil {
		return len(r.chars)
	}
	return len(r.columns)
}

// column returns the index in r.chars of the given column.
func (r *tableRow) column(column int) int {
	switch {
	case column >= r.width():
		return len(r.chars)
	case r.columns == nil:
		return column
	default:
		return r.columns[column]
	}
}

// A tableCell is where the borders of a cell of a grid table stand.
type tableCell struct{ top, left, bottom, right int }

// cellLines cuts the columns [left, right) out of the rows.
func (p *parser) cellLines(rows []tableRow, left, right int) []segment {
	lines := make([]segment, 0, len(rows))
	for i := range rows {
		r := &rows[i]
		if r.columns != nil {
			// As in docutils, the columns of the lines below move too.
			left, right = r.column(left), r.column(right)
		}
		start := r.offset(left)
		end := max(start, r.offset(right))
		lines = append(lines, segment{start, start + len(trimRight(p.text[start:end]))})
	}
	return lines
}

// tableCellBody reads the lines of a cell into a new child of row; one without
// text stands where the row begins.
func (p *parser) tableCellBody(row *Element, at int, lines []segment, container Container) {
	first := len(p.lines)
	for _, l := range lines {
		p.steps++
		p.addLine(l.start, l.end)
	}
	p.link(first)
	b := p.dedented(block{first: first, end: len(p.lines), lo: noMark, container: container})
	if b.isEmpty() {
		p.add(row, Cell, at, at)
	} else {
		start, end := p.extent(&b)
		around := p.cell
		p.cell = container
		p.body(b, p.add(row, Cell, start, end))
		p.cell = around
	}
	p.lines = p.lines[:first]
}

// dedented returns b without blank lines at either end, its margin being the
// least indentation in it.
func (p *parser) dedented(b block) block {
	b = p.trimmed(b)
	least := -1
	for i := b.first; i < b.end; i++ {
		if l := &p.lines[i]; !l.blank() && (least < 0 || l.indent < least) {
			least = l.indent
		}
	}
	b.margin = max(least, 0)
	return b
}

// isGridBorder reports whether text is the top or the bottom of a grid table.
func isGridBorder(text []byte) bool {
	return len(text) >= 4 && bytes.HasPrefix(text, []byte("+-")) && bytes.HasSuffix(text, []byte("-+")) &&
		len(bytes.Trim(text, "+-")) == 0
}
