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

// An Expander expands the directives of pages and renews their managed regions.
// It may serve many pages at once; its fields must not change meanwhile.
type Expander struct {
	Catalog *catalog.Catalog
	Mode    Mode
	// Folder is the working folder, absolute, from which the paths of pages and of
	// files of data lead; "/" stands for it if it is "".
	Folder string
	// Bindings are the regions with comment markers of their own.
	Bindings []directives.Binding
	// Force renews regions that were changed by hand too.
	Force bool
	// RenewEdited renews them where Force does not, though they are reported: to show what
	// they should be.
	RenewEdited bool
	// LiteralDirectives are further directive types whose content is not RST.
	LiteralDirectives []string
}

// A Mode says what replaces a directive that is expanded.
type Mode int

// The modes. Managed regions are renewed in all of them.
const (
	OutputTree  Mode = iota // the expansion replaces the directive
	InPlace                 // the directive stays, as a comment above its expansion
	SourcesOnly             // directives stay; what is wrong with them is reported
)

// A Page is one page to expand.
type Page struct {
	Path   string // as messages name it, relative to the working folder, with "/"
	Source []byte
}

// A Result is the result of expanding a page.
type Result struct {
	// Output is the page with all expansions, or the page's Source itself if
	// nothing changed or the page is Blocked.
	Output []byte
	// Blocked is set if something in the page cannot be expanded; then nothing
	// of it is.
	Blocked bool
	// Findings are those in the page, by their spans in its Source.
	Findings []finding.Finding
	// Data are the findings in files of data that expanding the page brought up.
	Data []finding.Located
	// Markers are the texts of the comments that mark regions of the bindings.
	Markers []string
	// Expansions are the expansions made, in order.
	Expansions []Expansion

	edits []*render.Edit // in order
}

// An Expansion is one directive, role or region that was expanded.
type Expansion struct {
	Source  grammar.Span       // the directive or region in the page
	Type    grammar.Text       // the directive's type; in a bound region its begin comment
	Region  *directives.Region // the managed region in Source, nil if a directive or a role stands there
	Options []*catalog.Option  // the options whose data it shows
	Old     []string           // the lines of a managed region before, less its margin
	Edited  bool               // whether a managed region was changed by hand, and is not renewed
	MovedOn bool               // whether what it is made from changed as well
	New     []string           // the lines of the expansion, less the margin

	shows  func(value string) []string // what New would be with another default, nil unless it shows one
	column int                         // of the margin
	edit   *render.Edit                // nil if it needed none
}

// About returns the option that the directive shows, zero if it shows none or several.
func (x *Expansion) About() finding.Option { return about(x.Options) }

// Reader returns the reader for pages that the expander expands.
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

// Expand expands one page, of which doc is the reading by [Expander.Reader].
func (e *Expander) Expand(page Page, doc *grammar.Document) Result {
	p := &pageExpansion{Expander: e, page: page, result: Result{Output: page.Source}, blankAbove: -1}
	pairing := directives.PairComments(doc, p.Bindings)
	p.result.Markers = pairing.Markers
	p.nearMisses(doc)
	regions := pairing.Regions
	if len(pairing.Problems) > 0 {
		regions = nil // where comments do not fit together, nobody knows what they hold
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
	if p.hasFaults() {
		p.result.Blocked = true
	}
	if p.result.Blocked {
		p.result.Expansions = nil
		return p.result
	}
	p.splice()
	return p.result
}

// splice makes the edits.
func (p *pageExpansion) splice() {
	slices.SortFunc(p.result.Expansions, func(a, b Expansion) int { return cmp.Compare(a.Source.Start, b.Source.Start) })
	slices.SortStableFunc(p.edits, func(a, b *render.Edit) int { return cmp.Compare(a.Start, b.Start) })
	if len(p.edits) == 0 {
		return
	}
	edits := make([]render.Edit, len(p.edits))
	for i, e := range p.edits {
		edits[i] = *e
	}
	out, err := render.Splice(p.page.Source, edits)
	if err != nil {
		p.block(finding.Finding{Rule: finding.BadRegion, Severity: finding.Error, Message: err.Error()})
		return
	}
	p.result.Output, p.result.edits = out, p.edits
}

// addEdit adds an edit.
func (p *pageExpansion) addEdit(e render.Edit) *render.Edit {
	p.edits = append(p.edits, &e)
	return &e
}

// A pageExpansion is the work on one page.
type pageExpansion struct {
	*Expander
	page         Page
	edits        []*render.Edit
	result       Result
	isIncomplete bool           // an expansion lacks options of a file that could not be read
	blankAbove   int            // the offset of the line above which the last edit put a blank one
	known        *grammar.Lines // those of the page, nil until they are needed
}

// lines returns the lines of the page.
func (p *pageExpansion) lines() *grammar.Lines {
	if p.known == nil {
		p.known = grammar.NewLines(p.page.Source)
	}
	return p.known
}

// report adds a finding in the page.
func (p *pageExpansion) report(d finding.Finding) {
	p.result.Findings = append(p.result.Findings, d)
}

// block adds a finding that makes the expansion of the page impossible.
func (p *pageExpansion) block(d finding.Finding) {
	p.result.Blocked = true
	p.report(d)
}

// expand expands a directive of a source, which stands in the page where x says. The edit puts
// the expansion there.
func (p *pageExpansion) expand(x Expansion, d *grammar.Directive, source []byte, report func(finding.Finding), edit func(*Expansion, place, *directives.Expansion)) {
	at := placeOf(p.page.Source, p.lines(), x.Source, x.column)
	at.before = at.before && !leads(d)
	c := p.call(d, source, report)
	c.Column = columnOf([]byte(at.margin + ".."))
	e := p.expansion(c, at)
	if c.Failed {
		p.result.Blocked = true
		return
	}
	p.unmapped(e)
	x.Options, x.New, x.shows = e.Options, e.Block.Lines(), e.LinesWithDefault
	edit(&x, at, &e)
	p.result.Expansions = append(p.result.Expansions, x)
}

// expansion returns the expansion of a directive for a place in the page, unless the call
// fails.
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
	if at.inline && d.Container == grammar.InDirective && (p.Mode == InPlace || len(e.Block.Lines()) > 1) {
		c.Errorf(d.Type.Span, "begin the directive below a blank line, indented", "the first line of another directive cannot hold several lines")
	}
	if !c.Failed {
		p.nested(c, &e)
	}
	return e
}

