package adopt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"windsock/grammar"
)

// listTableType is the directive type of the tables that may be adopted.
const listTableType = "list-table"

// A table is a list-table as docutils reads it, less what docutils does not see.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#list-table
type table struct {
	directive *grammar.Directive
	caption   string
	settings  []setting // its options, in their order
	rows      [][]cell  // those of the head too
	problem   string    // why docutils would not read it as a table, "" if it would
}

// A setting is an option of a directive and its value.
type setting struct{ name, value string }

// A cell is a cell of a list-table.
type cell struct {
	lines  []string // its RST, less the margin
	blocks []string // its body elements, paragraphs on one line each
	single bool     // whether it is one paragraph
	line   int      // the index in the directive's content of its first line
}

// text returns the text of a cell that is one paragraph, "" for any other.
func (c *cell) text() string {
	if !c.single {
		return ""
	}
	return c.blocks[0]
}

// shown returns the whole of a cell as a message may show it.
func (c *cell) shown() string { return strings.Join(c.blocks, " ") }

// readTable reads a list-table. Its content is that of a directive whose content
// was not read as RST, so that its lines are without their margin and tabs.
func readTable(d *grammar.Directive) *table {
	t := &table{directive: d, caption: oneLine(d.Arguments), problem: d.Problem}
	for _, o := range d.Options {
		t.settings = append(t.settings, newSetting(o))
	}
	var lines []string
	for _, l := range d.Content {
		lines = append(lines, l.Value)
	}
	source := []byte(strings.Join(lines, "\n") + "\n")
	root := (&grammar.Reader{}).ReadAll(source).Root
	if len(root.Children) != 1 || root.Children[0].Kind != grammar.BulletList {
		t.problem = "its content is not one list of rows"
		return t
	}
	b := &body{lines: lines, source: source, index: grammar.NewLines(source)}
	for _, row := range root.Children[0].Children {
		t.addRow(b, row)
	}
	if len(t.rows) <= t.heads() {
		t.problem = "it has no row below its head"
	}
	return t
}

// addRow adds the row that an item of the outer list is.
func (t *table) addRow(b *body, item *grammar.Element) {
	if len(item.Children) != 1 || item.Children[0].Kind != grammar.BulletList {
		t.problem = "a row of it is not one list of cells"
		return
	}
	var cells []cell
	for _, c := range item.Children[0].Children {
		cells = append(cells, b.cell(c))
	}
	t.rows = append(t.rows, cells)
	if len(cells) != len(t.rows[0]) {
		t.problem = "its rows have different numbers of cells"
	}
}

// heads returns the number of rows that are the table's head.
func (t *table) heads() int {
	n, _ := strconv.Atoi(t.setting("header-rows"))
	return max(n, 0)
}

// body returns the rows below the head.
func (t *table) body() [][]cell { return t.rows[min(t.heads(), len(t.rows)):] }

// setting returns the value of an option, "" if it is not given.
func (t *table) setting(name string) string {
	for _, s := range t.settings {
		if s.name == name {
			return s.value
		}
	}
	return ""
}

// newSetting returns an option as docutils reads it: its name in lower case, and
// the numbers of "widths" with blanks between them.
func newSetting(o grammar.Option) setting {
	s := setting{strings.ToLower(o.Name.Value), oneLine(o.Value)}
	if s.name == "widths" {
		s.value = strings.Join(strings.FieldsFunc(s.value, func(r rune) bool { return r == ',' || r == ' ' }), " ")
	}
	return s
}

// oneLine joins the lines of a text that docutils reads as one.
func oneLine(lines []grammar.Text) string {
	values := make([]string, len(lines))
	for i, l := range lines {
		values[i] = strings.TrimSpace(l.Value)
	}
	return strings.TrimSpace(strings.Join(values, " "))
}

// A body is RST without margin, as lines and as the source that they make.
type body struct {
	lines  []string
	source []byte
	index  *grammar.Lines
}

