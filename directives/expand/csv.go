package expand

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/finding"
	"windsock/grammar"
)

// csvTables reports what is for windsock in the cells of the csv-tables of doc, which its
// reader leaves unread: each is RST of its own, and none can hold an expansion. It returns
// false if there is such a cell.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func (p *pageExpansion) csvTables(doc *grammar.Document, report func(finding.Finding), skip func(grammar.Span) bool) (ok bool) {
	ok = true
	if !bytes.Contains(doc.Source, []byte("csv-table")) {
		return ok
	}
	for e := range doc.Root.All() {
		if e.Kind != grammar.DirectiveBlock || e.Name.Value != "csv-table" || skip(e.Span) {
			continue
		}
		for _, row := range e.TableRows(doc.Source) {
			for _, entry := range row {
				ok = p.csvCell(doc.Source, entry, report) && ok
			}
		}
	}
	return ok
}

// csvCell reports what is for windsock in one cell of a csv-table in source.
func (p *pageExpansion) csvCell(source []byte, entry grammar.Entry, report func(finding.Finding)) (ok bool) {
	text := []byte(joined(entry.Source))
	if !cellGate.Passes(text) {
		return true
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
	s := cell.roleScan(reader, text, cell.report)
	s.inCSV = true
	s.scan(doc.Root)
	ok = cell.csvTables(doc, cell.report, func(grammar.Span) bool { return false }) && !s.failed && !cell.result.Blocked
	for _, f := range cell.result.Findings {
		f.Span = spanInSource(source, entry.Source, f.Span)
		f.Certain = false // what is written there may end the cell
		report(f)
	}
	return ok
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
