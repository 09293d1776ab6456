package directives

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// tableOptions are the options for the table of a directive. Both directives have them.
var tableOptions = []OptionDef{
	{Name: "columns", Value: "NAME, …", Doc: "The columns, in order."},
	{Name: "header", Value: "TEXT, …", Doc: "The header of each column; quote a text that contains a comma."},
	{Name: "widths", Value: "N … | auto", Doc: "The relative width of each column; auto lets the browser decide.",
		Words: lazyregexp.New(`^(?:auto|0*[1-9][0-9]{0,8})$`), Help: "write whole numbers from 1, or auto"},
	{Name: "caption", Value: "TEXT", Doc: "The caption above the table."},
	{Name: "name", Value: "NAME", Doc: "The name by which other pages refer to the table."},
	{Name: "class", Value: "NAME …", Doc: "The classes of the table, for style sheets.",
		Words: lazyregexp.New(`[A-Za-z]`), Help: "write letters, digits and hyphens"},
	{Name: "align", Value: "left | center | right", Doc: "The horizontal position of the table.", Values: []string{"left", "center", "right"}},
	{Name: "width", Value: "LENGTH", Doc: "The width of the table, such as 100%.",
		Words:   lazyregexp.New(`^(?:[0-9]+\.?[0-9]*|\.[0-9]+)?(?:em|ex|px|in|cm|mm|pt|pc|%)?$`),
		Pattern: lazyregexp.New(`^[0-9.]+[ \t]*[a-z%]*$`), Help: "write a number and %, em, ex, px, in, cm, mm, pt or pc"},
	{Name: "stub-columns", Value: "N", Doc: "How many columns on the left are headers of their rows.",
		Words: lazyregexp.New(`^[0-9]{1,9}$`), Pattern: lazyregexp.New(`^[0-9]+$`), Help: "write a whole number"},
}

// listTableOptions are the options that are copied to the list-table.
var listTableOptions = []string{"name", "class", "align", "width", "stub-columns"}

// A tablePreset contains the values of options that the author did not write.
type tablePreset struct {
	widths      string
	caption     string
	class       string // added before the author's classes
	stubColumns string
}

// table returns the lines of the table that the directive's options describe.
func (c *Call) table(cols []*Column, rows []row, preset tablePreset) []string {
	t := render.Table{
		Caption: cmp.Or(c.value("caption").Value, preset.caption), Header: c.header(cols),
		Widths: c.widths(cols, preset.widths), Options: c.settings(len(cols), preset),
	}
	if c.Failed {
		return nil
	}
	for _, r := range rows {
		cells := make([]render.Cell, len(cols))
		for i, col := range cols {
			cells[i] = col.cell(c, r)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t.Lines()
}

// settings returns the options that are copied to the list-table, which has the given
// number of columns.
func (c *Call) settings(columns int, preset tablePreset) (settings []render.Setting) {
	for _, name := range listTableOptions {
		v := c.value(name)
		switch name {
		case "class":
			v.Value = strings.TrimSpace(preset.class + " " + v.Value)
		case "stub-columns":
			if stubs, err := strconv.Atoi(v.Value); err == nil && stubs >= columns {
				c.Errorf(v.Span, "", "stub-columns must be below %d, the number of columns", columns)
			}
			v.Value = cmp.Or(v.Value, preset.stubColumns)
		}
		if v.Value != "" {
			settings = append(settings, render.Setting{Name: name, Value: v.Value})
		}
	}
	return settings
}

// header returns the header row: the author's headers, or else those of the columns.
// Columns of components always have their own.
func (c *Call) header(cols []*Column) []render.Cell {
	header := make([]render.Cell, len(cols))
	for i, col := range cols {
		header[i], _ = render.Text(col.Header)
	}
	written := c.value("header")
	if written.Value == "" {
		return header
	}
	r := csv.NewReader(strings.NewReader(written.Value))
	r.TrimLeadingSpace, r.LazyQuotes = true, true
	texts, err := r.Read()
	named := names(cols)
	switch {
	case err != nil:
		c.Errorf(written.Span, "", "the header does not parse: %v", err)
	case len(texts) != len(named):
		help := "the columns are " + strings.Join(named, ", ")
		if len(named) < len(cols) {
			help += "; those of the components have headers of their own"
		}
		c.Errorf(written.Span, help, "%s for %s", count(len(texts), "header"), count(len(named), "column"))
	default:
		for i, s := range texts {
			header[i] = render.Cell{strings.TrimSpace(s)}
		}
	}
	return header
}

// widths returns the value of the list-table's option "widths". If there are columns of
// components, the author's last width is for each of them.
func (c *Call) widths(cols []*Column, byDefault string) string {
	written := c.value("widths")
	if written.Value == "" || written.Value == "auto" {
		return cmp.Or(written.Value, byDefault)
	}
	widths := strings.Fields(strings.ReplaceAll(written.Value, ",", " "))
	want, help := len(names(cols)), ""
	if want < len(cols) {
		want++
		help = "write one for each of " + strings.Join(names(cols), ", ") + ", and a last one for each component's column"
	}
	switch {
	case len(widths) == 0: // checkOptions reported it
	case slices.Contains(widths, "auto"):
		c.Errorf(written.Span, "", "auto is written alone, without numbers")
	case len(widths) != want:
		c.Errorf(written.Span, help, "%s for %s", count(len(widths), "width"), count(want, "column"))
	default:
		for len(widths) < len(cols) {
			widths = append(widths, widths[want-1])
		}
	}
	return strings.Join(widths, " ")
}

// names returns the names of columns, without the columns of components.
func names(cols []*Column) (names []string) {
	for _, col := range cols {
		if col.Name != "" {
			names = append(names, col.Name)
		}
	}
	return names
}

// count returns n and the noun, in the plural unless n is 1.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
