package adopt

import (
	"fmt"

	"windsock/directives"
	"windsock/render"
)

// prove expands the page with all edits made, and gives them up if any of its
// tables does not read as before.
func (p *pageAdoption) prove() {
	if len(p.report.Edits) == 0 {
		return
	}
	problem := p.unproven()
	if problem == "" {
		return
	}
	p.report.Edits = nil
	for i := range p.report.Verdicts {
		if v := &p.report.Verdicts[i]; v.Reason == "" {
			v.Reason = "with all its tables as directives the page would not read the same: " + problem
		}
	}
}

// unproven says what does not read the same once the edits are made, "" if all
// does.
func (p *pageAdoption) unproven() string {
	source, err := render.Splice(p.page.Source, p.report.Edits)
	if err != nil {
		return err.Error()
	}
	e := p.Expander
	after := e.Expand(directives.Page{Path: p.page.Path, Source: source}, e.Reader().Read(source))
	if after.Blocked {
		return blocking(after.Diagnostics)
	}
	was, is := p.tables(p.before.Output), p.tables(after.Output)
	if len(was) != len(is) {
		return fmt.Sprintf("it would have %d tables, not %d", len(is), len(was))
	}
	for i := range was {
		if d := compare(was[i], is[i]); d != nil || was[i].directive.Container != is[i].directive.Container {
			return fmt.Sprintf("table %d", i+1)
		}
	}
	return ""
}
