package adopt

import (
	"encoding/csv"
	"strings"
	"unicode/utf8"

	"windsock/grammar"
)

// onlyListTables is why tables of other kinds stay: docutils reads their columns
// and classes otherwise than those of an expansion.
const onlyListTables = "only a list-table reads as a directive's table does"

// drawn gives a verdict on the grid tables, simple tables and csv-tables whose
// rows name options.
func (p *pageAdoption) drawn() {
	r := &grammar.Reader{LiteralDirectives: p.Expander.LiteralDirectives}
	for e := range r.ReadAll(p.page.Source).Root.All() {
		if p.optionLike(otherTable(e)) > 0 && !p.inRegion(e.Span) {
			p.report.Verdicts = append(p.report.Verdicts, Verdict{Span: e.Span, Reason: onlyListTables})
		}
	}
}

// otherTable returns the rows of a table that is no list-table; none if an
// element is no such table.
func otherTable(e *grammar.Element) [][]cell {
	switch {
	case e.Kind == grammar.Table:
		return drawnRows(e)
	case e.Kind == grammar.DirectiveBlock && e.Name.Value == "csv-table" && e.Directive != nil:
		return csvRows(e)
	}
	return nil
}

// drawnRows returns the rows of a grid table or a simple table.
func drawnRows(e *grammar.Element) (rows [][]cell) {
	for _, row := range e.Children {
		var cells []cell
		for _, c := range row.Children {
			if len(c.Children) == 1 && c.Children[0].Kind == grammar.Paragraph {
				cells = append(cells, cell{blocks: []string{oneLine(c.Children[0].Text)}, single: true})
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

// csvRows returns the rows in the content of a csv-table, as far as they can be
// read.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func csvRows(e *grammar.Element) (rows [][]cell) {
	for _, block := range e.Children {
		if block.Kind != grammar.LiteralBlock {
			continue
		}
		var lines []string
		for _, l := range block.Text {
			lines = append(lines, l.Value)
		}
		r := csv.NewReader(strings.NewReader(strings.Join(lines, "\n")))
		r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = -1, true, true
		for _, o := range e.Directive.Options {
			if value := oneLine(o.Value); strings.EqualFold(o.Name.Value, "delim") && utf8.RuneCountInString(value) == 1 {
				r.Comma, _ = utf8.DecodeRuneInString(value)
			}
		}
		for record, err := r.Read(); err == nil; record, err = r.Read() {
			var cells []cell
			for _, field := range record {
				cells = append(cells, cell{blocks: []string{strings.TrimSpace(field)}, single: true})
			}
			rows = append(rows, cells)
		}
	}
	return rows
}
