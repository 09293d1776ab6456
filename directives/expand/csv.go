package expand

import (
	"bytes"

	"windsock/directives"
	"windsock/grammar"
)

// csvTables reports directives, roles and near misses in the cells of csv-tables, which no cell
// can contain. The reader of the page does not read the cells: each is RST of its own.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func (p *pageExpansion) csvTables(doc *grammar.Document, regions directives.Regions) {
	if !bytes.Contains(doc.Source, []byte("csv-table")) {
		return
	}
	for e := range doc.Root.All() {
		if e.Kind != grammar.DirectiveBlock || e.Name.Value != "csv-table" || regions.At(e.Span) != nil {
			continue
		}
		for _, row := range e.TableRows(doc.Source) {
			for _, entry := range row {
				p.csvCell(entry)
			}
		}
	}
}

// csvCell reports directives, roles and near misses in a cell.
func (p *pageExpansion) csvCell(entry grammar.Entry) {
	var text []byte
	for _, t := range entry.Source {
		text = append(text, t.Value...)
	}
	if !cellGate.Passes(text) {
		return
	}
	reader := p.Reader()
	cell := &pageExpansion{Expander: p.Expander, page: Page{Path: p.page.Path, Source: text}}
	doc := reader.Read(text)
	cell.nearMisses(doc)
	for _, n := range doc.Nodes {
		if n.Directive != nil && directives.Define(n.Directive.Type.Value) != nil {
			cell.call(n.Directive, text, cell.block).Errorf(n.Directive.Type.Span, "", "a cell of a csv-table cannot contain an expansion; use a list-table")
		}
	}
	s := cell.roleScan(reader, text)
	s.isCSV = true
	s.scan(doc.Root)
	p.result.Blocked = p.result.Blocked || s.failed || cell.result.Blocked
	for _, f := range cell.result.Findings {
		f.Span = spanInSource(p.page.Source, entry.Source, f.Span)
		f.Certain = false // a replacement with a comma or a quote would end the cell
		p.report(f)
	}
}

// cellGate skips cells without directives, roles and near misses.
var cellGate = directives.NewGate(directives.Trigger{Text: "airflow", AnyCase: true})

// spanInSource converts a span of the concatenated values of texts to a span of source.
func spanInSource(source []byte, texts []grammar.Text, s grammar.Span) grammar.Span {
	var alignment grammar.Alignment
	offset := func(at int) int {
		n := 0
		for ; n < len(texts)-1 && at > len(texts[n].Value); n++ {
			at -= len(texts[n].Value)
		}
		return alignment.Offset(source, texts[n], at)
	}
	return grammar.Span{Start: offset(s.Start), End: offset(s.End)}
}
