package grammar

import (
	"bytes"
	"cmp"
	"container/heap"
	"slices"
)

// gridTable reads a grid table at line i and returns the line after it; 0 if
// there is none. Lines that docutils takes for a malformed table are left unread.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#grid-tables
func (p *parser) gridTable(s *body, i int, text []byte) int {
	if !isGridBorder(text) {
		return 0
	}
	b := &s.block
	end := i + 1
	for !p.endsAt(b, end) && p.indentOf(b, end) == 0 {
		end++
	}
	next, last := p.gridEnd(b, i, end)
	if last == 0 {
		p.addBlock(s.parent, Unread, b.from(i).upTo(next))
		return next
	}
	g := grid{p: p, rows: make([]tableRow, 0, last-i)}
	for n := i; n < last; n++ {
		g.rows = append(g.rows, p.tableRow(b, n))
	}
	if g.parse() {
		start, _ := p.bounds(b, i)
		p.addTable(s.parent, start, p.lines[last-1].end, g.tableRows(), InGridTable)
	} else {
		p.addBlock(s.parent, Unread, b.from(i).upTo(next))
	}
	return next
}

// gridEnd finds the end of the grid table in lines [i, end): last is the line
// after it, 0 if it has no bottom, and next the line where reading goes on. As
// in docutils, that is two lines before last if text follows a table directly.
func (p *parser) gridEnd(b *block, i, end int) (next, last int) {
	last = i
	for last < end {
		if c := p.lineText(b, last)[0]; c != '+' && c != '|' {
			break
		}
		last++
	}
	next = last
	if isGridBorder(p.lineText(b, last-1)) {
		return next, last
	}
	for n := last - 2; n > i+1; n-- {
		if isGridBorder(p.lineText(b, n)) {
			return n - 1, n + 1
		}
	}
	return next, 0
}

// A grid finds the cells of a grid table.
type grid struct {
	p       *parser
	rows    []tableRow
	right   int         // the last column
	bottom  int         // the last row
	head    int         // the row that separates the head from the body, or 0
	done    []int       // for each column, the last row that belongs to a cell found
	corners corners     // where cells may begin
	cells   []tableCell //
	budget  int         // steps left, to keep time linear
}

// parse finds the cells of the table and reports whether it is well formed.
func (g *grid) parse() bool {
	g.right, g.bottom = len(g.rows[0].chars)-1, len(g.rows)-1
	for _, r := range g.rows {
		if c := r.chars[len(r.chars)-1]; len(r.chars)-1 != g.right || c != '+' && c != '|' {
			return false
		}
	}
	if !g.findHead() {
		return false
	}
	g.budget = tableSteps * len(g.rows) * len(g.rows[0].chars)
	g.done = make([]int, g.right+1)
	for i := range g.done {
		g.done[i] = -1
	}
	g.corners = corners{{0, 0}}
	for len(g.corners) > 0 {
		if !g.scan(heap.Pop(&g.corners).(corner)) {
			return false
		}
	}
	g.p.steps += tableSteps*len(g.rows)*len(g.rows[0].chars) - g.budget
	return g.isComplete()
}

// findHead finds the row of "=" below the head, and reports whether there is
// none or one in a place for it.
func (g *grid) findHead() bool {
	for i, r := range g.rows {
		if !bytes.HasPrefix(r.chars, []byte("+=")) || !bytes.HasSuffix(r.chars, []byte("=+")) ||
			len(r.chars) < 4 || len(bytes.Trim(r.chars, "+=")) != 0 {
			continue
		}
		if g.head > 0 || i == 0 || i == g.bottom {
			return false
		}
		g.head = i
		g.rows[i].chars = bytes.ReplaceAll(r.chars, []byte("="), []byte("-"))
	}
	return true
}

// scan takes the cell whose top left corner is c, if there is one not yet
// found; it reports false if the table is malformed.
func (g *grid) scan(c corner) bool {
	if c.top == g.bottom || c.left == g.right || c.top <= g.done[c.left] {
		return true
	}
	cell, ok := g.scanRight(c.top, c.left)
	if !ok {
		return g.budget > 0
	}
	for column := cell.left; column < cell.right; column++ {
		if g.done[column] != cell.top-1 {
			return false
		}
		g.done[column] = cell.bottom - 1
	}
	g.cells = append(g.cells, cell)
	heap.Push(&g.corners, corner{cell.top, cell.right})
	heap.Push(&g.corners, corner{cell.bottom, cell.left})
	return true
}

