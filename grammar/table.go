package grammar

import (
	"bytes"
	"regexp"
	"sync"
	"unicode/utf8"
)

// A cellRow is a row of a table, with the lines of each cell.
type cellRow struct {
	header bool
	start  int // offset in the page's text of its first line, or of the border above
	cells  [][]segment
}

// textTable reads lines [i, end) of s as a grid table or a simple table. divide finds its
// cells. textTable reports false if the table is malformed or contains combining
// characters.
func (p *parser) textTable(s *body, i, end int, container Container, divide func([]tableRow) ([]cellRow, bool)) bool {
	lines := make([]tableRow, end-i)
	for n := range lines {
		var ok bool
		if lines[n], ok = p.tableRow(&s.block, i+n); !ok {
			p.reportUnreadDirectives(s.from(i).upTo(end), container)
			return false
		}
	}
	rows, ok := divide(lines)
	if !ok {
		return false
	}
	table := p.add(s.parent, Table, lines[0].start, p.lines[end-1].end)
	for i, r := range rows {
		rows[i].cells = nil // free the segments early: they take as much memory as the elements
		row := p.add(table, Row, r.start, r.start)
		row.Header = r.header
		for _, lines := range r.cells {
			p.tableCell(row, r.start, lines, container)
		}
	}
	return true
}

// A tableRow is one line of a table, divided into columns. A wide character occupies two.
type tableRow struct {
	start  int    // offset of the line in the page's text
	chars  []byte // the character in each column, notASCII for one outside ASCII
	starts []int  // offsets in the page's text of each column and of the end; nil if all are ASCII
}

// notASCII represents any character outside ASCII, and the second column of a wide one.
const notASCII = 0x80

// tableRow returns line i of b as a row of a table. It reports false if the line contains
// a combining character, which has no column.
func (p *parser) tableRow(b *block, i int) (r tableRow, ok bool) {
	start, end := p.bounds(b, i)
	p.steps += end - start
	r = tableRow{start: start, chars: p.text[start:end:end]}
	if !bytes.ContainsFunc(r.chars, func(c rune) bool { return c >= utf8.RuneSelf }) {
		return r, true
	}
	r.chars = nil
	for at := start; at < end; {
		c, n := utf8.DecodeRune(p.text[at:end])
		char := p.text[at]
		if c >= utf8.RuneSelf {
			char = notASCII
		}
		r.chars, r.starts = append(r.chars, char), append(r.starts, at)
		if at += n; isWide(c) {
			r.chars, r.starts = append(r.chars, notASCII), append(r.starts, at)
		}
		if isCombining(c) {
			return r, false
		}
	}
	r.starts = append(r.starts, end)
	return r, true
}

// directivePattern matches the start of a directive anywhere in a line. Its group is the
// type.
var directivePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\.\. +(?:\|[^|]*\| +)?([\w.+:-]*\w)::(?: |$)`)
})

// reportUnreadDirectives reports the directives in a table that cannot be read.
func (p *parser) reportUnreadDirectives(table block, container Container) {
	for i := table.first; i < table.end; i++ {
		start, end := p.bounds(&table, i)
		for _, at := range directivePattern().FindAllSubmatchIndex(p.text[start:end], -1) {
			typ := p.textAt(start+at[2], start+at[3])
			if !p.reader.wants(typ.Value) {
				continue
			}
			d := &Directive{Span: p.span(start+at[0], start+at[1]), Type: typ, Container: container}
			p.found = append(p.found, Node{Span: d.Span, Directive: d})
		}
	}
}

// offset returns the offset in the page's text of a column of r, or the end of r for
// columns after it.
func (r *tableRow) offset(column int) int {
	column = min(column, len(r.chars))
	if r.starts == nil {
		return r.start + column
	}
	return r.starts[column]
}

// isBlankIn reports whether columns [from, to) of r contain only white space.
func (p *parser) isBlankIn(r *tableRow, from, to int) bool {
	start := r.offset(from)
	return len(trimRight(p.text[start:max(start, r.offset(to))])) == 0
}

// cellLines returns columns [left, right) of the rows, without trailing white space.
func (p *parser) cellLines(rows []tableRow, left, right int) []segment {
	lines := make([]segment, len(rows))
	for i := range rows {
		start := rows[i].offset(left)
		end := max(start, rows[i].offset(right))
		lines[i] = segment{start, start + len(trimRight(p.text[start:end]))}
	}
	return lines
}

// tableCell reads the lines of a cell and adds the cell to row. An empty cell has the
// offset at.
func (p *parser) tableCell(row *Element, at int, lines []segment, container Container) {
	first := len(p.lines)
	b := p.dedented(p.blockOf(lines, container))
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

// dedented returns b without blank lines at either end. Its margin is the least
// indentation.
func (p *parser) dedented(b block) block {
	b = p.trimmed(b)
	for i := b.first; i < b.end; i++ {
		if l := &p.lines[i]; i == b.first || !l.blank() && l.indent < b.margin {
			b.margin = l.indent
		}
	}
	return b
}
