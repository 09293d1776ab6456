package adopt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
)

// A draft is an airflow-config-default directive that may replace a table.
type draft struct {
	columns  []string // their names
	headers  []string // the headers of the columns, as RST
	duration string   // "" for the long form
	options  []string // the other options
	items    []item
	written  int // the number of items with their own value
}

// An item is one item of a draft.
type item struct {
	head  string
	unit  string   // "" for none
	value []string // the lines of ":default:"; none for the default in the data
	body  []string // the description; none for that in the data
}

// draft returns the directive that reads the same as a table and takes most from the data, or the
// reason why there is none.
func (p *page) draft(t *table) (best *draft, reason string) {
	columns, headers, reason := p.columns(t)
	if reason != "" {
		return nil, reason
	}
	for _, duration := range []string{"", "short", "off"} {
		d := &draft{columns: columns, headers: headers, duration: duration}
		why := p.fill(d, t)
		reason = cmp.Or(reason, why)
		if why == "" && (best == nil || d.written < best.written) {
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

// columns returns the directive's columns for a table, and their headers, or the reason why there
// are none.
func (p *page) columns(t *table) (columns, headers []string, reason string) {
	for i, header := range t.rows[0] {
		name := p.column(t, i)
		if n := slices.Index(columns, name); n >= 0 {
			return nil, nil, fmt.Sprintf("no directive has two columns of the kind %s, as %s and %s would be", name, quote(headers[n]), quote(header.text))
		}
		columns, headers = append(columns, name), append(headers, header.text)
	}
	if nameColumn(columns) < 0 {
		return nil, nil, "none of its columns names options"
	}
	return columns, headers, ""
}

// column returns the directive's column for a column of a table. The header decides, or else the
// cells: they name options, or are descriptions.
func (p *page) column(t *table, n int) string {
	header := t.rows[0][n].text
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
		if _, ok := p.names(&cells[n]); ok && !isEnv(&cells[n]) {
			return "option"
		} else if ok {
			name = "env-var"
		}
	}
	return name
}

// nameColumn returns the index of the column that names the options, -1 if there is none.
func nameColumn(columns []string) int {
	if n := slices.Index(columns, "option"); n >= 0 {
		return n
	}
	return slices.Index(columns, "env-var")
}

// fill adds an item to a draft for each row below the header. It returns the reason if a row cannot
// be an item.
func (p *page) fill(d *draft, t *table) string {
	options := 0
	for _, cells := range t.rows[1:] {
		name := &cells[nameColumn(d.columns)]
		plain := item{head: name.text}
		r, isOption := p.names(name)
		if isOption {
			plain.head = r.String()
			options++
		}
		if plain.head == "" {
			return fmt.Sprintf("line %d: the row names neither an option nor anything else", cells[0].line)
		}
		it, reason := p.item(d, plain, isOption, cells)
		if reason != "" {
			return reason
		}
		d.items, d.written = append(d.items, it), d.written+min(len(it.value), 1)
	}
	if 2*options < len(d.items) {
		return fmt.Sprintf("only %d of its %d rows are about an option", options, len(d.items))
	}
	return ""
}

// item returns the item that reads the same as a row and takes most from the data. It starts with
// plain, which takes everything from the data. If there is none, the reason is how the first
// candidate differs.
func (p *page) item(d *draft, plain item, isOption bool, cells []cell) (found item, reason string) {
	try := func(it item) ([]cell, string) {
		one := &draft{columns: d.columns, headers: d.headers, duration: d.duration, items: []item{it}}
		shown, reason := p.expandDraft(one)
		if reason != "" {
			return nil, fmt.Sprintf("line %d: %s", cells[0].line, reason)
		}
		return shown.rows[1], compareRows(cells, shown.rows[1])
	}
	if i := slices.Index(d.columns, "description"); i >= 0 {
		if shown, _ := try(plain); shown == nil || shown[i].reading() != cells[i].reading() {
			plain.body = cells[i].lines
		}
	}
	for _, it := range candidates(plain, isOption, cells[slices.Index(d.columns, "default")]) {
		_, why := try(it)
		if why == "" {
			return it, ""
		}
		reason = cmp.Or(reason, why)
	}
	return item{}, reason
}

// candidates returns the items that may read the same as a row, first those that take most from the
// data. value is the default in the row.
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

// unitsIn returns the possible units of a value: the word after its number, or the units of time if
// a parenthesis follows the number.
func unitsIn(value string) []string {
	value = strings.TrimPrefix(value, `\`) // before a sign, which would begin a list
	number, rest, _ := strings.Cut(value, " ")
	word, _, _ := strings.Cut(rest, " ")
	switch {
	case !catalog.IsNumber(number) || word == "":
		return nil
	case word[0] == '(':
		return []string{"seconds", "minutes", "hours", "milliseconds", "days"} // the most common first
	}
	return []string{word, word + "s"}
}

// expandDraft expands a draft alone, and returns its table, or the reason why there is none.
func (p *page) expandDraft(d *draft) (*table, string) {
	output, reason := p.expand([]byte(strings.Join(d.lines(), "\n") + "\n"))
	if reason != "" {
		return nil, reason
	}
	tables := p.listTables(output)
	if len(tables) != 1 || len(tables[0].rows) != 1+len(d.items) {
		return nil, "what it becomes is not one table"
	}
	return tables[0], ""
}

// lines returns the directive as the lines of a body element.
func (d *draft) lines() []string {
	lines := []string{".. airflow-config-default::"}
	if !slices.Equal(d.columns, []string{"option", "default"}) {
		lines = append(lines, "   :columns: "+strings.Join(d.columns, ", "))
	}
	if headers := quotedHeaders(d.headers); headers != strings.Join(ownHeaders(d.columns), ", ") {
		lines = append(lines, strings.TrimRight("   :header: "+headers, " "))
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

// ownHeaders returns the default headers of columns.
func ownHeaders(columns []string) (headers []string) {
	for _, name := range columns {
		all := directives.Columns()
		i := slices.IndexFunc(all, func(c directives.Column) bool { return c.Name == name })
		headers = append(headers, all[i].Header)
	}
	return headers
}

// quotedHeaders returns headers as the value of ":header:".
func quotedHeaders(headers []string) string {
	quoted := slices.Clone(headers)
	for i, text := range quoted {
		if strings.ContainsAny(text, `",`) {
			quoted[i] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
	}
	return strings.Join(quoted, ", ")
}

// lines returns the lines of the item in a directive.
func (it *item) lines() []string {
	lines := []string{"   " + strings.TrimSuffix(it.head+" : "+it.unit, " : ")}
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
