package check

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A row is a row of a table.
type row struct {
	header []string // the headers of the table
	cells  []cell
	text   string // the result of beginning
}

// A cell is a cell of a row.
type cell struct {
	*document
	*row
	column   int
	elements []*grammar.Element
	unread   func() // reads the elements of a csv-table's cell; nil once they are read
}

// beginning returns the start of the text of the row's cells.
func (r *row) beginning() string {
	if r.text != "" {
		return r.text
	}
	for i := 0; i < len(r.cells) && len(r.text) <= maxContext; i++ {
		own := r.cells[i].paragraphs()
		r.text += own[:min(len(own), maxContext)] + " "
	}
	return r.text
}

// table checks a table: the cells of a csv-table now, and defaults when the whole page is read.
func (d *document) table(e *grammar.Element) {
	var header []string
	column := -1
	for isHeader, entries := range e.TableRows(d.bytes) {
		r := &row{header: header, cells: make([]cell, len(entries))}
		d.readRow(r, e, entries)
		if isHeader {
			header = nil
			for i := range r.cells {
				header = append(header, r.cells[i].paragraphs())
			}
			column = defaultColumn(header)
		} else if at := column; at >= 0 && at < len(r.cells) {
			d.later = append(d.later, func() { d.defaultsIn(r.cells, at, d.sectionAbove(e)) })
		}
	}
}

// readRow fills in the cells of a row, and reads those of a csv-table.
func (d *document) readRow(r *row, table *grammar.Element, entries []grammar.Entry) {
	for i, entry := range entries {
		c := &r.cells[i]
		*c = cell{document: d, row: r, column: i, elements: entry.Children}
		if len(entry.Children) > 0 {
			d.page.cells[entry.Children[0].Parent] = c
		}
		if len(entry.Source) == 0 {
			continue
		}
		text := joinedBy("", d.bytes, entry.Source)
		c.unread = func() {
			var root *grammar.Element
			c.document, root = d.inner(cmp.Or(entry.Block, table), text)
			c.elements, c.unread = root.Children, nil
			d.page.cells[root] = c
		}
		if entry.Block != nil && strings.ContainsAny(text.text, markupCharacters) {
			for _, e := range c.children() {
				c.document.read(e)
			}
		}
	}
}

// markupCharacters are the characters of inline markup, sections, environment variables and literal
// blocks. A text without any of them has nothing to check.
const markupCharacters = "`*_|[:>"

// children returns the elements of a cell.
func (c *cell) children() []*grammar.Element {
	if c.unread != nil {
		c.unread()
	}
	return c.elements
}

// paragraphs returns the text of the paragraphs in a cell.
func (c *cell) paragraphs() string {
	var texts []string
	for _, e := range c.children() {
		if e.Kind == grammar.Paragraph {
			texts = append(texts, textOf(e))
		}
	}
	return strings.Join(texts, " ")
}

// defaultColumn returns the index of the column of defaults, the last if there are several, -1 if
// there is none.
func defaultColumn(header []string) int {
	for i, h := range slices.Backward(header) {
		if directives.IsDefaultHeader(h) && !ofVendor().MatchString(h) {
			return i
		}
	}
	return -1
}

// defaultsIn checks the default in one column of a row, for the options in the first other cell that
// names any.
func (p *page) defaultsIn(cells []cell, column int, section string) {
	for i := range cells {
		if i == column {
			continue
		}
		if options := p.optionsNamed(&cells[i], section); len(options) > 0 {
			cells[column].defaults(options)
			return
		}
	}
}

// optionsNamed returns the options that a cell names: with a section, or without one in a table about
// one section.
func (p *page) optionsNamed(c *cell, section string) (options []*catalog.Option) {
	for _, e := range c.elements { // a cell that is not read has no references
		for _, r := range p.namedIn(e) {
			if o := p.Catalog.Find(r); o != nil {
				options = append(options, o)
			}
		}
	}
	if len(options) == 0 && section != "" {
		name := strings.Trim(strings.TrimSpace(c.paragraphs()), "`*")
		if o := p.Catalog.Lookup(section, strings.ToLower(name)); o != nil {
			options = append(options, o)
		}
	}
	return options
}

