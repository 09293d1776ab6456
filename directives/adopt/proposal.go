package adopt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A proposal is the search for the directive that reads as a table does.
type proposal struct {
	*Adopter
	page        directives.Page
	lines       *grammar.Lines // of the page
	table       *table
	option, env int // the columns that name the options, -1 for none
	rows        []row
	data        [][]cell // of the rows about an option: the cells of dataColumns, then the description
}

// durations are the values of ":duration:" that a draft tries, the first as the
// directive has it of itself.
var durations = []string{"", "short", "off"}

// make returns the directive that reads as the table does, or why there is none.
func (p *proposal) make() (*draft, string) {
	if problem := p.unfit(); problem != "" {
		return nil, problem
	}
	if problem := p.readData(); problem != "" {
		return nil, problem
	}
	columns, problem := p.columns()
	if problem != "" {
		return nil, problem
	}
	d, problem := p.best(columns)
	if problem != "" {
		return nil, problem
	}
	shown, problem := p.expand(d)
	if problem != "" {
		return nil, problem
	}
	return d, p.say(compare(p.table, shown))
}

// unfit says why a table is none that a directive can stand for, "" if it may be.
func (p *proposal) unfit() string {
	about := 0
	for _, r := range p.rows {
		if !r.isText {
			about++
		}
	}
	switch {
	case p.table.heads() != 1:
		return fmt.Sprintf("it has %d header rows, and a directive's table has one", p.table.heads())
	case 2*about < len(p.rows):
		return fmt.Sprintf("only %d of its %d rows are about an option", about, len(p.rows))
	}
	for _, c := range p.table.rows[0] {
		if !c.single && len(c.blocks) > 0 {
			return fmt.Sprintf("line %d: a header is more than one paragraph", p.lineOf(&c))
		}
	}
	for _, s := range p.table.settings {
		if !slices.Contains(kept, s.name) && s.name != "header-rows" {
			return fmt.Sprintf("a directive's table has no option %q", s.name)
		}
	}
	return ""
}

// kept are the options of a list-table that a directive takes too.
var kept = []string{"widths", "name", "class", "align", "width", "stub-columns"}

// best returns the draft with those columns that leaves most to the data, or why
// none reads as the table does.
func (p *proposal) best(columns []string) (*draft, string) {
	var found *draft
	var reason string
	least := 0
	for _, duration := range durations {
		d := &draft{columns: columns, header: p.header(), duration: duration, settings: p.settings()}
		written, problem := p.fill(d)
		reason = cmp.Or(reason, problem)
		if problem == "" && (found == nil || written < least) {
			found, least = d, written
		}
		if found != nil && least == 0 {
			break
		}
	}
	if found != nil {
		return found, ""
	}
	return nil, reason
}

// settings returns the options of the table as the directive takes them.
func (p *proposal) settings() []setting {
	var settings []setting
	if p.table.caption != "" {
		settings = append(settings, setting{"caption", p.table.caption})
	}
	for _, s := range p.table.settings {
		if s.name != "header-rows" {
			settings = append(settings, s)
		}
	}
	return settings
}

// fill finds the items of a draft. It returns how many defaults the author has to
// write although the data has them, or why a row cannot be an item.
func (p *proposal) fill(d *draft) (written int, reason string) {
	n := 0
	for i := range p.rows {
		r := &p.rows[i]
		var known *cell
		if r.about != nil {
			known = &p.data[n][len(dataColumns)]
			n++
		}
		it, problem := p.item(d, r, known)
		if problem != "" {
			return 0, problem
		}
		if _, declared := valueOf(r.about); declared && len(it.value) > 0 {
			written++
		}
		d.items = append(d.items, it)
	}
	return written, ""
}

// item finds the item that reads as a row does: that which leaves most to the
// data. known is the description that the data has, nil for a row of free text.
// Where there is none, the reason is how the first differs.
func (p *proposal) item(d *draft, r *row, known *cell) (item, string) {
	if r.head == "" {
		return item{}, fmt.Sprintf("line %d: the row names neither an option nor, in a column of options, anything else", p.lineOf(&r.cells[0]))
	}
	plain := item{head: r.head}
	if i := slices.Index(d.columns, "description"); i >= 0 && (known == nil || !slices.Equal(known.blocks, r.cells[i].blocks)) {
		plain.body = r.cells[i].lines
	}
	said := &r.cells[slices.Index(d.columns, "default")]
	reason := ""
	for _, it := range candidates(plain, said, r.isText) {
		one := draft{columns: d.columns, header: headersOf(d.columns), duration: d.duration, items: []item{it}}
		shown, problem := p.expand(&one)
		if problem == "" {
			if problem = p.say(compareRows(r.cells, shown.rows[1])); problem == "" {
				return it, ""
			}
		} else {
			problem = fmt.Sprintf("line %d: %s", p.lineOf(&r.cells[0]), problem)
		}
		reason = cmp.Or(reason, problem)
	}
	return item{}, reason
}

// candidates returns the items that may read as a row does, those first that leave
// most to the data. said is the default that the row claims.
func candidates(plain item, said *cell, isText bool) []item {
	var all []item
	if !isText {
		all = append(all, plain)
		for _, u := range unitsIn(said.text()) {
			it := plain
			it.unit = u
			all = append(all, it)
		}
	}
	written := plain
	for _, l := range said.lines {
		written.value = append(written.value, strings.TrimSpace(l))
	}
	return append(all, written)
}

// expand expands a draft, by itself, and returns the table that it becomes, or why
// it becomes none.
func (p *proposal) expand(d *draft) (*table, string) {
	source := []byte(strings.Join(d.lines(), "\n") + "\n")
	e := p.Expander
	r := e.Expand(directives.Page{Path: p.page.Path, Source: source}, e.Reader().Read(source))
	if r.Blocked {
		return nil, blocking(r.Diagnostics)
	}
	tables := p.tables(r.Output)
	if len(tables) != 1 || tables[0].problem != "" || len(tables[0].body()) != len(d.items) {
		return nil, "what it becomes is not one table"
	}
	return tables[0], ""
}

// blocking returns the first message that makes an expansion impossible.
func blocking(diagnostics []finding.Finding) string {
	for _, d := range diagnostics {
		if d.Severity == finding.Error {
			return d.Message
		}
	}
	return "it cannot be expanded"
}

// lineOf returns the line of the page at which a cell of the table begins.
func (p *proposal) lineOf(c *cell) int {
	return p.lines.Number(p.table.directive.Content[c.line].Start)
}

// say puts a difference between the table and what a directive becomes into words.
func (p *proposal) say(d *difference) string {
	switch {
	case d == nil:
		return ""
	case d.cell != nil && d.is == "":
		return fmt.Sprintf("line %d: the directive would not show %s", p.lineOf(d.cell), quote(d.was))
	case d.cell != nil && d.was == "":
		return fmt.Sprintf("line %d: the directive would show %s in the empty cell", p.lineOf(d.cell), quote(d.is))
	case d.cell != nil:
		was, is := apart(d.was, d.is)
		return fmt.Sprintf("line %d: the directive would show %s, not %s", p.lineOf(d.cell), quote(is), quote(was))
	case d.was == d.is:
		return d.what
	}
	return fmt.Sprintf("%s would be %s, not %s", d.what, quote(d.is), quote(d.was))
}