// cell reads the cell that an item of an inner list is. Its text begins behind the
// bullet or, where nothing follows that, on a line below.
func (b *body) cell(item *grammar.Element) cell {
	at := b.index.Position(item.Span.Start)
	c := cell{line: at.Line - 1}
	c.lines = append(c.lines, b.lines[c.line:b.index.Number(item.Span.End)]...)
	first := []rune(c.lines[0])
	margin := at.Column // behind the bullet
	for margin < len(first) && first[margin] == ' ' {
		margin++
	}
	c.lines[0] = strings.Repeat(" ", margin) + string(first[min(margin, len(first)):])
	for len(c.lines) > 0 && strings.TrimSpace(c.lines[0]) == "" {
		c.lines = c.lines[1:]
		c.line++
	}
	if len(c.lines) == 0 {
		c.line = at.Line - 1
	}
	c.lines = dedent(c.lines)
	c.blocks, c.single = b.blocks(item, c.lines, c.line)
	return c
}

// blocks returns the body elements of an item whose lines, the first of which is
// that of the given index, are lines. Whether there is but one, a paragraph, is
// the second answer. Where a paragraph's lines end is all that docutils does not
// see in them; other elements are their own lines.
func (b *body) blocks(of *grammar.Element, lines []string, line int) (blocks []string, single bool) {
	for _, e := range of.Children {
		if e.Kind == grammar.Paragraph {
			blocks = append(blocks, oneLine(e.Text))
			continue
		}
		from, to := b.index.Number(e.Span.Start)-1-line, b.index.Number(e.Span.End)-line
		blocks = append(blocks, strings.Join(lines[from:to], "\n"))
	}
	return blocks, len(blocks) == 1 && of.Children[0].Kind == grammar.Paragraph
}

// dedent returns lines without the white space that all of them begin with, and
// without trailing blanks.
func dedent(lines []string) []string {
	least := -1
	for _, l := range lines {
		if n := len(l) - len(strings.TrimLeft(l, " ")); strings.TrimSpace(l) != "" && (least < 0 || n < least) {
			least = n
		}
	}
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimRight(l[min(max(least, 0), len(l)):], " ")
	}
	return out
}

// A difference is where two tables do not read the same.
type difference struct {
	cell *cell // of the first table, nil if something else than a cell differs
	what string
	was  string
	is   string
}

// compare returns the first difference between two tables, nil if docutils reads
// the same in both.
func compare(a, b *table) *difference {
	if b.problem != "" {
		return &difference{what: b.problem}
	}
	if a.caption != b.caption {
		return &difference{what: "the caption", was: a.caption, is: b.caption}
	}
	if d := compareSettings(a, b); d != nil {
		return d
	}
	if len(a.rows) != len(b.rows) {
		return &difference{what: "the number of rows", was: fmt.Sprint(len(a.rows)), is: fmt.Sprint(len(b.rows))}
	}
	for i := range a.rows {
		if d := compareRows(a.rows[i], b.rows[i]); d != nil {
			return d
		}
	}
	return nil
}

// compareSettings compares the options of two tables, whose order does not count.
func compareSettings(a, b *table) *difference {
	for _, s := range slices.Concat(a.settings, b.settings) {
		if was, is := a.setting(s.name), b.setting(s.name); was != is || a.has(s.name) != b.has(s.name) {
			return &difference{what: "the option \"" + s.name + "\"", was: was, is: is}
		}
	}
	return nil
}

// has reports whether an option is given.
func (t *table) has(name string) bool {
	return slices.ContainsFunc(t.settings, func(s setting) bool { return s.name == name })
}

// compareRows compares the cells of two rows.
func compareRows(a, b []cell) *difference {
	for i := range a {
		if i >= len(b) {
			return &difference{cell: &a[i], was: a[i].shown()}
		}
		if !slices.Equal(a[i].blocks, b[i].blocks) || a[i].single != b[i].single {
			return &difference{cell: &a[i], was: a[i].shown(), is: b[i].shown()}
		}
	}
	return nil
}
