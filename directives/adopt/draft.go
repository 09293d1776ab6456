package adopt

import (
	"encoding/csv"
	"slices"
	"strings"

	"windsock/directives"
)

// A draft is an airflow-config-default directive that may stand for a table.
type draft struct {
	columns  []string
	header   []string  // RST
	duration string    // "" for the long form
	settings []setting // the further options, as the table has them
	items    []item
}

// An item is one item of a draft.
type item struct {
	head  string
	unit  string   // "" for none
	value []string // the lines of ":default:", none to show the data's
	body  []string // the description, none to show the data's
}

// byDefault are the columns of a directive that names none and describes nothing.
var byDefault = []string{"option", "default"}

// lines returns the directive as the lines of a body element.
func (d *draft) lines() []string {
	lines := []string{".. airflow-config-default::"}
	add := func(name, value string) {
		lines = append(lines, strings.TrimRight("   :"+name+": "+value, " "))
	}
	if !slices.Equal(d.columns, byDefault) {
		add("columns", strings.Join(d.columns, ", "))
	}
	if !slices.Equal(d.header, headersOf(d.columns)) {
		add("header", quoted(d.header))
	}
	if d.duration != "" {
		add("duration", d.duration)
	}
	for _, s := range d.settings {
		add(s.name, s.value)
	}
	lines = append(lines, "")
	for _, it := range d.items {
		lines = append(lines, it.lines()...)
	}
	return lines
}

// lines returns the item as it stands in a directive.
func (it *item) lines() []string {
	head := "   " + it.head
	if it.unit != "" {
		head += " : " + it.unit
	}
	lines := []string{head}
	for i, l := range it.value {
		if i == 0 {
			lines = append(lines, "      :default: "+l)
		} else {
			lines = append(lines, "         "+l)
		}
	}
	if len(it.value) > 0 && len(it.body) > 0 {
		lines = append(lines, "")
	}
	for _, l := range it.body {
		lines = append(lines, strings.TrimRight("      "+l, " "))
	}
	return lines
}

// headersOf returns the headers that columns have of themselves.
func headersOf(columns []string) []string {
	headers := make([]string, len(columns))
	for i, name := range columns {
		for _, c := range directives.Columns() {
			if c.Name == name {
				headers[i] = c.Header
			}
		}
	}
	return headers
}

// quoted writes texts as the value of ":header:".
func quoted(texts []string) string {
	fields := make([]string, len(texts))
	for i, text := range texts {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Write([]string{text}) // a strings.Builder takes all
		w.Flush()
		fields[i] = strings.TrimSuffix(b.String(), "\n")
	}
	return strings.Join(fields, ", ")
}
