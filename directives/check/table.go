package check

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
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

// defaultHeader matches the header of a column of defaults.
var defaultHeader = regexp.MustCompile(`(?i)^\W*(?:the )?(?:current )?defaults?(?: values?| settings?)?(?: \(.*\))?\W*$`)

// table checks the defaults that a table claims, if e is one.
func (p *page) table(e *grammar.Element) {
	if p.namesOnly {
		return
	}
	g, ok := p.gridOf(e)
	if !ok {
		return
	}
	column := -1
	for i, h := range g.header {
		if defaultHeader.MatchString(h) {
			column = i
		}
	}
	if column < 0 {
		return
	}
	section := p.sectionAbove(e)
	for _, row := range g.rows {
		if column < len(row) {
			p.row(row, column, section)
		}
	}
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
		if names, err := csv.NewReader(strings.NewReader(header)).Read(); err == nil {
			g.header = names
		}
	}
	for _, block := range e.Children {
		if block.Kind == grammar.LiteralBlock {
			p.csvRows(&g, block, headerRows(e))
		}
	}
	return g
}

// csvRows adds the rows of a csv-table's content to g, of which head are its head.
func (p *page) csvRows(g *grid, block *grammar.Element, head int) {
	text := &flow{lines: block.Text, starts: make([]int, len(block.Text)), source: p.source}
	var b strings.Builder
	for i, line := range block.Text {
		text.starts[i] = b.Len()
		b.WriteString(line.Value + "\n")
	}
	text.text = b.String()
	r := csv.NewReader(strings.NewReader(text.text))
	r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = -1, true, true
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

// row judges the default in one column of a row against the options that the
// cells before and after it name: the first cell that names any.
func (p *page) row(cells []cell, column int, section string) {
	c := &cells[column]
	for i := range cells {
		if i == column {
			continue
		}
		options := p.optionsNamed(&cells[i], section)
		for _, o := range options {
			p.cellClaim(c, o)
		}
		if len(options) > 0 {
			return
		}
	}
}

// optionsNamed returns the options that a cell names: by references or, where the
// table is about one section, by a name alone.
func (p *page) optionsNamed(c *cell, section string) (options []*catalog.Option) {
	for _, e := range c.elements {
		inner := p.Checker.page(c.page.source)
		inner.namesOnly = true
		inner.body(e)
		for _, r := range inner.references {
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

// cellClaim judges the default that a cell claims for an option.
func (p *page) cellClaim(c *cell, o *catalog.Option) {
	if len(c.elements) == 0 || c.elements[0].Kind != grammar.Paragraph || len(c.elements[0].Text) == 0 {
		return
	}
	e := c.elements[0]
	said := claim{text: c.text()}
	for _, in := range e.Inlines {
		if in.Kind == grammar.Literal {
			said.literals = append(said.literals, in.Text.Value)
			if in.Span.Start == e.Text[0].Start && said.literal == "" {
				said.literal, said.isLiteral = in.Text.Value, true
			}
		}
	}
	p.claim(o, said, grammar.Text{Span: c.span(e), Value: c.page.textOf(e)}, grammar.Error)
}

// claim judges what a text says the default of an option is.
func (p *page) claim(o *catalog.Option, said claim, at grammar.Text, severity grammar.Severity) {
	r := Reference{Span: at.Span, Kind: Default, Text: at.Value, Section: o.Section, Option: o.Name, Status: StatusOK}
	if !said.fits(o, p.effective(o), p.unitOf(o)) {
		r.Status = directives.WrongDefault
		p.report(p.wrongDefault(o, said), grammar.Diagnostic{Span: at.Span, Suggestion: p.rightDefault(o, said)})
		p.findings[len(p.findings)-1].Severity = severity
	}
	p.references = append(p.references, r)
}

// wrongDefault returns the verdict on a claim that does not fit.
func (p *page) wrongDefault(o *catalog.Option, said claim) verdict {
	v := verdict{rule: directives.WrongDefault, about: o.Reference, declared: o.Declared}
	claimed := shorten(plainClaim(said.text))
	value, ok := o.ShownDefault()
	switch {
	case !ok:
		v.message = fmt.Sprintf("the data has no default of %s, so it is not %s", o, claimed)
		v.help = fmt.Sprintf("if the code uses that value, write into windsock.yaml:\neffective:\n  %q: %s", o.String(), strconv.Quote(said.text))
		if said.isLiteral {
			v.help = fmt.Sprintf("if the code uses that value, write into windsock.yaml:\neffective:\n  %q: %s", o.String(), strconv.Quote(said.literal))
		}
	case value == "":
		v.message = fmt.Sprintf("the default of %s is empty, not %s", o, claimed)
	case isNumber(value) && same(number.FindString(plainClaim(said.text)), value):
		v.message = fmt.Sprintf("the default of %s is %s, which is not %s", o, value, claimed)
	default:
		v.message = fmt.Sprintf("the default of %s is %s, not %s", o, shorten(value), claimed)
	}
	return v
}

// shorten returns a text as messages show it, short and on one line.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return s
}

// rightDefault returns the RST to write in the place of a claim that does not fit,
// in the manner of that claim.
func (p *page) rightDefault(o *catalog.Option, said claim) string {
	value, ok := o.ShownDefault()
	switch {
	case !ok:
		return "None"
	case strings.ContainsAny(value, "\n\r"):
		return ""
	case value == "":
		return "``''``"
	case isNumber(value) && !said.isLiteral:
		return quantityLike(plainClaim(said.text), value, p.unitOf(o))
	case isBoolean(value) && !said.isLiteral:
		return value
	}
	lines, _ := render.Literal(value)
	return strings.Join(lines, " ")
}

// quantityLike writes a number as a claim does: with its unit, if both the unit and
// a unit in the claim are known.
func quantityLike(claimed, value, unit string) string {
	if u, ok := units[unit]; !ok || u.kind != "time" {
		return value
	}
	if !strings.HasSuffix(unit, "s") {
		unit += "s"
	}
	m := leading.FindStringSubmatch(claimed)
	switch {
	case m == nil:
		return value
	case m[2] != "":
		return render.Quantity(value, unit, render.LongDuration)
	case m[3] != "":
		return render.Quantity(value, unit, render.ShortDuration)
	}
	return value
}

// effective returns the value that the code uses where the data has no default.
func (c *Checker) effective(o *catalog.Option) string {
	if note := c.Catalog.Annotations.Effective.Of(o.Reference); note != nil {
		return note.Value
	}
	return ""
}

// unitWord finds the units of time that a description speaks of.
var unitWord = regexp.MustCompile(`(?i)\b(milliseconds?|seconds?|secs?|minutes?|hours?|days?)\b`)

// unitOf returns the unit of an option's value: the one that the annotations or
// its name give it or, if there is but one, the one that its description speaks
// of. It is "" if none is known.
func (c *Checker) unitOf(o *catalog.Option) string {
	if note := c.Catalog.Annotations.Units.Of(o.Reference); note != nil {
		return note.Value
	}
	if _, last, ok := cutLast(o.Name, "_"); ok {
		if u, ok := units[last]; ok && u.kind == "time" && len(last) > 1 {
			return last
		}
	}
	found := ""
	for _, word := range unitWord.FindAllString(o.Description, -1) {
		if found != "" && units[strings.ToLower(word)] != units[found] {
			return ""
		}
		found = strings.ToLower(word)
	}
	return found
}

// cutLast cuts a text around the last separator in it.
func cutLast(s, separator string) (before, after string, ok bool) {
	i := strings.LastIndex(s, separator)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(separator):], true
}

// sectionAbove returns the section of Airflow's configuration that the caption of
// a table or the heading above it names, "" if none.
func (p *page) sectionAbove(e *grammar.Element) string {
	for _, child := range e.Children {
		if child.Kind == grammar.Caption {
			if s := p.sectionIn(p.textOf(child)); s != "" {
				return s
			}
		}
	}
	for up := e.Parent; up != nil; up = up.Parent {
		if up.Kind == grammar.Section && len(up.Children) > 0 {
			return p.sectionIn(p.textOf(up.Children[0]))
		}
	}
	return ""
}

// bracketedWord finds a word between brackets or backquotes.
var bracketedWord = regexp.MustCompile("\\[([\\w.]+)\\]|``([\\w.]+)``|^([\\w.]+)(?i:(?: configuration| config)? (?:section|options|settings))?$|\\b([\\w.]+) (?i:section)\\b")

// sectionIn returns the section that a title names, "" if it names none.
func (p *page) sectionIn(title string) string {
	for _, m := range bracketedWord.FindAllStringSubmatch(strings.TrimSpace(title), -1) {
		for _, word := range m[1:] {
			if s := p.Catalog.Section(strings.ToLower(word)); s != nil {
				return s.Name
			}
		}
	}
	return ""
}
