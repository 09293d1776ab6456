package adopt

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"

	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// An Adopter finds out which tables and regions of pages a directive can stand
// for. It may serve many pages at once; its fields must not change meanwhile.
type Adopter struct {
	Expander *directives.Expander // whose Mode is OutputTree
	Checker  *check.Checker       // with the same data
	// KeepRegions leaves the regions that comments of a project's own mark as they
	// are.
	KeepRegions bool
}

// A Verdict is what was found out about one table or region.
type Verdict struct {
	Span     grammar.Span // of the table, or of the region with its comments
	IsRegion bool
	Begin    string // the comment that begins the region, "" of a table
	Reason   string // why it stays as it is; "" if a directive can stand for it
}

// A Report is what was found out about one page.
type Report struct {
	Verdicts []Verdict // in the order of the page; tables without an option in a row have none
	Edits    []render.Edit
	// Diagnostics are why nothing in the page can be expanded, and thus nothing be
	// adopted.
	Diagnostics []finding.Finding
}

// Page looks at the tables and regions of a page.
func (a *Adopter) Page(page directives.Page) Report {
	p := &pageAdoption{Adopter: a, page: page, lines: grammar.NewLines(page.Source)}
	e := a.Expander
	p.own = e.Reader().Read(page.Source)
	p.before = e.Expand(page, p.own)
	for _, t := range a.tables(page.Source) {
		p.addTable(t)
	}
	for _, x := range p.before.Expansions {
		if x.Bound && !a.KeepRegions {
			p.addRegion(x)
		}
	}
	p.drawn()
	if p.before.Blocked {
		p.report.Diagnostics = p.before.Diagnostics
	}
	slices.SortStableFunc(p.report.Verdicts, func(a, b Verdict) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	p.prove()
	return p.report
}

// A pageAdoption is the work on one page.
type pageAdoption struct {
	*Adopter
	page     directives.Page
	lines    *grammar.Lines
	own      *grammar.Document // what the expander sees in the page
	before   directives.Result // what it makes of it
	findings []finding.Finding // of the page, once it was checked
	checked  bool
	report   Report
}

// tables returns the list-tables of a page, except for those within others.
func (a *Adopter) tables(source []byte) []*table {
	r := &grammar.Reader{
		Directives:        append(directives.Types(), listTableType),
		LiteralDirectives: a.Expander.LiteralDirectives,
	}
	var tables []*table
	for _, n := range r.Read(source).Nodes {
		if n.Directive != nil && strings.EqualFold(n.Directive.Type.Value, listTableType) {
			tables = append(tables, readTable(n.Directive))
		}
	}
	return tables
}

// addTable looks at a list-table. What stands in a region is not the author's.
func (p *pageAdoption) addTable(t *table) {
	span := t.directive.Span
	if p.inRegion(span) || len(t.rows) == 0 || p.optionLike(t.body()) == 0 {
		return
	}
	lines, reason := p.directiveFor(t)
	v := Verdict{Span: span, Reason: reason}
	if reason == "" {
		v.Reason = p.replace(t.directive, lines)
	}
	p.report.Verdicts = append(p.report.Verdicts, v)
}

// inRegion reports whether a span lies in a managed region.
func (p *pageAdoption) inRegion(s grammar.Span) bool {
	all := p.before.Expansions
	i := sort.Search(len(all), func(i int) bool { return all[i].Source.End >= s.End })
	return i < len(all) && all[i].Managed && all[i].Source.Contains(s)
}

// directiveFor returns the directive that a table may become, or why it stays.
func (p *pageAdoption) directiveFor(t *table) ([]string, string) {
	switch {
	case p.before.Blocked:
		return nil, "something else in the page cannot be expanded"
	case t.problem != "":
		return nil, "docutils reads no table there: " + t.problem
	case t.directive.Substitution != nil:
		return nil, "a table cannot be the text of a substitution"
	case p.holdsOwn(t.directive.Span):
		return nil, "it holds a directive, a role or a comment of windsock's"
	}
	option, env := p.nameColumns(t)
	f := &proposal{
		Adopter: p.Adopter, page: p.page, lines: p.lines, table: t,
		option: option, env: env, rows: p.rowsOf(t, option, env),
	}
	d, reason := f.make()
	if stale := p.contradicted(f, d); stale != "" {
		return nil, stale
	}
	if reason != "" {
		return nil, reason
	}
	return d.lines(), ""
}

// holdsOwn reports whether a span holds a directive, a role or a comment of
// windsock's.
func (p *pageAdoption) holdsOwn(s grammar.Span) bool {
	if bytes.Contains(bytes.ToLower(s.Of(p.page.Source)), []byte(":"+directives.Role().Name+":")) {
		return true
	}
	for i := p.nodeFrom(s.Start); i < len(p.own.Nodes) && p.own.Nodes[i].Span.Start < s.End; i++ {
		if n := p.own.Nodes[i]; n.Directive != nil || n.Comment != nil {
			return true
		}
	}
	return false
}

// nodeFrom returns the index of the first node of the page that ends behind offset.
func (p *pageAdoption) nodeFrom(offset int) int {
	return sort.Search(len(p.own.Nodes), func(i int) bool { return p.own.Nodes[i].Span.End > offset })
}

// replace makes the edit that puts a directive in the place of an element. It says
// why that place cannot hold one, "" if it can.
func (p *pageAdoption) replace(at *grammar.Directive, lines []string) string {
	e, err := directives.Replace(p.page.Source, at, lines)
	if err != nil {
		return err.Error()
	}
	p.report.Edits = append(p.report.Edits, e)
	return ""
}
