package directives

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"windsock/render"
)

// tableOptions are the options of a directive that shape its table, and that
// both directives take.
var tableOptions = []OptionDef{
	{Name: "columns", Value: "NAME, …", Doc: "The columns, in order."},
	{Name: "header", Value: "TEXT, …", Doc: "The header of each column; quote a text that holds a comma."},
	{Name: "widths", Value: "N … | auto", Doc: "The relative width of each column, or who decides it, as for a list-table."},
	{Name: "caption", Value: "TEXT", Doc: "The caption above the table."},
	{Name: "name", Value: "NAME", Doc: "The name by which other pages refer to the table."},
	{Name: "class", Value: "NAME …", Doc: "The classes of the table, for style sheets."},
	{Name: "align", Value: "left | center | right", Doc: "Where the table stands.", Values: []string{"left", "center", "right"}},
	{Name: "width", Value: "LENGTH", Doc: "The width of the table, such as 100%."},
	{Name: "stub-columns", Value: "N", Doc: "How many columns on the left are headers of their rows."},
}

// copied are the options that a list-table takes as they are.
var copied = []string{"name", "class", "align", "width", "stub-columns"}

// table returns the lines of the table that the directive's options describe.
// The header is the columns' own, and the widths those of byDefault (which may
// be ""), unless the author wrote others.
func (c *call) table(cols []*Column, rows []row, byDefault string) []string {
	t := render.Table{Header: c.header(cols), Widths: c.widths(len(cols), byDefault)}
	if caption, ok := c.value("caption"); ok {
		t.Caption = caption.Value
	}
	c.checkStubs(len(cols))
	c.checkWidth()
	for _, name := range copied {
		if v, ok := c.value(name); ok {
			t.Options = append(t.Options, render.Setting{Name: name, Value: v.Value})
		}
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

// header returns the header row: what the author wrote, or the columns' own.
func (c *call) header(cols []*Column) []string {
	header := make([]string, len(cols))
	for i, col := range cols {
		header[i] = col.Header
	}
	written, ok := c.value("header")
	if !ok || written.Value == "" {
		return header
	}
	r := csv.NewReader(strings.NewReader(written.Value))
	r.TrimLeadingSpace, r.LazyQuotes = true, true
	texts, err := r.Read()
	if err != nil {
		c.errorf(written.Span, "", "the header does not parse: %v", err)
		return header
	}
	if len(texts) != len(cols) {
		c.errorf(written.Span, "the columns are "+strings.Join(names(cols), ", "), "%s for %s", count(len(texts), "header"), count(len(cols), "column"))
		return header
	}
	for i, s := range texts {
		texts[i] = strings.TrimSpace(s)
	}
	return texts
}

// widths returns the widths of n columns, as a list-table takes them.
func (c *call) widths(n int, byDefault string) string {
	written, ok := c.value("widths")
	switch {
	case !ok:
		return byDefault
	case written.Value == "auto":
		return written.Value
	}
	list := words(c.given("widths").Value, true)
	if len(list) != n {
		c.errorf(written.Span, "", "%s for %s", count(len(list), "width"), count(n, "column"))
	}
	var numbers []string
	for _, w := range list {
		if i, err := strconv.Atoi(w.Value); err != nil || i < 1 {
			c.errorf(w.Span, "", "a width is a whole number from 1, not %s", quote(w.Value))
		}
		numbers = append(numbers, w.Value)
	}
	return strings.Join(numbers, " ")
}

// checkStubs reports a number of stub columns that docutils would refuse.
func (c *call) checkStubs(n int) {
	v, ok := c.value("stub-columns")
	if !ok || v.Value == "" {
		return
	}
	if i, err := strconv.Atoi(v.Value); err != nil || i < 0 || i >= n {
		c.errorf(v.Span, "", "stub-columns is a whole number below %d, the number of columns, not %s", n, quote(v.Value))
	}
}

// length matches what docutils takes as the width of a table.
var length = regexp.MustCompile(`^(?:[0-9]+\.?[0-9]*|\.[0-9]+) *(?:em|ex|px|in|cm|mm|pt|pc|%)?$`)

// checkWidth reports a width of the table that docutils would refuse.
func (c *call) checkWidth() {
	if v, ok := c.value("width"); ok && v.Value != "" && !length.MatchString(v.Value) {
		c.errorf(v.Span, "write a number and %, em, ex, px, in, cm, mm, pt or pc", "%s is no width", quote(v.Value))
	}
}

// names returns the names of columns.
func names(cols []*Column) []string {
	out := make([]string, len(cols))
	for i, col := range cols {
		out[i] = col.Name
	}
	return out
}

// count writes a number with its noun, singular or plural.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
