package adopt

import (
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/check"
)

// A row is a row of a table, and what it is about.
type row struct {
	cells  []cell
	head   string          // what the item is to begin with
	isText bool            // whether it names no option
	about  *catalog.Option // nil for free text, and where the data declares no such option
}

// names reports whether a cell is the name of an option and nothing else, and
// returns it: nil where the data declares no such option.
func (a *Adopter) names(c *cell) (*catalog.Option, catalog.Reference, bool) {
	r, ok := catalog.ParseReference(c.text())
	if !ok {
		return nil, r, false
	}
	data := a.Expander.Catalog
	o := data.Find(r)
	_, note := data.Renamed(r)
	known := o != nil || note != nil || catalog.IsEnv(bare(c.text())) || strings.HasPrefix(bare(c.text()), "[") && data.Section(r.Section) != nil
	return o, r, known
}

// bare returns the text of a literal.
func bare(text string) string { return strings.Trim(text, "`") }

// optionLike returns how many rows have a cell that names an option.
func (a *Adopter) optionLike(rows [][]cell) (n int) {
	for _, cells := range rows {
		if slices.ContainsFunc(cells, func(c cell) bool { _, _, ok := a.names(&c); return ok }) {
			n++
		}
	}
	return n
}

// nameColumns returns the columns that name options: the one with most names of
// the form "[section] name" or "section.name", and the one with most environment
// variables, -1 for none.
func (a *Adopter) nameColumns(t *table) (option, env int) {
	option, env = -1, -1
	mostNames, mostVars := 0, 0
	for col := range t.rows[0] {
		if check.IsDefaultHeader(t.rows[0][col].text()) {
			continue
		}
		names, vars := 0, 0
		for _, cells := range t.body() {
			switch _, _, ok := a.names(&cells[col]); {
			case ok && catalog.IsEnv(bare(cells[col].text())):
				vars++
			case ok:
				names++
			}
		}
		if names > mostNames {
			option, mostNames = col, names
		}
		if vars > mostVars {
			env, mostVars = col, vars
		}
	}
	if option == env || mostVars < mostNames { // names of both kinds, or variables that are values
		env = -1
	}
	return option, env
}

// rowsOf says what each row below the head is about.
func (a *Adopter) rowsOf(t *table, option, env int) []row {
	var rows []row
	for _, cells := range t.body() {
		r := row{cells: cells, isText: true}
		if option >= 0 {
			r.head = cells[option].text()
		}
		for _, col := range []int{env, option} { // the option's own column decides
			if col < 0 {
				continue
			}
			if o, ref, ok := a.names(&cells[col]); ok {
				r.about, r.head, r.isText = o, ref.String(), false
			}
		}
		rows = append(rows, r)
	}
	return rows
}

// columns says what each column of a table shows, as ":columns:" has it. Where no
// directive has such columns the second answer says why.
func (p *proposal) columns() ([]string, string) {
	columns := make([]string, len(p.table.rows[0]))
	if p.option >= 0 {
		columns[p.option] = "option"
	}
	if p.env >= 0 {
		columns[p.env] = "env-var"
	}
	header := p.header()
	for i, h := range header {
		if columns[i] == "" && !slices.Contains(columns, "default") && check.IsDefaultHeader(h) {
			columns[i] = "default"
		}
	}
	if !slices.Contains(columns, "default") {
		return nil, noDefaults
	}
	described := -1
	for i := range columns {
		if columns[i] != "" {
			continue
		}
		if name := p.dataColumn(i, header[i]); name != "" && !slices.Contains(columns, name) {
			columns[i] = name
			continue
		}
		if described >= 0 {
			return nil, fmt.Sprintf("no directive has two columns of the author's own text, %s and %s", quote(header[described]), quote(header[i]))
		}
		columns[i], described = "description", i
	}
	return columns, ""
}

// header returns the header row's cells as RST on one line each.
func (p *proposal) header() []string {
	header := make([]string, len(p.table.rows[0]))
	for i := range header {
		header[i] = p.table.rows[0][i].text()
	}
	return header
}

// dataColumns are the columns that show nothing but data, and by which headers
// authors call them.
var dataColumns = []struct {
	name    string
	headers []string
}{
	{"type", []string{"type", "value type", "data type"}},
	{"example", []string{"example", "examples"}},
	{"version-added", []string{"version added", "version", "added in", "since", "new in"}},
	{"provider", []string{"provider"}},
	{"needed-by", []string{"needed by"}},
	{"sensitive", []string{"sensitive"}},
}

// dataColumn returns the column of data that a column is called, if all its cells
// are what the data says, else "".
func (p *proposal) dataColumn(col int, header string) string {
	for i, c := range dataColumns {
		if slices.Contains(c.headers, strings.ToLower(strings.Trim(header, "*: "))) && p.shows(col, i) {
			return c.name
		}
	}
	return ""
}

// shows reports whether the cells of a column are those of a column of data. The
// rows of free text have none.
func (p *proposal) shows(col, data int) bool {
	n := 0
	for _, r := range p.rows {
		var want []string
		if r.about != nil {
			want = p.data[n][data].blocks
			n++
		}
		if !slices.Equal(r.cells[col].blocks, want) {
			return false
		}
	}
	return true
}

// readData asks a directive what the data says of the options of the rows: the
// cells of dataColumns, and last of the description. It returns why that cannot be
// shown, "" if it can.
func (p *proposal) readData() string {
	d := draft{columns: []string{"option"}}
	for _, c := range dataColumns {
		d.columns = append(d.columns, c.name)
	}
	d.columns = append(d.columns, "description")
	d.header = headersOf(d.columns)
	for _, r := range p.rows {
		if r.about != nil {
			d.items = append(d.items, item{head: r.head})
		}
	}
	if len(d.items) == 0 {
		return ""
	}
	shown, problem := p.expand(&d)
	if problem != "" {
		return problem
	}
	for _, cells := range shown.body() {
		p.data = append(p.data, cells[1:])
	}
	return ""
}
