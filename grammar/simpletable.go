package grammar

import (
	"bytes"
	"slices"
)

// simpleTable reads a simple table at line i and returns the line after it; 0 if
// there is none. Lines that docutils takes for a malformed table are left unread.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#simple-tables
func (p *parser) simpleTable(s *body, i int, text []byte) int {
	if !isSimpleBorder(text) || bytes.IndexByte(text, ' ') < 0 {
		return 0
	}
	b := &s.block
	next, ok := p.simpleEnd(b, i, len(text))
	if !ok || !p.drawnTable(s, i, next, InSimpleTable, p.simpleRows) {
		p.addBlock(s.parent, Unread, b.from(i).upTo(next))
	}
	return next
}

// isSimpleBorder reports whether text consists of "=" and blanks.
func isSimpleBorder(text []byte) bool {
	return len(text) > 0 && text[0] == '=' && len(bytes.Trim(text, "= ")) == 0
}

// simpleEnd finds the end of the simple table that begins at line i with a
// border of the given width: the second border below, or one that a blank line
// follows. It returns the line where reading goes on, and whether there is such
// a border.
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

// A column is a column of a simple table, as a range of characters.
type column struct{ start, end int }

// linesPerCharacter is how many lines of cells a simple table may have for each
// of its characters. A person's table has one, unless most of it is blank.
const linesPerCharacter = 24

// A simple finds the cells of a simple table, as docutils' SimpleTableParser does.
type simple struct {
	p       *parser
	lines   []tableRow
	columns []column
	border  int // where the last column ends in the top border
	head    int // the line below the head, or 0
	rows    []cellRow
	budget  int // how many lines of cells may follow, to keep time linear
}

// simpleRows returns the rows of a simple table, and false if it is malformed.
func (p *parser) simpleRows(lines []tableRow) ([]cellRow, bool) {
	t := &simple{p: p, lines: lines}
	for i := range lines {
		l := &lines[i]
		t.budget += linesPerCharacter * (len(l.chars) + 1)
		if !isSimpleBorder(l.chars) {
			continue
		}
		if i > 0 && i < len(lines)-1 {
			if t.head > 0 {
				return nil, false
			}
			t.head = i
		}
		l.chars = bytes.ReplaceAll(l.chars, []byte("="), []byte("-"))
	}
	t.columns = dashedColumns(lines[0].chars)
	t.border = t.columns[len(t.columns)-1].end
	ok := t.divide()
	return t.rows, ok
}

// dashedColumns returns the columns that a line of dashes and blanks marks.
func dashedColumns(line []byte) []column {
	var columns []column
	for at := 0; at < len(line); {
		if line[at] == ' ' {
			at++
			continue
		}
		c := column{start: at}
		for at < len(line) && line[at] != ' ' {
			at++
		}
		c.end = at
		columns = append(columns, c)
	}
	return columns
}

// divide finds the rows: text in the first column begins one, a line of dashes ends one.
// It reports false if the table is malformed.
func (t *simple) divide() bool {
	start, inRow := 1, false
	for i := 1; i < len(t.lines); i++ {
		l := &t.lines[i]
		switch {
		case len(l.chars) > 0 && l.chars[0] == '-' && len(bytes.Trim(l.chars, "- ")) == 0:
			if !t.addRow(start, i, l) {
				return false
			}
			start, inRow = i+1, false
		case !t.p.isBlankIn(l, 0, t.columns[0].end):
			if inRow && i != start && !t.addRow(start, i, nil) {
				return false
			}
			start, inRow = i, true
		case !inRow:
			start = i + 1
		}
	}
	return true
}

// addRow adds the row of lines [start, end), with the columns that the line
// of dashes below it marks, if there is one. It reports false if text stands between
// columns, or these are none of the table's.
func (t *simple) addRow(start, end int, dashes *tableRow) bool {
	columns := slices.Clone(t.columns)
	if dashes != nil {
		columns = dashedColumns(dashes.chars)
		last := &columns[len(columns)-1]
		if last.end != t.border {
			return false
		}
		last.end = t.columns[len(t.columns)-1].end
	}
	lines := t.lines[start:end]
	if t.budget -= len(columns) * (len(lines) + 1); t.budget < 0 {
		return false
	}
	if !t.areSeparate(lines, columns) || !t.areAligned(columns) {
		return false
	}
	if len(lines) == 0 {
		return true
	}
	row := cellRow{header: start < t.head, start: t.lines[start].start}
	for _, c := range columns {
		row.cells = append(row.cells, t.p.cellLines(lines, c.start, c.end))
	}
	t.rows = append(t.rows, row)
	return true
}

// areSeparate reports whether no text stands between the columns. The last one of the
// table, and of the row, grows as far as its text reaches.
func (t *simple) areSeparate(lines []tableRow, columns []column) bool {
	last := &columns[len(columns)-1]
	widest := &t.columns[len(t.columns)-1]
	for n := range lines {
		l := &lines[n]
		for i := range columns[1:] {
			if !t.p.isBlankIn(l, columns[i].end, columns[i+1].start) {
				return false
			}
		}
		if !t.p.isBlankIn(l, last.end, len(l.chars)) {
			widest.end = max(widest.end, len(l.chars))
			last.end = widest.end
		}
	}
	return true
}

// areAligned reports whether each of the columns begins and ends where columns
// of the table do.
func (t *simple) areAligned(columns []column) bool {
	i := 0
	for _, c := range columns {
		if i >= len(t.columns) || c.start != t.columns[i].start {
			return false
		}
		for c.end != t.columns[i].end {
			if i++; i >= len(t.columns) {
				return false
			}
		}
		i++
	}
	return true
}
