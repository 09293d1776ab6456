package adopt

import (
	"encoding/csv"
	"strings"
	"unicode/utf8"

	"windsock/directives/check"
	"windsock/grammar"
)

// Why a table that is no list-table stays: docutils reads its columns and classes
// otherwise than those of an expansion.
const onlyListTables = "only a list-table reads as a directive's table does"

// noDefaults is why a table that shows something else of options stays.
const noDefaults = "none of its columns is headed \"Default\""

// drawn gives a verdict on the grid tables, simple tables and csv-tables whose
// rows name options.
func (p *pageAdoption) drawn() {
	r := &grammar.Reader{LiteralDirectives: p.Expander.LiteralDirectives}
	for e := range r.ReadAll(p.page.Source).Root.All() {
		rows := otherRows(e)
		if p.optionLike(rows) == 0 || p.inRegion(e.Span) {
			continue
		}
		v := Verdict{Span: e.Span, Reason: noDefaults}
		for _, c := range rows[0] {
			if check.IsDefaultHeader(c.text()) {
				v.Reason = onlyListTables
			}
		}
		p.report.Verdicts = append(p.report.Verdicts, v)
	}
}

// otherRows returns the rows of a table that is no list-table, its head first;
// none if an element is no such table.
func otherRows(e *grammar.Element) [][]cell {
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
				cells = append(cells, paragraph(oneLine(c.Children[0].Text)))
			}
		}
		rows = append(rows, cells)
	}
	return rows
}

// paragraph returns a cell that is one paragraph.
func paragraph(text string) cell { return cell{blocks: []string{text}, single: true} }

// csvRows returns the rows of a csv-table, as far as they can be read.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func csvRows(e *grammar.Element) [][]cell {
	comma := ','
	var rows [][]cell
	for _, o := range e.Directive.Options {
		switch value := oneLine(o.Value); {
		case strings.EqualFold(o.Name.Value, "header"):
			rows = records(value, ',')
		case strings.EqualFold(o.Name.Value, "delim") && utf8.RuneCountInString(value) == 1:
			comma, _ = utf8.DecodeRuneInString(value)
		}
	}
	for _, block := range e.Children {
		if block.Kind == grammar.LiteralBlock {
			var lines []string
			for _, l := range block.Text {
				lines = append(lines, l.Value)
			}
			rows = append(rows, records(strings.Join(lines, "\n"), comma)...)
		}
	}
	return rows
}

// records returns the records of comma-separated values, as rows of paragraphs.
func records(text string, comma rune) (rows [][]cell) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = comma, -1, true, true
	for record, err := r.Read(); err == nil; record, err = r.Read() {
		var cells []cell
		for _, field := range record {
			cells = append(cells, paragraph(strings.TrimSpace(field)))
		}
		rows = append(rows, cells)
	}
	return rows
}
