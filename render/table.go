package render

import (
	"fmt"
	"strings"
)

// A Table is a list-table.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#list-table
type Table struct {
	Caption string    // RST, one line; "" for none
	Options []Setting // further options, in the order they are written
	Widths  string    // the value of the option "widths"; "" for none
	Header  []Cell    // the header row; none: no header row
	Rows    [][]Cell  // as many cells each as the header has
}

// A Setting is an option of a directive and its value.
type Setting struct{ Name, Value string }

// A Cell is the lines of a table cell's body elements, without margin.
type Cell []string

// Lines returns the table as the lines of a body element.
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

// row adds one row of a list-table: an item of a bullet list whose body is
// a bullet list of cells. A cell that begins with an indented line begins below its
// bullet, where that line does not set the margin of the others.
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
