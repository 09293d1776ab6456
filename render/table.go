package render

import (
	"fmt"
	"strings"
)

// A Table is a list-table.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#list-table
type Table struct {
	Caption string    // RST, one line; "" for no caption
	Options []Setting // options besides "header-rows" and "widths", in order
	Widths  string    // the value of the option "widths"; "" omits it
	Header  []Cell    // nil for no header row
	Rows    [][]Cell  // each with as many cells as the header
}

// A Setting is an option of a directive and its value.
type Setting struct{ Name, Value string }

// A Cell is the body elements of a table cell, as lines without margin.
type Cell []string

// Lines returns the lines of the table, without margin.
func (t *Table) Lines() []string {
	b := new(Block)
	b.line(0, strings.TrimRight(".. list-table:: "+t.Caption, " "))
	if t.Header != nil {
		b.line(3, ":header-rows: 1")
	}
	if t.Widths != "" {
		b.line(3, ":widths: "+t.Widths)
	}
	for _, o := range t.Options {
		b.line(3, strings.TrimRight(fmt.Sprintf(":%s: %s", o.Name, o.Value), " "))
	}
	b.line(0, "")
	if t.Header != nil {
		b.row(t.Header)
	}
	for _, r := range t.Rows {
		b.row(r)
	}
	return b.lines
}

// row appends a row: an item of a bullet list that contains a bullet list of cells.
// If the first line of a cell is indented, the cell begins on the line below its
// bullet, so that docutils does not take the indentation for the cell's margin.
func (b *Block) row(cells []Cell) {
	bullet := "* - "
	for _, c := range cells {
		if len(c) == 0 {
			c = Cell{""}
		}
		if strings.HasPrefix(c[0], " ") {
			c = append(Cell{""}, c...)
		}
		b.line(3, strings.TrimRight(bullet+c[0], " "))
		for _, l := range c[1:] {
			b.line(7, l)
		}
		bullet = "  - "
	}
}
