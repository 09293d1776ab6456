package check

import (
	"strings"

	"windsock/grammar"
)

// A cell is a cell of a table.
type cell struct {
	elements []*grammar.Element
	page     *page  // the page that the elements' spans are of
	moved    *flow  // where that page's text stands in the source, nil if it is the source
	unread   string // what the elements are to be read from, "" if they are there
	place    csvPlace
}

// A csvPlace says of which column of which csv-table's content in which page a cell is.
type csvPlace struct {
	page   *page
	block  *grammar.Element
	column int
	row    string // the beginning of what the cells of its row say
}

// cells returns the cells of a row of a table, in the memory of those of another row.
func (p *page) cells(cells []cell, entries []grammar.Entry) []cell {
	cells = cells[:0]
	row := ""
	for i, e := range entries {
		if len(e.Source) == 0 {
			cells = append(cells, cell{elements: e.Children, page: p})
			continue
		}
		text := joinedBy("", p.source, e.Source)
		if len(row) < maxContext {
			row += text.text[:min(len(text.text), maxContext)] + " "
		}
		cells = append(cells, cell{page: p, moved: text, unread: text.text, place: csvPlace{page: p, block: e.Block, column: i}})
	}
	for i := range cells {
		cells[i].place.row = row
	}
	return cells
}

// csvCell checks a cell of a csv-table's content, which is RST of its own.
func (p *page) csvCell(c *cell) {
	if c.place.block == nil || !strings.ContainsAny(c.unread, telling) {
		return
	}
	c.read()
	for _, e := range c.elements {
		c.page.read(e)
	}
	p.take(c.page, c.moved, c.place.block)
}

// telling are the characters without which text holds nothing that is checked: those of
// inline markup, of sections, of environment variables, and of blocks that are no RST.
const telling = "`*_|[:>"

// read reads the elements of a cell of a csv-table, if it was not read yet.
func (c *cell) read() {
	if c.unread == "" {
		return
	}
	in := c.page.Checker.page([]byte(c.unread))
	in.keeps, in.namesOnly, in.cellOf = c.page.keeps, c.page.namesOnly, c.place
	c.elements, c.page, c.unread = c.page.Reader().Read(in.source).Root.Children, in, ""
}

// text returns the text of a cell's paragraphs.
func (c *cell) text() string {
	c.read()
	var texts []string
	for _, e := range c.elements {
		if e.Kind == grammar.Paragraph {
			texts = append(texts, c.page.textOf(e))
		}
	}
	return strings.Join(texts, " ")
}

// texts returns the texts of the cells of a row.
func texts(cells []cell) []string {
	texts := make([]string, len(cells))
	for i := range cells {
		texts[i] = cells[i].text()
	}
	return texts
}
