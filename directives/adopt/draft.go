package adopt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
)

// A draft is an airflow-config-default directive that may stand for a table.
type draft struct {
	columns  []directives.Column // with the table's headers
	duration string              // "" for the long form
	options  []string            // the further options
	items    []item
}

// An item is one item of a draft.
type item struct {
	head  string
	unit  string   // "" for none
	value []string // the lines of ":default:", none to show the data's
	body  []string // the description, none to show the data's
}

// draft returns the directive that reads as a table does and leaves most to the data, or
// why there is none.
func (p *page) draft(t *table) (best *draft, reason string) {
	columns, reason := p.columns(t)
	if reason != "" {
		return nil, reason
	}
	for _, duration := range []string{"", "short", "off"} {
		d := &draft{columns: columns, duration: duration}
		why := p.fill(d, t)
		reason = cmp.Or(reason, why)
		if why == "" && (best == nil || d.written() < best.written()) {
			best = d
		}
	}
	if best == nil {
		return nil, reason
	}
	if best.options = t.options; t.caption != "" {
		best.options = append([]string{":caption: " + t.caption}, t.options...)
	}
	shown, reason := p.expandDraft(best)
	if reason == "" && shown.reading() != t.reading() {
		reason = cmp.Or(compareRows(t.rows[0], shown.rows[0]), "the directive's table would have other options")
	}
	return best, reason
}

// columns returns the columns of the directive that may stand for a table, or why no
// directive has such columns.
func (p *page) columns(t *table) (columns []directives.Column, reason string) {
	for i, header := range t.rows[0] {
		name := p.columnName(t, i)
		for n, c := range columns {
			if c.Name == name {
				return nil, fmt.Sprintf("no directive has two columns of the kind %s, as %s and %s would be", name, quote(t.rows[0][n].reading()), quote(header.reading()))
			}
		}
		columns = append(columns, directives.Column{Name: name, Header: header.text})
	}
	return columns, ""
}

// columnName returns which of the directive's columns a column of a table may be: headers
// tell of the default and of data, cells of names of options.
func (p *page) columnName(t *table, column int) string {
	header := t.rows[0][column].text
	if directives.IsDefaultHeader(header) {
		return "default"
	}
	for _, c := range directives.Columns() {
		if strings.EqualFold(c.Header, strings.Trim(header, "*: ")) && c.Name != "option" && c.Name != "env-var" {
			return c.Name
		}
	}
	name := "description"
	for _, cells := range t.rows[1:] {
		if _, ok := p.names(&cells[column]); ok && !isEnv(&cells[column]) {
			return "option"
		} else if ok {
			name = "env-var"
		}
	}
	return name
}

// index returns which column has that name, -1 if none.
func (d *draft) index(name string) int {
	return slices.IndexFunc(d.columns, func(c directives.Column) bool { return c.Name == name })
}

// fill finds the items of a draft, one for each row below the head. It returns why a row
// cannot be one.
func (p *page) fill(d *draft, t *table) string {
	options := 0
	for _, cells := range t.rows[1:] {
		head, isOption := p.head(d, cells)
		if head == "" {
			return fmt.Sprintf("line %d: the row names neither an option nor, in a column of options, anything else", cells[0].line)
		}
		if isOption {
			options++
		}
		it, reason := p.item(d, head, isOption, cells)
		if reason != "" {
			return reason
		}
		d.items = append(d.items, it)
	}
	if 2*options < len(d.items) {
		return fmt.Sprintf("only %d of its %d rows are about an option", options, len(d.items))
	}
	return ""
}

// head returns what the item of a row begins with, and whether that is an option.
func (p *page) head(d *draft, cells []cell) (head string, isOption bool) {
	option := d.index("option")
	for _, column := range []int{option, d.index("env-var")} {
		if column >= 0 {
			if r, ok := p.names(&cells[column]); ok {
				return r.String(), true
			}
		}
	}
	if option < 0 {
		return "", false
	}
	return cells[option].text, false
}

