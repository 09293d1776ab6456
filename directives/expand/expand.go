package expand

import (
	"bytes"
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

// An Expander expands the directives and roles of pages and renews their managed regions.
// Its methods may be called from several goroutines.
type Expander struct {
	Catalog *catalog.Catalog
	Mode    Mode
	// Folder is the absolute path of the working folder, the base of the paths of pages and
	// data files; "" means "/".
	Folder string
	// Bindings are the pairs of comments that the project uses around regions.
	Bindings []directives.Binding
	// Force renews regions that were edited by hand, without a finding.
	Force bool
	// RenewEdited renews regions that were edited by hand, with a finding: verify shows the
	// difference.
	RenewEdited bool
	// LiteralDirectives are further directive types whose content is not RST.
	LiteralDirectives []string
}

// A Mode is what happens to a directive outside of the managed regions.
type Mode int

// The modes. All of them renew managed regions.
const (
	OutputTree  Mode = iota // the expansion replaces the directive
	InPlace                 // a managed region with the expansion replaces the directive
	SourcesOnly             // the directive is checked, but not replaced
)

// A Page is one page to expand.
type Page struct {
	Path   string // as shown in messages: relative to the working folder, with slashes
	Source []byte
}

// A Result is the result of expanding a page.
type Result struct {
	// Output is the page with all expansions. It is the page's Source if nothing changed or
	// the page is Blocked.
	Output []byte
	// Blocked is set if something in the page cannot be expanded. Then nothing in the page is
	// expanded.
	Blocked bool
	// Findings are the findings in the page; their spans are in its Source.
	Findings []finding.Finding
	// Data are the findings in data files, about the options that the page shows.
	Data []finding.Located
	// Markers are the texts of the comments in the page that are part of a binding.
	Markers []string
	// Expansions are in the order of the page.
	Expansions []Expansion
}

// An Expansion is the expansion of one directive, role or managed region.
type Expansion struct {
	Source  grammar.Span       // the directive, role or region in the page
	Type    grammar.Text       // the directive's type; in a region of a binding the text of its first comment
	Region  *directives.Region // the managed region in Source; nil for a directive or role
	Options []*catalog.Option  // the options whose data the expansion shows
	Old     []string           // the lines that New replaces in a region or, after Against, in an earlier output
	Edited  bool               // the region was edited by hand and Force is not set
	MovedOn bool               // the region was edited, and the data or the directive changed too
	New     []string           // the lines of the expansion, without margin

	linesWithDefault func(value string) []string // New for another default; nil unless New shows a single default
	column           int                         // of the margin, from 0
	edit             *render.Edit                // nil if the page does not change
}

// About returns the option that the expansion shows, or zero if it shows none or several.
func (x *Expansion) About() finding.Option {
	if len(x.Options) != 1 {
		return finding.Option{}
	}
	return finding.Option(x.Options[0].Reference)
}

// Reader returns a reader that recognises windsock's directives and comments in a page.
func (e *Expander) Reader() *grammar.Reader {
	r := &grammar.Reader{
		Directives:        append(directives.Types(), "airflow*"),
		Near:              isNear,
		LiteralDirectives: e.LiteralDirectives,
	}
	for _, b := range e.Bindings {
		r.Comments = append(r.Comments, b.Begin, b.End)
	}
	return r
}

// Expand expands a page. doc is the document that [Expander.Reader] read from it.
func (e *Expander) Expand(page Page, doc *grammar.Document) Result {
	p := &pageExpansion{Expander: e, page: page, result: Result{Output: page.Source}, blankAbove: -1}
	pairing := directives.PairComments(doc, p.Bindings)
	p.result.Markers = pairing.Markers
	p.nearMisses(doc)
	regions := pairing.Regions
	if len(pairing.Problems) > 0 {
		regions = nil // with an unpaired comment the extent of a region is unknown
	}
	for _, problem := range pairing.Problems {
		p.block(problem)
	}
	slices.SortStableFunc(p.result.Findings, func(a, b finding.Finding) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	for _, r := range regions {
		p.region(r)
	}
	for _, d := range pairing.Outside {
		x := Expansion{Source: d.Span, Type: d.Type, column: d.Column}
		p.expand(x, d, p.page.Source, p.report, p.replace)
	}
	p.roles(doc, regions)
	p.csvTables(doc, regions)
	p.result.Blocked = p.result.Blocked || p.hasFaults()
	if !p.result.Blocked {
		p.applyEdits()
	}
	if p.result.Blocked {
		p.result.Expansions = nil
	}
	return p.result
}

// applyEdits sorts the expansions and applies their edits.
func (p *pageExpansion) applyEdits() {
	slices.SortFunc(p.result.Expansions, func(a, b Expansion) int { return cmp.Compare(a.Source.Start, b.Source.Start) })
	out, err := p.result.splice(p.page.Source, func(Expansion) bool { return true })
	if err != nil {
		p.block(finding.Finding{Rule: finding.BadRegion, Severity: finding.Error, Message: err.Error()})
		return
	}
	p.result.Output = out
}

// splice returns source with the edits of the expansions that isIncluded reports.
func (r *Result) splice(source []byte, isIncluded func(Expansion) bool) ([]byte, error) {
	var edits []render.Edit
	for _, x := range r.Expansions {
		if x.edit != nil && isIncluded(x) {
			edits = append(edits, *x.edit)
		}
	}
	return render.Splice(source, edits)
}

// A pageExpansion is the state of expanding one page.
type pageExpansion struct {
	*Expander
	page         Page
	result       Result
	isIncomplete bool           // an expansion lacks options because a data file could not be read
	blankAbove   int            // the offset of the line above which the last edit added a blank line; -1 if there is none
	cachedLines  *grammar.Lines // nil until they are needed
}

// lines returns the lines of the page.
func (p *pageExpansion) lines() *grammar.Lines {
	if p.cachedLines == nil {
		p.cachedLines = grammar.NewLines(p.page.Source)
	}
	return p.cachedLines
}

// report adds a finding in the page.
func (p *pageExpansion) report(f finding.Finding) {
	p.result.Findings = append(p.result.Findings, f)
}

// block adds a finding that blocks the page.
func (p *pageExpansion) block(f finding.Finding) {
	p.result.Blocked = true
	p.report(f)
}

// expand expands a directive of source, the page or a binding, at x.Source of the page. It
// calls setEdit to set x.edit.
func (p *pageExpansion) expand(x Expansion, d *grammar.Directive, source []byte, report func(finding.Finding), setEdit func(*Expansion, place, *directives.Expansion)) {
	at := placeOf(p.page.Source, p.lines(), x.Source, x.column)
	at.needsBlankAbove = at.needsBlankAbove && !isFirstInBody(d)
	c := p.call(d, source, report)
	c.Column = columnOf([]byte(at.margin + ".."))
	e := p.expansion(c, at)
	if c.Failed {
		p.result.Blocked = true
		return
	}
	p.unmapped(e)
	x.Options, x.New, x.linesWithDefault = e.Options, e.Block.Lines(), e.LinesWithDefault
	setEdit(&x, at, &e)
	p.result.Expansions = append(p.result.Expansions, x)
}

// expansion returns the expansion of a directive for a place in the page. The result is
// meaningless if c.Failed is set.
func (p *pageExpansion) expansion(c *directives.Call, at place) (e directives.Expansion) {
	d := c.Directive
	if d.Problem != nil {
		c.Errorf(d.Problem.Span, d.Problem.Help, "%s", d.Problem.Message)
		return e
	}
	if problem := placeProblem(d, at); problem != "" {
		c.Errorf(d.Type.Span, "", "%s", problem)
		return e
	}
	e = directives.Define(d.Type.Value).Expand(c)
	p.isIncomplete = p.isIncomplete || e.IsIncomplete
	if at.isInline && d.Container == grammar.InDirective && (p.Mode == InPlace || len(e.Block.Lines()) > 1) {
		c.Errorf(d.Type.Span, "begin the directive below a blank line, indented", "the first line of another directive cannot contain several lines")
	}
	if !c.Failed {
		p.nested(c, &e)
	}
	return e
}

// hasFaults reports whether the page shows options of a data file with faults, or lacks
// options because a data file could not be read.
func (p *pageExpansion) hasFaults() bool {
	return p.isIncomplete || slices.ContainsFunc(p.result.Expansions, func(x Expansion) bool { return slices.ContainsFunc(x.Options, p.Catalog.IsFaulty) })
}

// call returns the call that expands a directive of source.
func (p *pageExpansion) call(d *grammar.Directive, source []byte, report func(finding.Finding)) *directives.Call {
	return &directives.Call{
		Catalog: p.Catalog, Folder: p.Folder, Path: p.page.Path, Source: source, LiteralDirectives: p.LiteralDirectives,
		Directive: d, Report: report, ReportData: p.reportData,
	}
}

// unmapped reports core's options without a component, if the expansion shows components. It
// is an error only if the catalogue is complete, so that the annotations should match it.
func (p *pageExpansion) unmapped(e directives.Expansion) {
	if !e.ShowsComponents {
		return
	}
	severity := finding.Warning
	if p.Catalog.Complete {
		severity = finding.Error
	}
	for _, o := range p.Catalog.Unmapped(e.Options) {
		p.reportData(directives.AtDeclaration(o, finding.Finding{
			Rule: finding.UnmappedSensitive, Severity: severity,
			Message: fmt.Sprintf("%s is sensitive, but nobody has said which components need it", o),
			Help:    "paste into windsock.yaml, and fill in:\n" + p.Catalog.MappingLines(o),
		}))
	}
}

// reportData adds a finding in a data file.
func (p *pageExpansion) reportData(f finding.Located) {
	p.result.Data = append(p.result.Data, f)
}

// nested expands the roles in an expansion, which come from the directive's content or the
// data. It rejects windsock's directives, which nothing would expand, and the comments that
// begin or end a region, which would end the region of the expansion.
func (p *pageExpansion) nested(c *directives.Call, e *directives.Expansion) {
	text := []byte(e.Block.Format("", "\n"))
	if !roleGate.Passes(text) && !bytes.Contains(text, []byte("..")) { // a directive or comment begins with two dots
		return
	}
	reader := &grammar.Reader{Directives: directives.Types(), Comments: p.Reader().Comments, LiteralDirectives: p.LiteralDirectives}
	doc := reader.Read(text)
	for _, n := range doc.Nodes {
		what := "a comment that marks a region"
		switch {
		case n.Directive != nil:
			what = n.Directive.Type.Value + ", which would not be expanded there"
		case n.Comment == nil || !directives.MarksRegion(n.Comment, p.Bindings):
			continue
		}
		c.Errorf(c.Directive.Type.Span, "put it beside this directive", "the content of %s contains %s", c.Directive.Type.Value, what)
		return
	}
	p.nestedRoles(c, e, reader, doc)
}

// replace replaces a directive by its expansion or, in place, by a managed region.
func (p *pageExpansion) replace(x *Expansion, at place, e *directives.Expansion) {
	if p.Mode == SourcesOnly {
		return
	}
	at.needsBlankAbove = at.needsBlankAbove && p.blankAbove != at.lineStart
	text := e.Block.Format(at.margin, at.eol)
	if p.Mode == InPlace {
		blank := at.eol + at.eol + at.margin
		directive := bytes.TrimLeft(x.Source.Of(p.page.Source)[len(".."):], " \t")
		text = ".. " + directives.CommentPrefix + " " + string(directive) + blank + text + blank + directives.EndComment(x.New)
	}
	x.edit = at.edit(x.Source, text)
	if at.needsBlankBelow {
		p.blankAbove = at.below
	}
}

// placeProblem returns the reason why an expansion cannot replace a directive; "" if it can.
func placeProblem(d *grammar.Directive, at place) string {
	switch d.Container {
	case grammar.InGridTable:
		return "a cell of a grid table cannot contain an expansion; use a list-table"
	case grammar.InSimpleTable:
		return "a cell of a simple table cannot contain an expansion; use a list-table"
	case grammar.InFieldBody, grammar.InOptionDescription:
		if at.isInline {
			return "the first line of a field cannot contain an expansion; begin the directive on a line of its own, indented"
		}
	}
	return ""
}

// Triggers returns the triggers of directives, roles, comments of windsock, and near misses.
func (e *Expander) Triggers() []directives.Trigger {
	triggers := append([]directives.Trigger{{Text: directives.CommentPrefix}, silenceTrigger, {Text: "airflow", AnyCase: true, Fits: mayBeType}}, roleTriggers...)
	for _, b := range e.Bindings {
		triggers = append(triggers, directives.Trigger{Text: longestWord(b.Begin)}, directives.Trigger{Text: longestWord(b.End)})
	}
	return slices.DeleteFunc(triggers, func(t directives.Trigger) bool { return t.Text == "" })
}

// longestWord returns the longest word of a text. White space is no trigger: docutils reads a
// tab as blanks.
func longestWord(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	return slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
}