// hasFaults reports whether the page shows an option of a file of data that has faults, or
// lacks options that may stand in one: nothing made from it can be trusted.
func (p *pageExpansion) hasFaults() bool {
	isFaulty := func(o *catalog.Option) bool { return p.Catalog.IsFaulty(o) }
	return p.isIncomplete || slices.ContainsFunc(p.result.Expansions, func(x Expansion) bool { return slices.ContainsFunc(x.Options, isFaulty) })
}

// call returns the call that expands a directive of a source.
func (p *pageExpansion) call(d *grammar.Directive, source []byte, report func(finding.Finding)) *directives.Call {
	return &directives.Call{
		Catalog: p.Catalog, Folder: p.Folder, Path: p.page.Path, Source: source, LiteralDirectives: p.LiteralDirectives,
		Directive: d, Report: report, ReportData: p.reportData,
	}
}

// unmapped reports the options of core in a table that shows which components need them,
// that are not mapped. That is an error only where the annotations should match the data.
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

// reportData adds a finding in a file of data.
func (p *pageExpansion) reportData(f finding.Located) {
	p.result.Data = append(p.result.Data, f)
}

// nested looks into an expansion for what an author or the data put there: roles of
// windsock's, which become their values, and directives of windsock's or comments that mark
// regions, which nothing would expand, or which would end the region of the expansion.
func (p *pageExpansion) nested(c *directives.Call, e *directives.Expansion) {
	text := []byte(e.Block.Format("", "\n"))
	if !mayHoldRole(text) && !bytes.Contains(text, []byte("..")) { // with which both others begin
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
		c.Errorf(c.Directive.Type.Span, "put it beside this directive", "the content of %s holds %s", c.Directive.Type.Value, what)
		return
	}
	p.nestedRoles(c, e, reader, doc)
}

// replace puts an expansion in the place of its directive or, in place, below it.
func (p *pageExpansion) replace(x *Expansion, at place, e *directives.Expansion) {
	if p.Mode == SourcesOnly {
		return
	}
	at.before = at.before && p.blankAbove != at.lineStart
	text := e.Block.Format(at.margin, at.eol)
	if p.Mode == InPlace {
		blank := at.eol + at.eol + at.margin
		own := bytes.TrimLeft(x.Source.Of(p.page.Source)[len(".."):], " \t")
		text = ".. " + directives.CommentPrefix + " " + string(own) + blank + text + blank + directives.EndComment(x.New)
	}
	x.edit = p.addEdit(at.edit(x.Source, text))
	if at.after {
		p.blankAbove = at.below
	}
}

// placeProblem returns why the place of a directive cannot hold an expansion, "" if it can.
func placeProblem(d *grammar.Directive, at place) string {
	switch d.Container {
	case grammar.InGridTable:
		return "a cell of a grid table cannot hold an expansion; use a list-table"
	case grammar.InSimpleTable:
		return "a cell of a simple table cannot hold an expansion; use a list-table"
	case grammar.InFieldBody, grammar.InOptionDescription:
		if at.inline {
			return "the first line of a field cannot hold an expansion; begin the directive on a line of its own, indented"
		}
	}
	return ""
}

// Triggers returns the triggers of what the expander looks for.
func (e *Expander) Triggers() []directives.Trigger {
	triggers := append([]directives.Trigger{{Text: directives.CommentPrefix}, silenceTrigger, {Text: "airflow", AnyCase: true, Fits: mayBeType}}, roleTriggers...)
	for _, b := range e.Bindings {
		triggers = append(triggers, directives.Trigger{Text: longestWord(b.Begin)}, directives.Trigger{Text: longestWord(b.End)})
	}
	return slices.DeleteFunc(triggers, func(t directives.Trigger) bool { return t.Text == "" })
}

// longestWord returns the longest word of a text: between two of them a page may have a tab.
func longestWord(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	return slices.MaxFunc(words, func(a, b string) int { return len(a) - len(b) })
}

// about returns the only one of some options, zero if there are none or several.
func about(options []*catalog.Option) finding.Option {
	if len(options) != 1 {
		return finding.Option{}
	}
	return finding.Option(options[0].Reference)
}
