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

// An Adopter finds out which tables and regions of pages a directive can stand
// for. It may serve many pages at once; its fields must not change meanwhile.
type Adopter struct {
	Catalog *catalog.Catalog
	// Read reads a page in full, with the nodes that Expand needs.
	Read func(source []byte) *grammar.Document
	// Expand expands a page, named by its path, for an output tree.
	Expand func(path string, doc *grammar.Document) Expansion
	// Replace writes the lines of a directive in the place of the element that the
	// directive at describes. The error says why no expansion could stand there.
	Replace func(source []byte, at *grammar.Directive, lines []string) (render.Edit, error)
	// KeepRegions leaves the regions that comments of a project's own mark as they
	// are.
	KeepRegions bool
}

// An Expansion is what a page becomes.
type Expansion struct {
	Output   []byte
	Blocked  bool // whether something in the page cannot be expanded
	Findings []finding.Finding
	Regions  directives.Regions
	Stale    map[*directives.Region]string // why regions differ from what their directives become
}

// A Verdict is what was found out about one table or region.
type Verdict struct {
	Span   grammar.Span // of the table, or of the region with its comments
	Begin  string       // the comment that begins the region, "" of a table
	Reason string       // why it stays as it is; "" if a directive can stand for it
}

// A Report is what was found out about one page.
type Report struct {
	Verdicts []Verdict // in the order of the page; tables without an option in a row have none
	Edits    []render.Edit
	// Findings are why nothing in the page can be expanded, and thus nothing be
	// adopted.
	Findings []finding.Finding
}

// Page looks at the tables and regions of a page, named by its path.
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

// A page is the work on one page.
type page struct {
	*Adopter
	path   string
	doc    *grammar.Document
	before Expansion
	report Report
}

// tables looks at the tables in an element. What stands in a region is not the author's.
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

// adopt puts a directive in the place of a table. It returns why the table stays, "" if
// it does not.
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

// region puts the directive that the project file binds to a region in its place.
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

// replace makes the edit that puts a directive in the place of an element. It returns
// why that place cannot hold one, "" if it can.
func (p *page) replace(at *grammar.Directive, lines []string) string {
	e, err := p.Replace(p.doc.Source, at, lines)
	if err != nil {
		return err.Error()
	}
	p.report.Edits = append(p.report.Edits, e)
	return ""
}

// prove expands the page with all edits made, and gives them up if any of its
// tables does not read as before.
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

// difference says what does not read the same once the edits are made, "" if all does.
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

// expand returns what a source becomes, or why it cannot be expanded.
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
