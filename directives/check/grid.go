package check

import (
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"

	"windsock/grammar"
)

// A cell holds the paragraphs of a cell of a table, and other elements.
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
	row    []string // what the cells of its row say
}

// A grid is told a table: the texts of its header, which is the last of the head's rows,
// and the cells of each row of the body. They are not to be kept: all of a table take many
// times its size.
type grid struct {
	*page
	header func(names []string)
	row    func(cells []cell)
}

// isTable reports whether an element is a table: a grid table or a simple table, a
// list-table, a csv-table.
func isTable(e *grammar.Element) bool {
	return e.Kind == grammar.Table || e.Kind == grammar.DirectiveBlock && e.Directive != nil &&
		(e.Name.Value == "list-table" || e.Name.Value == "csv-table")
}

// read reads a table.
func (g *grid) read(e *grammar.Element) {
	switch {
	case e.Kind == grammar.Table:
		g.drawn(e)
	case e.Name.Value == "list-table":
		g.listTable(e)
	default:
		g.csvTable(e)
	}
}

// add tells of a row, of which the cells may be overwritten by the next.
func (g *grid) add(cells []cell, isHead bool) {
	if !isHead {
		g.row(cells)
		return
	}
	names := make([]string, len(cells))
	for i := range cells {
		names[i] = cells[i].text()
	}
	g.header(names)
}

// drawn reads a grid table or a simple table.
func (g *grid) drawn(e *grammar.Element) {
	var cells []cell
	for _, row := range e.Children {
		cells = cells[:0]
		for _, c := range row.Children {
			cells = append(cells, cell{elements: c.Children, page: g.page})
		}
		g.add(cells, row.Header)
	}
}

// listTable reads a list-table: a list of lists.
func (g *grid) listTable(e *grammar.Element) {
	head := headerRows(e)
	var cells []cell
	for _, list := range e.Children {
		if list.Kind != grammar.BulletList {
			continue
		}
		for i, row := range list.Children {
			cells = cells[:0]
			for _, inner := range row.Children {
				if inner.Kind == grammar.BulletList {
					for _, c := range inner.Children {
						cells = append(cells, cell{elements: c.Children, page: g.page})
					}
				}
			}
			g.add(cells, i < head)
		}
	}
}

// headerRows returns how many rows of a table the directive says are its head.
func headerRows(e *grammar.Element) int {
	n, _ := strconv.Atoi(strings.TrimSpace(optionOf(e, "header-rows")))
	return n
}

// optionOf returns the value of an option of a directive.
func optionOf(e *grammar.Element, name string) string {
	for _, o := range e.Directive.Options {
		if strings.EqualFold(o.Name.Value, name) {
			return joinLines(o.Value)
		}
	}
	return ""
}

// csvTable reads a csv-table, of which each cell is RST of its own.
func (g *grid) csvTable(e *grammar.Element) {
	if header := optionOf(e, "header"); header != "" {
		if names, err := csvReader(header, ',').Read(); err == nil {
			g.header(names)
		}
	}
	for _, block := range e.Children {
		if block.Kind == grammar.LiteralBlock {
			g.csvRows(block, headerRows(e), delimiter(e))
		}
	}
}

// delimiter returns the character that stands between the cells of a csv-table's
// content. Those of its option "header" always have a comma between them.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func delimiter(e *grammar.Element) rune {
	if value := optionOf(e, "delim"); utf8.RuneCountInString(value) == 1 {
		return firstRune(value)
	}
	return ','
}

// csvReader reads comma-separated values as docutils does: cells are told by the
// delimiter, and blanks before them are none of theirs.
func csvReader(text string, delimiter rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = delimiter, -1, true, true
	return r
}

// csvRows reads the rows of a csv-table's content, of which head are its head.
func (g *grid) csvRows(block *grammar.Element, head int, delimiter rune) {
	text := &flow{lines: block.Text, starts: make([]int, len(block.Text)), source: g.source}
	var b strings.Builder
	b.Grow(lengthOf(block.Text))
	for i, line := range block.Text {
		text.starts[i] = b.Len()
		b.WriteString(line.Value)
		b.WriteByte('\n')
	}
	text.text = b.String()
	r := csvReader(text.text, delimiter)
	var cells []cell
	for n := 0; ; n++ {
		fields, err := r.Read()
		if err != nil {
			return
		}
		cells = cells[:0]
		for i, field := range fields {
			line, column := r.FieldPos(i)
			cells = append(cells, g.csvCell(text, field, text.starts[line-1]+column-1, csvPlace{g.page, block, i, fields}))
		}
		g.add(cells, n < head)
	}
}

// csvCell checks one cell of a csv-table, which stands at offset at of the text.
func (p *page) csvCell(text *flow, field string, at int, place csvPlace) cell {
	if strings.HasPrefix(text.text[at:], `"`) {
		at++
	}
	if !strings.HasPrefix(text.text[at:], field) {
		return cell{page: p} // quotes within quotes: what stands where cannot be said
	}
	moved := &flow{lines: []grammar.Text{{Span: text.span(at, at+len(field)), Value: field}}, starts: []int{0}, source: p.source}
	c := cell{page: p, moved: moved, unread: field, place: place}
	if strings.ContainsAny(field, telling) {
		c.read()
		for _, e := range c.elements {
			c.page.body(e)
		}
		p.take(c.page, moved, place.block)
	}
	return c
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
	c.elements, c.page, c.unread = c.page.Reader().ReadAll(in.source).Root.Children, in, ""
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

// span returns the span in the source of an element's text.
func (c *cell) span(e *grammar.Element) grammar.Span {
	s := grammar.Span{Start: e.Text[0].Start, End: e.Text[len(e.Text)-1].End}
	if c.moved != nil {
		s = c.moved.span(s.Start, s.End)
	}
	return s
}
