package grammar

import (
	"bytes"
	"math"
)

// simpleTable reads the simple table at line i and returns the line after it, or 0 if
// there is none. If docutils reports a malformed table, the lines become Unread.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#simple-tables
func (p *parser) simpleTable(s *body, i int, text []byte) int {
	if !isSimpleBorder(text) || bytes.IndexByte(text, ' ') < 0 {
		return 0
	}
	b := &s.block
	next, ok := p.simpleEnd(b, i, len(text))
	if !ok || !p.textTable(s, i, next, InSimpleTable, p.simpleRows) {
		p.addBlock(s.parent, Unread, b.from(i).upTo(next))
	}
	return next
}

// isSimpleBorder reports whether text consists of "=" and blanks and begins with "=".
func isSimpleBorder(text []byte) bool {
	return len(text) > 0 && text[0] == '=' && len(bytes.Trim(text, "= ")) == 0
}

// simpleEnd finds the bottom border of the simple table whose top border is line i, of
// the given width. This is the second border below, or one before a blank line. simpleEnd
// returns the line where reading continues, and whether it found the border.
func (p *parser) simpleEnd(b *block, i, width int) (next int, ok bool) {
	found := 0
	for n := i + 1; n < b.end; n++ {
		p.steps++
		text := p.lineText(b, n)
		if !isSimpleBorder(text) {
			continue
		}
		if len(text) != width {
			return n + 1, false
		}
		if found > 0 || p.endsAt(b, n+1) {
			return n + 1, true
		}
		found = n
	}
	if found > 0 {
		return found + 1, false
	}
	return b.end, false
}

// linesPerCharacter is the maximum number of cell lines for each character of a simple
// table. Ordinary tables need one, unless most cells are blank.
const linesPerCharacter = 24

// A column is the range of characters of a column in a simple table.
type column struct{ start, end int }

// simpleRows returns the rows of a simple table. Text in the first column begins a row. A
// line of "=" or dashes ends one and marks the columns of that row. The last cell extends
// to the end of the line. simpleRows reports false if there is text between columns, or
// if there are too many cell lines to read in linear time.
func (p *parser) simpleRows(lines []tableRow) (rows []cellRow, ok bool) {
	columns := simpleColumns(lines[0].chars)
	budget, start, inRow, head := 0, 1, false, 0
	for _, l := range lines {
		budget += linesPerCharacter * (len(l.chars) + 1)
	}
	add := func(end int, columns []column) bool {
		budget -= len(columns) * (end - start + 1)
		if budget < 0 || !p.areSeparate(lines[start:end], columns) {
			return false
		}
		if start < end {
			rows = append(rows, p.simpleRow(lines[start:end], columns))
		}
		return true
	}
	for i := 1; i < len(lines); i++ {
		switch l := &lines[i]; {
		case isSimpleBorder(bytes.ReplaceAll(l.chars, []byte("-"), []byte("="))):
			if !add(i, simpleColumns(l.chars)) {
				return nil, false
			}
			if l.chars[0] == '=' && i < len(lines)-1 {
				head = len(rows)
			}
			start, inRow = i+1, false
		case !p.isBlankIn(l, 0, columns[0].end):
			if inRow && !add(i, columns) {
				return nil, false
			}
			start, inRow = i, true
		case !inRow:
			start = i + 1
		}
	}
	for i := range rows[:head] {
		rows[i].header = true
	}
	return rows, true
}

// simpleRow returns the row that consists of lines.
func (p *parser) simpleRow(lines []tableRow, columns []column) cellRow {
	row := cellRow{start: lines[0].start}
	for i, c := range columns {
		if i == len(columns)-1 {
			c.end = math.MaxInt
		}
		row.cells = append(row.cells, p.cellLines(lines, c.start, c.end))
	}
	return row
}

// areSeparate reports whether only white space is between the columns.
func (p *parser) areSeparate(lines []tableRow, columns []column) bool {
	for n := range lines {
		for i := range columns[1:] {
			if !p.isBlankIn(&lines[n], columns[i].end, columns[i+1].start) {
				return false
			}
		}
	}
	return true
}

// simpleColumns returns the columns that a line of "=" or dashes and blanks marks.
func simpleColumns(line []byte) (columns []column) {
	for at, c := range line {
		if c == ' ' {
			continue
		}
		if at == 0 || line[at-1] == ' ' {
			columns = append(columns, column{start: at})
		}
		columns[len(columns)-1].end = at + 1
	}
	return columns
}
