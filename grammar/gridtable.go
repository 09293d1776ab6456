package grammar

import (
	"bytes"
	"slices"
)

// gridTable reads the grid table at line i and returns the line after it, or 0 if there
// is none. If docutils reports a malformed table, the lines become Unread.
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
	if last == 0 || !p.textTable(s, i, last, InGridTable, p.gridRows) {
		p.addBlock(s.parent, Unread, b.from(i).upTo(next))
	}
	return next
}

// isGridBorder reports whether text can be the first or last line of a grid table.
func isGridBorder(text []byte) bool {
	return len(text) >= 5 && bytes.HasPrefix(text, []byte("+-")) && bytes.HasSuffix(text, []byte("-+")) &&
		len(bytes.Trim(text, "+-")) == 0
}

// gridEnd finds the end of the grid table in lines [i, end). last is the line after the
// table, 0 if it has no bottom border. next is the line where reading continues: as in
// docutils, two lines before last if text directly follows the table.
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

// A grid finds the cells of a grid table, as docutils' GridTableParser does.
type grid struct {
	p       *parser
	lines   []tableRow
	right   int     // index of the last column
	bottom  int     // index of the last line
	head    int     // index of the line between head and body, or 0
	done    []int   // for each column, the last line in a cell found so far
	corners [][]int // for each line, the left columns of the cells that end there; 0 for the first line
	rows    []cellRow
	budget  int // number of steps left, which bounds the time
}

// A gridCell is the position of a cell's borders in a grid table.
type gridCell struct{ top, left, bottom, right int }

// tableSteps is the maximum number of steps for each character of a table. Ordinary
// tables need a few.
const tableSteps = 64

// gridRows returns the rows of a grid table. It reports false if the table is malformed.
func (p *parser) gridRows(lines []tableRow) ([]cellRow, bool) {
	g := &grid{p: p, lines: lines, right: len(lines[0].chars) - 1, bottom: len(lines) - 1}
	for _, l := range lines {
		if c := l.chars[len(l.chars)-1]; len(l.chars)-1 != g.right || c != '+' && c != '|' {
			return nil, false
		}
	}
	budget := tableSteps * len(lines) * len(lines[0].chars)
	g.budget = budget
	g.done = slices.Repeat([]int{-1}, g.right+1)
	g.corners = make([][]int, len(lines))
	g.corners[0] = []int{0}
	ok := g.findHead() && g.findCells()
	p.steps += budget - g.budget
	return g.rows, ok
}

// findCells finds the cells row by row, and reports whether they cover the table.
func (g *grid) findCells() bool {
	for top, corners := range g.corners[:g.bottom] {
		row := cellRow{header: top < g.head, start: g.lines[top].start}
		slices.Sort(corners)
		for _, left := range corners {
			for left < g.right && top > g.done[left] {
				cell, found := g.scanRight(top, left)
				if !found {
					break
				}
				if !g.addCell(cell) {
					return false
				}
				row.cells = append(row.cells, g.p.cellLines(g.lines[top+1:cell.bottom], left+1, cell.right))
				left = cell.right
			}
		}
		if len(row.cells) > 0 {
			g.rows = append(g.rows, row)
		}
	}
	for _, last := range g.done[:g.right] {
		if last != g.bottom-1 {
			return false
		}
	}
	return true
}

// addCell records a cell, and reports whether it is directly below other cells.
func (g *grid) addCell(cell gridCell) bool {
	for column := cell.left; column < cell.right; column++ {
		if g.done[column] != cell.top-1 {
			return false
		}
		g.done[column] = cell.bottom - 1
	}
	g.corners[cell.bottom] = append(g.corners[cell.bottom], cell.left)
	return true
}

// findHead finds the line of "=" below the head. It reports false if there are several,
// or one is the first or last line.
func (g *grid) findHead() bool {
	for i, r := range g.lines {
		if !bytes.HasPrefix(r.chars, []byte("+=")) || !bytes.HasSuffix(r.chars, []byte("=+")) ||
			len(r.chars) < 4 || len(bytes.Trim(r.chars, "+=")) != 0 {
			continue
		}
		if g.head > 0 || i == 0 || i == g.bottom {
			return false
		}
		g.head = i
		g.lines[i].chars = bytes.ReplaceAll(r.chars, []byte("="), []byte("-"))
	}
	return true
}

// at returns the character at a row and a column.
func (g *grid) at(row, column int) byte {
	g.budget--
	return g.lines[row].chars[column]
}

// scanRight follows the top border of the cell that begins at (top, left) to its top
// right corner.
func (g *grid) scanRight(top, left int) (gridCell, bool) {
	for right := left + 1; right <= g.right && g.budget > 0; right++ {
		switch g.at(top, right) {
		case '+':
			if bottom := g.scanDown(top, left, right); bottom > 0 {
				return gridCell{top: top, left: left, bottom: bottom, right: right}, true
			}
		case '-':
		default:
			return gridCell{}, false
		}
	}
	return gridCell{}, false
}

// scanDown follows the right border of the cell to its bottom right corner, and returns
// the row of that, or 0 if there is none.
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

// closes reports whether the bottom border and the left border complete the cell.
func (g *grid) closes(top, left, bottom, right int) bool {
	border := g.lines[bottom].chars[left:right]
	g.budget -= len(border)
	if border[0] != '+' || len(bytes.Trim(border, "+-")) > 0 {
		return false
	}
	for row := bottom - 1; row > top; row-- {
		if c := g.at(row, left); c != '+' && c != '|' {
			return false
		}
	}
	return true
}
