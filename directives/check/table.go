package check

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// table checks the defaults that a table states, if e is one, and what the cells of a
// csv-table say.
func (p *page) table(e *grammar.Element) {
	if p.namesOnly || !e.IsTable() {
		return
	}
	column, section := -1, ""
	var cells []cell
	for isHeader, entries := range e.TableRows(p.source) {
		cells = p.cells(cells, entries)
		for i := range cells {
			p.csvCell(&cells[i])
		}
		if isHeader {
			if column = defaultColumn(texts(cells)); column >= 0 {
				section = p.sectionAbove(e)
			}
		} else if column >= 0 && column < len(cells) {
			p.row(cells, column, section)
		}
	}
}

// defaultColumn returns which of the columns of a header is that of defaults, the last if
// there are several, and -1 if there is none.
func defaultColumn(header []string) int {
	for i, h := range slices.Backward(header) {
		if directives.IsDefaultHeader(h) && !ofVendor().MatchString(h) {
			return i
		}
	}
	return -1
}

// row checks the default in one column of a row against the options that the
// cells before and after it name: the first cell that names any.
func (p *page) row(cells []cell, column int, section string) {
	c := &cells[column]
	for i := range cells {
		if i == column {
			continue
		}
		options := p.optionsNamed(&cells[i], section)
		if len(options) > 0 {
			p.cellDefaults(c, options)
			return
		}
	}
}

// optionsNamed returns the options that a cell names: by references or, where the
// table is about one section, by a name alone.
func (p *page) optionsNamed(c *cell, section string) (options []*catalog.Option) {
	for _, e := range c.elements { // a cell that was not read holds no reference
		for _, r := range c.page.referencesIn(e) {
			if o := p.Catalog.Find(catalog.Reference{Section: r.Section, Name: r.Option}); o != nil {
				options = append(options, o)
			}
		}
	}
	if len(options) == 0 && section != "" {
		name := strings.Trim(strings.TrimSpace(c.text()), "`*")
		if o := p.Catalog.Lookup(section, strings.ToLower(name)); o != nil {
			options = append(options, o)
		}
	}
	return options
}

// cellDefaults checks the defaults that a cell states for options: part by part if it has as
// many parts as there are options, else the whole for each.
func (p *page) cellDefaults(c *cell, options []*catalog.Option) {
	c.read()
	if len(c.elements) == 0 || c.elements[0].Kind != grammar.Paragraph || len(c.elements[0].Text) == 0 {
		return
	}
	e := c.elements[0]
	f := newFlow(c.page.source, e.Text)
	parts := defaultsIn(f.text)
	isDivided := len(options) > 1 && len(parts) == len(options)
	at := mention{from: e}
	if c.moved != nil {
		at.from = c.place.block
	}
	for i, o := range options {
		place, text := part{0, len(f.text)}, c.text()
		if isDivided {
			place = parts[i]
			text = f.text[place.from:place.to]
		}
		said, span := statedDefault{text: text}, f.span(place.from, place.to)
		for _, in := range e.Inlines {
			if in.Kind == grammar.Literal && span.Contains(in.Span) {
				said.literals = append(said.literals, in.Text.Value)
				if in.Span.Start == span.Start && said.literal == "" {
					said.literal = in.Text.Value
				}
			}
		}
		if c.moved != nil {
			span = c.moved.span(span.Start, span.End)
		}
		p.checkDefault(o, said, grammar.Text{Span: span, Value: f.text[place.from:place.to]}, at, finding.Error)
	}
}

// defaultSeparator finds what stands between the defaults of several options.
var defaultSeparator = lazyregexp.New(`(?i)[,;]?\s+(?:and|or|&|/)\s+|[,;]\s+`)

// defaultsIn returns where the parts of a text stand that separators divide outside of literals.
func defaultsIn(text string) (parts []part) {
	from := 0
	for _, m := range defaultSeparator().FindAllStringIndex(text, -1) {
		if strings.Count(text[:m[0]], "``")%2 == 0 {
			parts = append(parts, part{from, m[0]})
			from = m[1]
		}
	}
	return append(parts, part{from, len(text)})
}

// sectionAbove returns the section of Airflow's configuration that the caption of
// a table or the heading above it names, "" if none.
func (p *page) sectionAbove(e *grammar.Element) string {
	if s := p.sectionIn(p.caption(e)); s != "" {
		return s
	}
	for up := e.Parent; up != nil; up = up.Parent {
		if up.Kind == grammar.Section && len(up.Children) > 0 {
			return p.sectionIn(p.textOf(up.Children[0]))
		}
	}
	return ""
}

// bracketedWord finds a word between brackets or backquotes.
var bracketedWord = lazyregexp.New("\\[([\\w.]+)\\]|``([\\w.]+)``|^([\\w.]+)(?i:(?: configuration| config)? (?:section|options|settings))?$|\\b([\\w.]+) (?i:section)\\b")

// sectionIn returns the section that a title names, "" if it names none.
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

// defaultTrigger is the trigger of the header of a column of defaults.
var defaultTrigger = directives.Trigger{Text: "default", AnyCase: true, Fits: func(page *directives.RawPage, from, to int) bool {
	before := page.Source[:from]
	switch {
	case !mayEndHeader(page.Source[to:]):
		return false
	case page.MayHoldTable() && mayBeginDrawnCell(before):
		return true
	}
	return page.MayHoldTableDirective() && (mayBeginCell(before) || bytes.Contains(page.Source, []byte("delim")))
}}

// mayEndHeader reports whether text may stand behind "default" in a header.
func mayEndHeader(text []byte) bool {
	text = bytes.TrimLeft(text, "sS")
	if len(text) > 1 && text[0] == ' ' {
		text = text[1:]
		if strings.IndexByte("vVsS", text[0]) >= 0 { // "values" or "settings"
			return true
		}
	}
	return len(text) == 0 || text[0] >= utf8.RuneSelf || !isWordByte(text[0])
}

// mayBeginDrawnCell reports whether text may stand before "default" in a header of a grid
// table or a simple table: two blanks or a border.
func mayBeginDrawnCell(text []byte) bool {
	text = withoutArticle(text)
	before := bytes.TrimRightFunc(text, grammar.IsSpace)
	gap := text[len(before):]
	return len(before) == 0 || len(gap) > 1 || string(gap) == "\n" || before[len(before)-1] == '|'
}

// withoutArticle returns text less words that may stand before "default" in a header.
func withoutArticle(text []byte) []byte {
	for _, word := range []string{"current ", "the "} {
		if from := len(text) - len(word); from >= 0 && bytes.EqualFold(text[from:], []byte(word)) {
			text = text[:from]
		}
	}
	return text
}

// mayBeginCell reports whether text may stand before "default" in a header of a list-table
// or a csv-table.
func mayBeginCell(text []byte) bool {
	text = withoutArticle(text)
	for i := len(text) - 1; i >= 0; i-- {
		switch c := text[i]; {
		case c < ' ' || c >= utf8.RuneSelf || strings.IndexByte(`,:"`, c) >= 0:
			return true
		case isWordByte(c):
			return false
		}
	}
	return true
}