// defaults checks the defaults in a cell for several options. If the cell has one part for each
// option, each part is checked for its option; otherwise the whole cell is checked for each.
func (c *cell) defaults(options []*catalog.Option) {
	elements := c.children()
	if len(elements) == 0 || elements[0].Kind != grammar.Paragraph || len(elements[0].Text) == 0 {
		return
	}
	s := c.sentences(elements[0], elements[0].Text)
	parts := separated(s.flow.text)
	isDivided := len(options) > 1 && len(parts) == len(options)
	for i, o := range options {
		at, text := s.all(), c.paragraphs()
		if isDivided {
			at = parts[i]
			text = s.in(at)
		}
		s.checkDefault(o, s.stated(text, at), at, finding.Error)
	}
}

// stated returns the default that a part of the text states.
func (s *sentences) stated(text string, at part) statedDefault {
	said := statedDefault{text: text}
	for _, in := range s.element.Inlines {
		if markup := s.partOf(in.Span); in.Kind == grammar.Literal && at.from <= markup.from && markup.to <= at.to {
			said.literals = append(said.literals, in.Text.Value)
			if markup.from == at.from {
				said.literal = in.Text.Value
			}
		}
	}
	return said
}

// defaultSeparator matches the text between the defaults of several options.
var defaultSeparator = lazyregexp.New(`(?i)[,;]?\s+(?:and|or|&|/)\s+|[,;]\s+`)

// separated splits a text at separators outside of literals.
func separated(text string) (parts []part) {
	from := 0
	for _, m := range defaultSeparator().FindAllStringIndex(text, -1) {
		if strings.Count(text[:m[0]], "``")%2 == 0 {
			parts = append(parts, part{from, m[0]})
			from = m[1]
		}
	}
	return append(parts, part{from, len(text)})
}

// sectionAbove returns the section of Airflow that the caption of a table, or the heading above it,
// names; "" if there is none.
func (p *page) sectionAbove(e *grammar.Element) string {
	if s := p.sectionIn(caption(e)); s != "" {
		return s
	}
	for up := e.Parent; up != nil; up = up.Parent {
		if up.Kind == grammar.Section && len(up.Children) > 0 {
			return p.sectionIn(textOf(up.Children[0]))
		}
	}
	return ""
}

// bracketedWord matches a word in a title that may be a section: in brackets or backquotes, or called
// one.
var bracketedWord = lazyregexp.New("\\[([\\w.]+)\\]|``([\\w.]+)``|^([\\w.]+)(?i:(?: configuration| config)? (?:section|options|settings))?$|\\b([\\w.]+) (?i:section)\\b")

// sectionIn returns the section in a title, "" if there is none.
func (p *page) sectionIn(title string) string {
	for _, m := range bracketedWord().FindAllStringSubmatch(strings.TrimSpace(title), -1) {
		for _, word := range m[1:] {
			if s := p.Catalog.Section(strings.ToLower(word)); s != nil {
				return s.Name
			}
		}
	}
	return ""
}

// defaultTrigger is the trigger for the header of a column of defaults.
var defaultTrigger = directives.Trigger{Text: "default", AnyCase: true, Fits: func(page *directives.RawPage, from, _ int) bool {
	return (page.MayContainTable() || page.MayContainTableDirective()) &&
		(headerBegins().Match(page.Source[max(0, from-maxNear):from]) || bytes.Contains(page.Source, []byte("delim")))
}}

// headerBegins matches text that is allowed before the word "default" in a header: the start of a
// cell, and an article.
var headerBegins = lazyregexp.New(`(?i)(?:^|[^ -~]|[|,:"*-]|  )\s*(?:the )?(?:current )?$`)
