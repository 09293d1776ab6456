package check

import (
	"encoding/csv"
	"strconv"
	"strings"
	"unicode/utf8"

	"windsock/grammar"
)

// A grid is a table: its rows, each of which holds cells.
type grid struct {
	header []string // the text of the last row of the head
	rows   [][]cell
}

// A cell holds the paragraphs of a cell of a table, and other elements.
type cell struct {
	elements []*grammar.Element
	page     *page // the page that the elements' spans are of
	moved    *flow // where that page's text stands in the source, nil if it is the source
}

// gridOf returns the table that an element is: a grid table or a simple table, a
// list-table, a csv-table.
func (p *page) gridOf(e *grammar.Element) (grid, bool) {
	switch {
	case e.Kind == grammar.Table:
		return p.drawn(e), true
	case e.Kind == grammar.DirectiveBlock && e.Directive != nil && e.Name.Value == "list-table":
		return p.listTable(e), true
	case e.Kind == grammar.DirectiveBlock && e.Directive != nil && e.Name.Value == "csv-table":
		return p.csvTable(e), true
	}
	return grid{}, false
}

// drawn returns a grid table or a simple table.
func (p *page) drawn(e *grammar.Element) (g grid) {
	for _, row := range e.Children {
		var cells []cell
		for _, c := range row.Children {
			cells = append(cells, cell{elements: c.Children, page: p})
		}
		g.add(cells, row.Header)
	}
	return g
}

// listTable returns a list-table: a list of lists.
func (p *page) listTable(e *grammar.Element) (g grid) {
	head := headerRows(e)
	for _, list := range e.Children {
		if list.Kind != grammar.BulletList {
			continue
		}
		for i, row := range list.Children {
			var cells []cell
			for _, inner := range row.Children {
				if inner.Kind == grammar.BulletList {
					for _, c := range inner.Children {
						cells = append(cells, cell{elements: c.Children, page: p})
					}
				}
			}
			g.add(cells, i < head)
		}
	}
	return g
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

// csvTable returns a csv-table, of which each cell is RST of its own.
func (p *page) csvTable(e *grammar.Element) (g grid) {
	if header := optionOf(e, "header"); header != "" {
		if names, err := csvReader(header, ',').Read(); err == nil {
			g.header = names
		}
	}
	for _, block := range e.Children {
		if block.Kind == grammar.LiteralBlock {
			p.csvRows(&g, block, headerRows(e), delimiter(e))
		}
	}
	return g
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

// csvRows adds the rows of a csv-table's content to g, of which head are its head.
func (p *page) csvRows(g *grid, block *grammar.Element, head int, delimiter rune) {
	text := &flow{lines: block.Text, starts: make([]int, len(block.Text)), source: p.source}
	var b strings.Builder
	for i, line := range block.Text {
		text.starts[i] = b.Len()
		b.WriteString(line.Value + "\n")
	}
	text.text = b.String()
	r := csvReader(text.text, delimiter)
	for n := 0; ; n++ {
		fields, err := r.Read()
		if err != nil {
			return
		}
		cells := make([]cell, len(fields))
		for i, field := range fields {
			line, column := r.FieldPos(i)
			cells[i] = p.csvCell(text, field, text.starts[line-1]+column-1)
		}
		g.add(cells, n < head)
	}
}

// csvCell reads one cell of a csv-table, which stands at offset at of the text.
func (p *page) csvCell(text *flow, field string, at int) cell {
	if strings.HasPrefix(text.text[at:], `"`) {
		at++
	}
	if !strings.HasPrefix(text.text[at:], field) {
		return cell{page: p} // quotes within quotes: what stands where cannot be said
	}
	in := p.Checker.page([]byte(field))
	in.keeps = p.keeps
	root := p.Reader().ReadAll(in.source).Root
	moved := &flow{lines: []grammar.Text{{Span: text.span(at, at+len(field)), Value: field}}, starts: []int{0}, source: p.source}
	c := cell{elements: root.Children, page: in, moved: moved}
	in.body(root)
	p.take(in, moved)
	return c
}

// add adds a row to a table, or to its head.
func (g *grid) add(cells []cell, isHead bool) {
	if !isHead {
		g.rows = append(g.rows, cells)
		return
	}
	g.header = g.header[:0]
	for i := range cells {
		g.header = append(g.header, cells[i].text())
	}
}

// text returns the text of a cell's paragraphs.
func (c *cell) text() string {
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