// item returns the item that reads as a row does and leaves most to the data. Where there
// is none, the reason is how the first differs.
func (p *page) item(d *draft, head string, isOption bool, cells []cell) (found item, reason string) {
	try := func(it item) ([]cell, string) {
		one := &draft{columns: d.columns, duration: d.duration, items: []item{it}}
		shown, reason := p.expandDraft(one)
		if reason != "" {
			return nil, fmt.Sprintf("line %d: %s", cells[0].line, reason)
		}
		return shown.rows[1], compareRows(cells, shown.rows[1])
	}
	plain := item{head: head}
	if i := d.index("description"); i >= 0 {
		if shown, _ := try(plain); shown == nil || shown[i].reading() != cells[i].reading() {
			plain.body = cells[i].lines
		}
	}
	for _, it := range candidates(plain, isOption, cells[d.index("default")]) {
		_, why := try(it)
		if why == "" {
			return it, ""
		}
		reason = cmp.Or(reason, why)
	}
	return item{}, reason
}

// candidates returns the items that may read as a row does, those first that leave
// most to the data. value is the default in the row.
func candidates(plain item, isOption bool, value cell) (all []item) {
	if isOption {
		all = append(all, plain)
		for _, unit := range unitsIn(value.text) {
			it := plain
			it.unit = unit
			all = append(all, it)
		}
	}
	written := plain
	for _, l := range value.lines {
		written.value = append(written.value, strings.TrimSpace(l))
	}
	return append(all, written)
}

// unitsIn returns the units that a value may have been written with: the word
// behind its number, or, where only a parenthesis follows, those of time.
func unitsIn(value string) []string {
	value = strings.TrimPrefix(value, `\`) // before the sign of a number that would begin a list
	number, rest, _ := strings.Cut(value, " ")
	word, _, _ := strings.Cut(rest, " ")
	switch {
	case !catalog.IsNumber(number) || word == "":
		return nil
	case word[0] == '(':
		return []string{"seconds", "minutes", "hours", "milliseconds", "days"} // the most usual first
	}
	return []string{word, word + "s"}
}

// expandDraft expands a draft, by itself, and returns the table that it becomes, or why
// it becomes none.
func (p *page) expandDraft(d *draft) (*table, string) {
	output, reason := p.expand([]byte(strings.Join(d.lines(), "\n") + "\n"))
	if reason != "" {
		return nil, reason
	}
	tables := p.listTables(output)
	if len(tables) != 1 || !tables[0].isRead() || len(tables[0].rows) != 1+len(d.items) {
		return nil, "what it becomes is not one table"
	}
	return tables[0], ""
}

// written returns how many defaults the draft does not leave to the data.
func (d *draft) written() (n int) {
	for _, it := range d.items {
		n += min(len(it.value), 1)
	}
	return n
}

// lines returns the directive as the lines of a body element.
func (d *draft) lines() []string {
	var names, headers, standard []string
	for _, c := range d.columns {
		names, headers = append(names, c.Name), append(headers, quotedHeader(c.Header))
		standard = append(standard, directives.Columns()[slices.IndexFunc(directives.Columns(), func(o directives.Column) bool { return o.Name == c.Name })].Header)
	}
	lines := []string{".. airflow-config-default::"}
	if !slices.Equal(names, []string{"option", "default"}) {
		lines = append(lines, "   :columns: "+strings.Join(names, ", "))
	}
	if !slices.Equal(headers, standard) {
		lines = append(lines, strings.TrimRight("   :header: "+strings.Join(headers, ", "), " "))
	}
	if d.duration != "" {
		lines = append(lines, "   :duration: "+d.duration)
	}
	for _, o := range d.options {
		lines = append(lines, "   "+o)
	}
	lines = append(lines, "")
	for _, it := range d.items {
		lines = append(lines, it.lines()...)
	}
	return lines
}

// quotedHeader writes a header as a value among those of ":header:".
func quotedHeader(text string) string {
	if strings.ContainsAny(text, `",`) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// lines returns the item as it stands in a directive.
func (it *item) lines() []string {
	head := "   " + it.head
	if it.unit != "" {
		head += " : " + it.unit
	}
	lines := []string{head}
	margin := "      :default: "
	for _, l := range it.value {
		lines = append(lines, margin+l)
		margin = "         "
	}
	if len(it.value) > 0 && len(it.body) > 0 {
		lines = append(lines, "")
	}
	for _, l := range it.body {
		lines = append(lines, strings.TrimRight("      "+l, " "))
	}
	return lines
}
