package expand

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/grammar"
)

// csvTables reports what is for windsock in the cells of the csv-tables of doc, which its
// reader leaves unread: each is RST of its own, and none can hold an expansion.
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

// csvCell reports what is for windsock in one cell of a csv-table.
func (p *pageExpansion) csvCell(entry grammar.Entry) {
	text := []byte(joined(entry.Source))
	if !cellGate.Passes(text) {
		return
	}
	reader := p.Reader()
	cell := &pageExpansion{Expander: p.Expander, page: Page{Path: p.page.Path, Source: text}}
	doc := reader.Read(text)
	cell.nearMisses(doc)
	for _, n := range doc.Nodes {
		if n.Directive != nil && directives.Define(n.Directive.Type.Value) != nil {
			cell.call(n.Directive, text, cell.block).Errorf(n.Directive.Type.Span, "", "a cell of a csv-table cannot hold an expansion; use a list-table")
		}
	}
	s := cell.roleScan(reader, text)
	s.isCSV = true
	s.scan(doc.Root)
	p.result.Blocked = p.result.Blocked || s.failed || cell.result.Blocked
	for _, f := range cell.result.Findings {
		f.Span = spanInSource(p.page.Source, entry.Source, f.Span)
		f.Certain = false // what is written there may end the cell
		p.report(f)
	}
}

// cellGate passes cells that may hold something for windsock.
var cellGate = directives.NewGate(directives.Trigger{Text: "airflow", AnyCase: true})

// joined returns the values of texts as one.
func joined(texts []grammar.Text) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString(t.Value)
	}
	return b.String()
}

// spanInSource returns where a span of the joined values of texts stands in the source.
func spanInSource(source []byte, texts []grammar.Text, s grammar.Span) grammar.Span {
	var aligned grammar.Alignment
	offset := func(at int) int {
		n := 0
		for ; n < len(texts)-1 && at > len(texts[n].Value); n++ {
			at -= len(texts[n].Value)
		}
		return aligned.Offset(source, texts[n], at)
	}
	return grammar.Span{Start: offset(s.Start), End: offset(s.End)}
}
