package adopt

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// An Adopter finds the tables and regions of pages that a directive can replace. It is safe for
// concurrent use, as long as its fields do not change.
type Adopter struct {
	Catalog *catalog.Catalog
	// Read reads a page, with the nodes that Expand needs.
	Read func(source []byte) *grammar.Document
	// Expand expands a page for an output tree.
	Expand func(path string, doc *grammar.Document) Expansion
	// Replace replaces the element that at describes with the lines of a directive. It returns
	// an error if no expansion is allowed there.
	Replace func(source []byte, at *grammar.Directive, lines []string) (render.Edit, error)
	// KeepRegions is set to adopt tables only, and no regions of the project's bindings.
	KeepRegions bool
}

// An Expansion is the result of expanding a page.
type Expansion struct {
	Output   []byte
	Blocked  bool // whether something in the page cannot be expanded
	Findings []finding.Finding
	Regions  directives.Regions
	Stale    map[*directives.Region]string // how regions differ from the expansions of their directives
}

// A Verdict says whether a directive can replace a table or a region.
type Verdict struct {
	Span   grammar.Span // the table, or the region with its comments
	Begin  string       // the first comment of the region; "" for a table
	Reason string       // why no directive can replace it; "" if one can
}

// A Report is the result for one page.
type Report struct {
	Verdicts []Verdict // in the order of the page; none for tables without options
	Edits    []render.Edit
	// Findings are the reasons why the page cannot be expanded. Then nothing is adopted.
	Findings []finding.Finding
}

// Page adopts the tables and regions of a page.
func (a *Adopter) Page(path string, source []byte) Report {
	p := &page{Adopter: a, path: path, doc: a.Read(source)}
	p.before = a.Expand(path, p.doc)
	p.tables(p.doc.Root, grammar.NewLines(source))
	for _, r := range p.before.Regions {
		if r.Binding != nil && !a.KeepRegions {
			p.region(r)
		}
	}
	if p.before.Blocked {
		p.report.Findings = p.before.Findings
	}
	slices.SortStableFunc(p.report.Verdicts, func(a, b Verdict) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	p.prove()
	return p.report
}

// A page is the state of adopting one page.
type page struct {
	*Adopter
	path   string
	doc    *grammar.Document
	before Expansion
	report Report
}

// tables adopts the tables in an element, except those in regions.
func (p *page) tables(e *grammar.Element, lines *grammar.Lines) {
	if e.IsTable() {
		if t := readTable(p.doc.Source, lines, e); p.namesOption(t) {
			if p.before.Regions.At(e.Span) == nil {
				p.report.Verdicts = append(p.report.Verdicts, Verdict{Span: e.Span, Reason: p.adopt(t)})
			}
			return
		}
	}
	for _, child := range e.Children {
		p.tables(child, lines)
	}
}

// adopt replaces a table with a directive. It returns the reason if it cannot, else "".
func (p *page) adopt(t *table) string {
	switch problem := t.problem(p.doc.Source); {
	case p.before.Blocked:
		return "something else in the page cannot be expanded"
	case problem != "":
		return problem
	}
	d, reason := p.draft(t)
	if reason != "" {
		return reason
	}
	return p.replace(t.element.Directive, d.lines())
}

// region replaces a region with the directive of its binding.
func (p *page) region(r *directives.Region) {
	v := Verdict{Span: r.Span(), Begin: r.Binding.Begin}
	if stale := p.before.Stale[r]; stale != "" {
		v.Reason = "it is not current: " + stale
	} else {
		at := &grammar.Directive{Span: r.Span(), Column: r.Begin.Column, Container: r.Begin.Container, First: r.Begin.First}
		v.Reason = p.replace(at, strings.Split(strings.TrimSpace(r.Binding.Directive), "\n"))
	}
	p.report.Verdicts = append(p.report.Verdicts, v)
}

// replace adds the edit that replaces an element with a directive. It returns the reason if none is
// allowed there, else "".
func (p *page) replace(at *grammar.Directive, lines []string) string {
	e, err := p.Replace(p.doc.Source, at, lines)
	if err != nil {
		return err.Error()
	}
	p.report.Edits = append(p.report.Edits, e)
	return ""
}

// prove expands the page with all edits. If any of its tables does not read as before, it drops all
// edits.
func (p *page) prove() {
	if len(p.report.Edits) == 0 {
		return
	}
	problem := p.difference()
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

// difference returns what reads differently after the edits, "" if nothing does.
func (p *page) difference() string {
	source, err := render.Splice(p.doc.Source, p.report.Edits)
	if err != nil {
		return err.Error()
	}
	output, reason := p.expand(source)
	if reason != "" {
		return reason
	}
	was, is := p.listTables(p.before.Output), p.listTables(output)
	if len(was) != len(is) {
		return fmt.Sprintf("it would have %d tables, not %d", len(is), len(was))
	}
	for i := range was {
		if was[i].reading() != is[i].reading() || was[i].element.Directive.Container != is[i].element.Directive.Container {
			return fmt.Sprintf("table %d", i+1)
		}
	}
	return ""
}

// expand returns the expansion of a source, or the reason why it cannot be expanded.
func (p *page) expand(source []byte) (output []byte, reason string) {
	x := p.Expand(p.path, p.Read(source))
	if !x.Blocked {
		return x.Output, ""
	}
	for _, d := range x.Findings {
		if d.Severity == finding.Error {
			return nil, d.Message
		}
	}
	return nil, "it cannot be expanded"
}
