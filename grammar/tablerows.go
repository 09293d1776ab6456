package grammar

import (
	"iter"
	"strconv"
	"strings"
)

// An Entry is a cell of a table; docutils calls it an entry.
type Entry struct {
	// Span is the span of the cell. In a list-table it is the span of the list item, and
	// in a csv-table that of the value without its quotes.
	Span     Span
	Children []*Element // the body elements; nil in a csv-table, whose cells are not parsed
	// Source is the RST of a cell of a csv-table. It has several parts if the CSV
	// contains characters that do not belong to the value, such as the first of two
	// doubled quotes.
	Source []Text
	// Block is the content of the csv-table that contains the cell, or nil if the cell
	// is in the option "header".
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
// the head, and the cells. The next row overwrites the cells. Rows of a list-table can
// have different numbers of cells, which docutils rejects.
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

// appendEntries appends the cells of row, its children.
func appendEntries(entries []Entry, row *Element) []Entry {
	for _, cell := range row.Children {
		entries = append(entries, Entry{Span: cell.Span, Children: cell.Children})
	}
	return entries
}

// listRows yields the rows of a list-table, a list of lists.
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

// csvRows yields the rows of a csv-table: those in its option "header", then those in its
// content.
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

// headerRows returns the value of the option "header-rows", 0 by default.
func (d *Directive) headerRows() int {
	n, _ := strconv.Atoi(d.optionValue("header-rows"))
	return n
}

// Option returns the option with the given name, in any case, or nil.
func (d *Directive) Option(name string) *Option {
	for i := range d.Options {
		if strings.EqualFold(d.Options[i].Name.Value, name) {
			return &d.Options[i]
		}
	}
	return nil
}

// optionValue returns the value of an option as one line, "" if there is no such option.
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
