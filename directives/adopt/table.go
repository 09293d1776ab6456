package adopt

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A table is a table as docutils reads it.
type table struct {
	element *grammar.Element
	caption string
	options []string // the options except "header-rows", each on one line as in a directive
	header  int      // the number of header rows
	rows    [][]cell // all rows, including header rows
}

// A cell is a cell of a table.
type cell struct {
	line  int      // the number of its first line
	lines []string // its RST without the margin; only in a list-table
	text  string   // its RST on one line if it is a single paragraph, else ""
	name  string   // its only paragraph, without targets
}

// reading returns the content of the cell, for comparison. It does not depend on the line breaks of
// a paragraph.
func (c *cell) reading() string {
	if c.text != "" {
		return c.text
	}
	return strings.Join(c.lines, "\n")
}

// listTables returns the list-tables in a source.
func (a *Adopter) listTables(source []byte) (tables []*table) {
	lines := grammar.NewLines(source)
	for e := range a.Read(source).Root.All() {
		if e.IsListTable() {
			tables = append(tables, readTable(source, lines, e))
		}
	}
	return tables
}

// readTable reads a table in a source.
func readTable(source []byte, lines *grammar.Lines, e *grammar.Element) *table {
	t := &table{element: e}
	if e.Directive != nil {
		t.caption = oneLine(e.Directive.Arguments)
		for _, o := range e.Directive.Options {
			name, value := strings.ToLower(o.Name.Value), oneLine(o.Value)
			if name == "widths" { // docutils reads numbers with commas or blanks between them
				value = strings.Join(strings.Fields(strings.ReplaceAll(value, ",", " ")), " ")
			}
			if name != "header-rows" {
				t.options = append(t.options, strings.TrimSpace(":"+name+": "+value))
			}
		}
	}
	for isHeader, entries := range e.TableRows(source) {
		if isHeader {
			t.header++
		}
		var cells []cell
		for _, entry := range entries {
			cells = append(cells, readCell(source, lines, entry, e.IsListTable()))
		}
		t.rows = append(t.rows, cells)
	}
	return t
}

// oneLine joins the lines of a paragraph.
func oneLine(lines []grammar.Text) string {
	values := make([]string, len(lines))
	for i, l := range lines {
		values[i] = strings.TrimSpace(l.Value)
	}
	return strings.TrimSpace(strings.Join(values, " "))
}

// readCell reads a cell. A cell of a csv-table counts as a paragraph.
func readCell(source []byte, lines *grammar.Lines, e grammar.Entry, inList bool) cell {
	c := cell{line: lines.Number(e.Span.Start)}
	others := slices.DeleteFunc(slices.Clone(e.Children), func(e *grammar.Element) bool { return e.Kind == grammar.Target })
	text := ""
	if len(e.Children) == 0 {
		text = oneLine(e.Source)
	} else if len(others) == 1 && others[0].Kind == grammar.Paragraph {
		text = oneLine(others[0].Text)
	}
	c.name = strings.TrimSpace(inlineTarget().ReplaceAllString(text, ""))
	if len(others) == len(e.Children) {
		c.text = text
	}
	if inList && len(e.Children) > 0 {
		_, bullet := utf8.DecodeRune(e.Span.Of(source))
		margin := strings.Repeat(" ", lines.Position(e.Span.Start).Column)
		c.lines = directives.Dedent(margin + string(e.Span.Of(source)[bullet:]))
		for len(c.lines) > 1 && c.lines[0] == "" {
			c.line, c.lines = c.line+1, c.lines[1:]
		}
	}
	return c
}

// inlineTarget matches inline targets, which are not part of an option's name.
var inlineTarget = lazyregexp.New("_`[^`]+`")

// reading returns the content of the table, for comparison.
func (t *table) reading() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%q %q\n", t.caption, slices.Sorted(slices.Values(t.options)))
	for _, cells := range t.rows {
		for _, c := range cells {
			fmt.Fprintf(&b, "%t %q ", c.text != "", c.reading())
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// problem returns the reason why no directive can replace a table with any cells, else "".
func (t *table) problem(source []byte) string {
	hasDefaults := len(t.rows) > 0 && slices.ContainsFunc(t.rows[0], func(c cell) bool { return directives.IsDefaultHeader(c.text) })
	switch e := t.element; {
	case !e.IsListTable() && !hasDefaults:
		return noDefaults
	case !e.IsListTable():
		return "only a list-table reads as a directive's table does"
	case !t.isRead():
		return "docutils reads no table there: its rows must be lists of as many cells each"
	case t.header != 1:
		return fmt.Sprintf("it has %d header rows, and a directive's table has one", t.header)
	case e.Directive.Substitution != nil:
		return "a table cannot be the text of a substitution"
	case bytes.IndexByte(e.Span.Of(source), '\t') >= 0:
		return "it contains a tab; write blanks instead"
	case !hasDefaults:
		return noDefaults
	}
	return ""
}

// noDefaults is the reason for a table of options without defaults.
const noDefaults = "none of its columns is headed \"Default\""

// isRead reports whether docutils accepts a list-table: a list of rows, which are lists of equally
// many cells.
func (t *table) isRead() bool {
	isList := func(elements []*grammar.Element) bool {
		return len(elements) == 1 && elements[0].Kind == grammar.BulletList
	}
	content := slices.DeleteFunc(slices.Clone(t.element.Children), func(e *grammar.Element) bool { return e.Kind == grammar.Caption })
	return t.element.Directive.Problem == nil && isList(content) && len(t.rows) > t.header &&
		!slices.ContainsFunc(content[0].Children, func(row *grammar.Element) bool { return !isList(row.Children) }) &&
		!slices.ContainsFunc(t.rows, func(cells []cell) bool { return len(cells) != len(t.rows[0]) })
}

// namesOption reports whether a cell below the header of a table is an option.
func (a *Adopter) namesOption(t *table) bool {
	cells := slices.Concat(t.rows[min(t.header, len(t.rows)):]...)
	return slices.ContainsFunc(cells, func(c cell) bool { _, ok := a.names(&c); return ok })
}

// names reports whether a cell contains only an option, and returns the option. The data may not
// declare it.
func (a *Adopter) names(c *cell) (catalog.Reference, bool) {
	r, ok := catalog.ParseReference(c.name)
	if !ok || a.Catalog.Find(r) != nil {
		return r, ok
	}
	_, note := a.Catalog.Renamed(r)
	return r, note != nil || isEnv(c) || strings.HasPrefix(bare(c.name), "[") && a.Catalog.Section(r.Section) != nil
}

// isEnv reports whether a cell begins like an environment variable of Airflow.
func isEnv(c *cell) bool { return catalog.IsEnv(bare(c.name)) }

// bare returns a text without backquotes.
func bare(text string) string { return strings.Trim(text, "`") }

// compareRows returns how a row of the directive's table differs from the row in the page, "" if it
// does not.
func compareRows(was, is []cell) string {
	for i := range was {
		if from, to := was[i].reading(), is[i].reading(); from != to {
			return fmt.Sprintf("line %d: the directive would show %s, not %s", was[i].line, quote(to), quote(from))
		}
	}
	return ""
}

// quote returns the start of a text in quotes, on one line, for reasons.
func quote(s string) string { return fmt.Sprintf("\"%.60s\"", strings.Join(strings.Fields(s), " ")) }
