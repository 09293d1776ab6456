package adopt

import (
	"fmt"

	"windsock/directives"
)

// contradicted says which default in a table the data contradicts, "" if it does
// none.
func (p *pageAdoption) contradicted(f *proposal) string {
	if !p.checked {
		p.checked = true
		p.findings = p.Checker.Page(p.Checker.Reader().ReadAll(p.page.Source)).Diagnostics
	}
	for _, d := range p.findings {
		if d.Rule != directives.WrongDefault || !f.table.directive.Span.Contains(d.Span) {
			continue
		}
		line := p.lines.Number(d.Span.Start)
		if r, claimed := f.claimAt(line); r != nil && r.about != nil {
			value, ok := r.about.ShownDefault()
			is := quote(value)
			if !ok {
				is = "it has none"
			}
			at := r.about.Declared
			return fmt.Sprintf("line %d: %s claims %s, the data says %s (%s:%d)", line, r.about, quote(claimed.shown()), is, at.Path, at.Line)
		}
		return fmt.Sprintf("line %d: %s", line, d.Message)
	}
	return ""
}

// claimAt returns the row, and the cell of it, that hold a line of the page.
func (p *proposal) claimAt(line int) (*row, *cell) {
	for i := range p.rows {
		for j := range p.rows[i].cells {
			c := &p.rows[i].cells[j]
			if from := p.lineOf(c); from <= line && line < from+max(len(c.lines), 1) {
				return &p.rows[i], c
			}
		}
	}
	return nil, nil
}
