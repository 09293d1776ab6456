package grammar

import "bytes"

// simpleTable reads a simple table at line i and returns the line after it; 0 if
// there is none. Lines that docutils takes for a malformed table are left unread.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#simple-tables
func (p *parser) simpleTable(s *body, i int, text []byte) int {
	if !isSimpleBorder(text) || bytes.IndexByte(text, ' ') < 0 {
		return 0
	}
	b := &s.block
	next, ok := p.simpleEnd(b, i, len(text))
	if !ok {
		p.addBlock(s.parent, Unread, b.from(i).upTo(next))
		return next
	}
	t := simple{p: p, rows: make([]tableRow, 0, next-i)}
	for n := i; n < next; n++ {
		t.rows = append(t.rows, p.tableRow(b, n))
	}
	if t.parse() {
		start, _ := p.bounds(b, i)
		p.addTable(s.parent, start, p.lines[next-1].end, t.table, InSimpleTable)
	} else {
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

// A simple finds the cells of a simple table.
type simple struct {
	p       *parser
	rows    []tableRow
	columns []column
	border  int      // where the last column ends in the top border
	head    int      // the line below the head, or 0
	row     []column // those of the row being read; memory that is used again
	budget  int      // how many lines of cells may follow, to keep time linear
	table   []cellRow
}

// parse finds the cells of the table and reports whether it is well formed.
func (t *simple) parse() bool {
	last := len(t.rows) - 1
	for i := range t.rows {
		r := &t.rows[i]
		if !isSimpleBorder(r.chars) {
			continue
		}
		if i > 0 && i < last {
			if t.head > 0 {
				return false
			}
			t.head = i
		}
		r.chars = bytes.ReplaceAll(r.chars, []byte("="), []byte("-"))
	}
	t.columns = dashedColumns(t.rows[0].chars)
	t.border = t.columns[len(t.columns)-1].end
	for i := range t.rows {
		t.budget += linesPerCharacter * (len(t.rows[i].chars) + 1)
	}
	return t.parseRows()
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

// parseRows divides the lines below the top border into rows: text in the first
// column begins a row, a line of dashes ends one.
func (t *simple) parseRows() bool {
	start, found := 1, false
	for i := 1; i < len(t.rows); i++ {
		r := &t.rows[i]
		switch {
		case len(r.chars) > 0 && r.chars[0] == '-' && len(bytes.Trim(r.chars, "- ")) == 0:
			if !t.parseRow(start, i, r) {
				return false
			}
			start, found = i+1, false
		case !t.firstBlank(r):
			if found && i != start && !t.parseRow(start, i, nil) {
				return false
			}
			start, found = i, true
		case !found:
			start = i + 1
		}
	}
	return true
}

// firstBlank reports whether the first column of r is blank.
func (t *simple) firstBlank(r *tableRow) bool {
	to := min(t.columns[0].end, len(r.chars))
	return len(trimRight(t.p.text[r.offset(0):r.offset(to)])) == 0
}

// parseRow adds the row of lines [start, end), with the columns that the line
// of dashes below it marks, if there is one.
func (t *simple) parseRow(start, end int, dashes *tableRow) bool {
	if start == end && dashes == nil {
		return true
	}
	t.row = append(t.row[:0], t.columns...)
	columns := t.row
	if dashes != nil {
		columns = dashedColumns(dashes.chars)
		last := &columns[len(columns)-1]
		if last.end != t.border {
			return false
		}
		last.end = t.columns[len(t.columns)-1].end
	}
	lines := t.rows[start:end]
	if t.budget -= len(columns) * (len(lines) + 1); t.budget < 0 {
		return false
	}
	if !t.checkColumns(lines, columns) || !t.areAligned(columns) {
		return false
	}
	row := cellRow{header: start < t.head, start: t.rows[start].start, cells: make([][]segment, 0, len(columns))}
	for _, c := range columns {
		row.cells = append(row.cells, t.p.cellLines(lines, c.start, c.end))
	}
	if len(lines) > 0 {
		t.table = append(t.table, row)
	}
	return true
}

// checkColumns reports whether no text stands between the columns. The last one
// grows as far as its text reaches.
func (t *simple) checkColumns(lines []tableRow, columns []column) bool {
	last := len(columns) - 1
	for i := range columns {
		for n := range lines {
			r := &lines[n]
			if i < last {
				if !t.p.blankFrom(r, columns[i].end, columns[i+1].start) {
					return false
				}
				continue
			}
			if !t.p.blankFrom(r, columns[last].end, len(r.chars)) {
				t.grow(&columns[last], r.width())
			}
		}
	}
	return true
}

// grow makes the last column of a row, and of the table, reach up to end.
func (t *simple) grow(c *column, end int) {
	widest := &t.columns[len(t.columns)-1].end
	c.end = max(*widest, end)
	*widest = c.end
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
