package grammar

import (
	"iter"
	"strconv"
	"strings"
)

// An Entry is the content of one cell of a table, by docutils' name for it.
type Entry struct {
	// Span is that of the cell; in a list-table that of its list item, in a csv-table
	// without the quotes around it.
	Span     Span
	Children []*Element // its body elements; nil in a csv-table, whose cells are not read
	// Source is the RST of a cell of a csv-table. Where the table leaves out a
	// character, such as the first of two quotes, one text ends and the next begins.
	Source []Text
	// Block is the content of the csv-table that the cell stands in, nil if it stands
	// in the option "header".
	Block *Element
}

// IsTable reports whether e is a table: a grid table, a simple table, a list-table or a
// csv-table.
func (e *Element) IsTable() bool { return e.Kind == Table || e.IsListTable() || e.isCSVTable() }

// IsListTable reports whether e is a list-table.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#list-table
func (e *Element) IsListTable() bool { return e.isDirective("list-table") }

// isCSVTable reports whether e is a csv-table.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func (e *Element) isCSVTable() bool { return e.isDirective("csv-table") }

// isDirective reports whether e is a directive of the given type.
func (e *Element) isDirective(name string) bool {
	return e.Kind == DirectiveBlock && e.Directive != nil && e.Name.Value == name
}

// TableRows yields the rows of a table in source, the page: whether the row belongs to
// the table's head, and its cells, which the next row overwrites. A list-table need not
// be one that docutils accepts: rows may have any number of cells.
func (e *Element) TableRows(source []byte) iter.Seq2[bool, []Entry] {
	return func(yield func(bool, []Entry) bool) {
		switch {
		case e.Kind == Table:
			e.cellRows(yield)
		case e.IsListTable():
			e.listRows(yield)
		case e.isCSVTable():
			e.csvRows(source, yield)
		}
	}
}

// cellRows yields the rows of a grid table or a simple table.
func (e *Element) cellRows(yield func(bool, []Entry) bool) {
	var entries []Entry
	for _, row := range e.Children {
		if entries = appendEntries(entries[:0], row); !yield(row.Header, entries) {
			return
		}
	}
}

// appendEntries adds the children of a row, each a cell.
func appendEntries(entries []Entry, row *Element) []Entry {
	for _, cell := range row.Children {
		entries = append(entries, Entry{Span: cell.Span, Children: cell.Children})
	}
	return entries
}

// listRows yields the rows of a list-table, which is a list of lists.
func (e *Element) listRows(yield func(bool, []Entry) bool) {
	var entries []Entry
	header := e.Directive.headerRows()
	for _, list := range e.Children {
		if list.Kind != BulletList {
			continue
		}
		for i, row := range list.Children {
			entries = entries[:0]
			for _, inner := range row.Children {
				if inner.Kind == BulletList {
					entries = appendEntries(entries, inner)
				}
			}
			if !yield(i < header, entries) {
				return
			}
		}
	}
}

// csvRows yields the rows of a csv-table: those of its option "header", then those of
// its content.
func (e *Element) csvRows(source []byte, yield func(bool, []Entry) bool) {
	content, header := e.Directive.csvDialects()
	if o := e.Directive.Option("header"); o != nil {
		r := csvReader{csvDialect: header, source: source, lines: o.Value}
		if !r.read(func(_ int, row []Entry) bool { return yield(true, row) }) {
			return
		}
	}
	headerRows := e.Directive.headerRows()
	for _, block := range e.Children {
		if block.Kind != LiteralBlock {
			continue
		}
		r := csvReader{csvDialect: content, source: source, lines: block.Text, block: block}
		if !r.read(func(n int, row []Entry) bool { return yield(n < headerRows, row) }) {
			return
		}
	}
}

// headerRows returns how many rows a directive's option says are the table's head.
func (d *Directive) headerRows() int {
	n, _ := strconv.Atoi(d.optionValue("header-rows"))
	return n
}

// Option returns the option of that name, in lower case, or nil.
func (d *Directive) Option(name string) *Option {
	for i := range d.Options {
		if strings.EqualFold(d.Options[i].Name.Value, name) {
			return &d.Options[i]
		}
	}
	return nil
}

// optionValue returns the value of an option on one line, "" if it is not given.
func (d *Directive) optionValue(name string) string {
	o := d.Option(name)
	if o == nil {
		return ""
	}
	values := make([]string, len(o.Value))
	for i, line := range o.Value {
		values[i] = strings.TrimSpace(line.Value)
	}
	return strings.TrimSpace(strings.Join(values, " "))
}