// at returns the character in a row and column.
func (g *grid) at(row, column int) byte {
	g.budget--
	return g.rows[row].chars[column]
}

// scanRight looks along the top border for the top right corner of the cell
// that begins at (top, left).
func (g *grid) scanRight(top, left int) (tableCell, bool) {
	for right := left + 1; right <= g.right && g.budget > 0; right++ {
		switch g.at(top, right) {
		case '+':
			if bottom := g.scanDown(top, left, right); bottom > 0 {
				return tableCell{top: top, left: left, bottom: bottom, right: right}, true
			}
		case '-':
		default:
			return tableCell{}, false
		}
	}
	return tableCell{}, false
}

// scanDown looks along the right border for the bottom right corner of the
// cell, and returns its row; 0 if there is none.
func (g *grid) scanDown(top, left, right int) int {
	for bottom := top + 1; bottom <= g.bottom && g.budget > 0; bottom++ {
		switch g.at(bottom, right) {
		case '+':
			if g.closes(top, left, bottom, right) {
				return bottom
			}
		case '|':
		default:
			return 0
		}
	}
	return 0
}

// closes reports whether the bottom and the left border of the cell lead back to
// its top left corner.
func (g *grid) closes(top, left, bottom, right int) bool {
	for column := right - 1; column > left; column-- {
		if c := g.at(bottom, column); c != '+' && c != '-' {
			return false
		}
	}
	if g.at(bottom, left) != '+' {
		return false
	}
	for row := bottom - 1; row > top; row-- {
		if c := g.at(row, left); c != '+' && c != '|' {
			return false
		}
	}
	return true
}

// isComplete reports whether the cells found cover the table.
func (g *grid) isComplete() bool {
	for _, last := range g.done[:g.right] {
		if last != g.bottom-1 {
			return false
		}
	}
	return true
}

// tableRows returns the cells by rows.
func (g *grid) tableRows() []cellRow {
	slices.SortStableFunc(g.cells, compareCorners)
	var rows []cellRow
	for i, c := range g.cells {
		if i == 0 || c.top != g.cells[i-1].top {
			rows = append(rows, cellRow{header: c.top < g.head, start: g.rows[c.top].start})
		}
		last := &rows[len(rows)-1]
		last.cells = append(last.cells, g.p.cellLines(g.rows[c.top+1:c.bottom], c.left+1, c.right))
	}
	return rows
}

// compareCorners orders cells by their top left corners, row by row.
func compareCorners(a, b tableCell) int { return cmp.Or(a.top-b.top, a.left-b.left) }

// A corner is where a cell of a grid table may begin.
type corner struct{ top, left int }

// corners is a heap of corners, the uppermost and of these the leftmost first.
type corners []corner

// Len, Less, Swap, Push and Pop make it a heap.
func (c corners) Len() int { return len(c) }
func (c corners) Less(i, j int) bool {
	return c[i].top < c[j].top || c[i].top == c[j].top && c[i].left < c[j].left
}
func (c corners) Swap(i, j int) { c[i], c[j] = c[j], c[i] }
func (c *corners) Push(x any)   { *c = append(*c, x.(corner)) }
func (c *corners) Pop() any {
	last := (*c)[len(*c)-1]
	*c = (*c)[:len(*c)-1]
	return last
}

// A cellRow is one row of a table, as the lines of each cell.
type cellRow struct {
	header bool
	start  int // where its first line, or the border above it, begins in the page's text
	cells  [][]segment
}

// addTable adds a table of the given rows, and reads the cells. Of each row it forgets
// them then: they take as much memory as what is made of them.
func (p *parser) addTable(parent *Element, start, end int, rows []cellRow, container Container) {
	table := p.add(parent, Table, start, end)
	for i, r := range rows {
		rows[i].cells = nil
		row := p.add(table, Row, r.start, r.start)
		row.Header = r.header
		for _, lines := range r.cells {
			p.tableCellBody(row, r.start, lines, container)
		}
	}
}
