package adopt

import (
	"fmt"
	"sort"
	"windsock/directives/finding"
)

// contradicted says which default in a table the data contradicts, "" if it does
// none. d is the directive that reads as the table does, nil if there is none: what
// it takes from the data is right.
func (p *pageAdoption) contradicted(f *proposal, d *draft) string {
	if !p.checked {
		p.checked = true
		p.findings = p.Checker.Page(p.Checker.Reader().ReadAll(p.page.Source)).Diagnostics
	}
	span := f.table.directive.Span
	first := sort.Search(len(p.findings), func(i int) bool { return p.findings[i].Span.Start >= span.Start })
	for _, found := range p.findings[first:] {
		if found.Span.Start >= span.End {
			break
		}
		n := f.rowAt(p.lines.Number(found.Span.Start))
		if found.Rule == finding.WrongDefault && (n < 0 || d == nil || d.items[n].value != nil) {
			return p.contradiction(f, n, found)
		}
	}
	return ""
}

// contradiction puts into words that the data contradicts the default that row n of
// a table claims.
func (p *pageAdoption) contradiction(f *proposal, n int, found finding.Finding) string {
	line := p.lines.Number(found.Span.Start)
	if n < 0 || f.rows[n].about == nil {
		return fmt.Sprintf("line %d: %s", line, found.Message)
	}
	o := f.rows[n].about
	is := "it has none"
	if value, ok := o.ShownDefault(); ok {
		is = quote(value)
	}
	return fmt.Sprintf("line %d: %s claims %s, the data says %s (%s:%d)",
		line, o, quote(string(found.Span.Of(p.page.Source))), is, o.Declared.Path, o.Declared.Line)
}

// rowAt returns the index of the row that holds a line of the page, -1 if that is
// above all rows.
func (p *proposal) rowAt(line int) int {
	return sort.Search(len(p.rows), func(i int) bool { return p.lineOf(&p.rows[i].cells[0]) > line }) - 1
}
