package directives

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// tableOptions are the options of a directive that shape its table, and that
// both directives take.
var tableOptions = []OptionDef{
	{Name: "columns", Value: "NAME, …", Doc: "The columns, in order."},
	{Name: "header", Value: "TEXT, …", Doc: "The header of each column; quote a text that holds a comma."},
	{Name: "widths", Value: "N … | auto", Doc: "The relative width of each column; auto leaves it to the browser."},
	{Name: "caption", Value: "TEXT", Doc: "The caption above the table."},
	{Name: "name", Value: "NAME", Doc: "The name by which other pages refer to the table."},
	{Name: "class", Value: "NAME …", Doc: "The classes of the table, for style sheets."},
	{Name: "align", Value: "left | center | right", Doc: "Where the table stands.", Values: []string{"left", "center", "right"}},
	{Name: "width", Value: "LENGTH", Doc: "The width of the table, such as 100%."},
	{Name: "stub-columns", Value: "N", Doc: "How many columns on the left are headers of their rows."},
}

// copied are the options that a list-table takes as they are.
var copied = []string{"name", "class", "align", "width", "stub-columns"}

// A look is how a table looks where the author does not say otherwise.
type look struct {
	widths  string // as ":widths:" has them; "" for none
	caption string // RST
	class   string // before the author's classes
	stubs   string // as ":stub-columns:" has it; "" for none
}

// table returns the lines of the table that the directive's options describe.
// What the author did not write is the columns' own and as look says.
func (c *Call) table(cols []*Column, rows []row, look look) []string {
	t := render.Table{Caption: look.caption, Header: c.header(cols), Widths: c.widths(cols, look.widths)}
	if caption, ok := c.value("caption"); ok {
		t.Caption = caption.Value
	}
	c.checkStubs(len(cols))
	c.checkWidth()
	c.checkClass()
	t.Options = c.settings(look)
	for _, r := range rows {
		cells := make([]render.Cell, len(cols))
		for i, col := range cols {
			cells[i] = col.cell(c, r)
		}
		t.Rows = append(t.Rows, cells)
	}
	return t.Lines()
}

// settings returns the options that go into the list-table as they are.
func (c *Call) settings(look look) []render.Setting {
	var out []render.Setting
	for _, name := range copied {
		v, _ := c.value(name)
		value := v.Value
		switch {
		case name == "class":
			value = strings.TrimSpace(look.class + " " + value)
		case name == "stub-columns":
			value = cmp.Or(value, look.stubs)
		}
		if value != "" {
			out = append(out, render.Setting{Name: name, Value: value})
		}
	}
	return out
}

// header returns the header row: what the author wrote, or the columns' own. Those
// that the data brings keep theirs.
func (c *Call) header(cols []*Column) []render.Cell {
	header := make([]render.Cell, len(cols))
	for i, col := range cols {
		header[i] = col.header()
	}
	written, ok := c.value("header")
	if !ok || written.Value == "" {
		return header
	}
	r := csv.NewReader(strings.NewReader(written.Value))
	r.TrimLeadingSpace, r.LazyQuotes = true, true
	texts, err := r.Read()
	if err != nil {
		c.Errorf(written.Span, "", "the header does not parse: %v", err)
		return header
	}
	if chosen := names(cols); len(texts) != len(chosen) {
		help := "the columns are " + strings.Join(chosen, ", ")
		if len(chosen) < len(cols) {
			help += "; those of the components have headers of their own"
		}
		c.Errorf(written.Span, help, "%s for %s", count(len(texts), "header"), count(len(chosen), "column"))
		return header
	}
	for i, s := range texts {
		header[i] = render.Cell{strings.TrimSpace(s)}
	}
	return header
}

// widths returns the widths of the columns, as a list-table takes them. Where the
// data brings columns, the author's last width is that of each of them.
func (c *Call) widths(cols []*Column, byDefault string) string {
	written, ok := c.value("widths")
	switch {
	case !ok:
		return byDefault
	case written.Value == "auto":
		return written.Value
	}
	numbers := c.widthNumbers()
	want, help := len(names(cols)), ""
	if want < len(cols) {
		want++
		help = "write one for each of " + strings.Join(names(cols), ", ") + ", and a last one for each component's column"
	}
	if len(numbers) != want {
		c.Errorf(written.Span, help, "%s for %s", count(len(numbers), "width"), count(want, "column"))
		return byDefault
	}
	for len(numbers) < len(cols) {
		numbers = append(numbers, numbers[len(numbers)-1])
	}
	return strings.Join(numbers, " ")
}

// widthNumbers returns the words of the option "widths", and reports those that
// are no widths.
func (c *Call) widthNumbers() []string {
	var numbers []string
	for _, w := range c.wordsIn(c.given("widths").Value, true) {
		if i, err := strconv.Atoi(w.Value); err != nil || i < 1 {
			c.Errorf(w.Span, "", "a width is a whole number from 1, not %s", Quote(w.Value))
		}
		numbers = append(numbers, w.Value)
	}
	return numbers
}

// checkStubs reports a number of stub columns that docutils would refuse.
func (c *Call) checkStubs(n int) {
	v, ok := c.value("stub-columns")
	if !ok || v.Value == "" {
		return
	}
	if i, err := strconv.Atoi(v.Value); err != nil || i < 0 || i >= n {
		c.Errorf(v.Span, "", "stub-columns is a whole number below %d, the number of columns, not %s", n, Quote(v.Value))
	}
}

// length matches what docutils takes as the width of a table.
var length = lazyregexp.New(`^(?:[0-9]+\.?[0-9]*|\.[0-9]+) *(?:em|ex|px|in|cm|mm|pt|pc|%)?$`)

// checkWidth reports a width of the table that docutils would refuse.
func (c *Call) checkWidth() {
	if v, ok := c.value("width"); ok && v.Value != "" && !length().MatchString(v.Value) {
		c.Errorf(v.Span, "write a number and %, em, ex, px, in, cm, mm, pt or pc", "%s is no width", Quote(v.Value))
	}
}

// checkClass reports a class that docutils would refuse: it makes an identifier
// of each word, of which a letter from A to Z must be left without its accents.
func (c *Call) checkClass() {
	o := c.given("class")
	if o == nil {
		return
	}
	for _, w := range c.wordsIn(o.Value, true) {
		if !strings.ContainsFunc(w.Value, isClassLetter) {
			c.Errorf(w.Span, "write letters, digits and hyphens", "%s is no class", Quote(w.Value))
		}
	}
}

// isClassLetter reports whether docutils makes a letter from A to Z of r. Of the
// letters with accents these are the common ones, up to U+017F.
func isClassLetter(r rune) bool {
	return r < 0x180 && unicode.Is(unicode.Latin, r) && !strings.ContainsRune("ªºÐÞðþĸŊŋ", r)
}

// names returns the names of columns, less those made from the data.
func names(cols []*Column) []string {
	var out []string
	for _, col := range cols {
		if col.Name != "" {
			out = append(out, col.Name)
		}
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
