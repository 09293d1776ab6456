package check

import (
	"bytes"
	"sort"
	"strings"
	"sync"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A page is the state of checking one page. The whole page is read before anything is reported,
// because text further below can be about a reference above.
type page struct {
	*Checker
	source          []byte
	regions         directives.Regions
	references      []*Reference
	doubts          []doubt
	findings        []finding.Finding
	later           []func()                                        // checks to run when the whole page is read
	named           map[*grammar.Element][]catalog.Reference        // the options that an element names
	known           map[*grammar.Element]map[string]*catalog.Option // the options that a section names in full, by name; nil for an ambiguous name
	heads           map[*grammar.Element]*sentences                 // paragraphs of list items whose first words are already read
	snippet         map[string]*catalog.Option                      // the options in the last snippet of airflow.cfg, by name
	listed          []string                                        // the result of listedSections; nil until needed
	mentionsAirflow func() bool                                     // whether the page mentions Airflow
	mentioned       map[string]bool                                 // the results of mentionsSection
	contexts        map[*grammar.Element]*context                   // the results of context
	cells           map[*grammar.Element]*cell                      // the cells of tables
}

// page returns the initial state for a page.
func (c *Checker) page(source []byte) *page {
	return &page{
		Checker: c, source: source, named: map[*grammar.Element][]catalog.Reference{},
		known: map[*grammar.Element]map[string]*catalog.Option{}, heads: map[*grammar.Element]*sentences{},
		mentioned: map[string]bool{}, mentionsAirflow: sync.OnceValue(func() bool { return namesAirflow(source) }),
		contexts: map[*grammar.Element]*context{}, cells: map[*grammar.Element]*cell{},
	}
}

// A document is a page, or a part of it that is read separately: a cell of a csv-table, or lines in
// one of windsock's directives.
type document struct {
	*page
	bytes []byte
	outer *document // the document that contains it, nil for a page
	moved *flow     // maps its bytes to those of outer
}

// inner reads RST in an element of the document. The parent of the returned root is that element.
func (d *document) inner(parent *grammar.Element, moved *flow) (in *document, root *grammar.Element) {
	in = &document{page: d.page, bytes: []byte(moved.text), outer: d, moved: moved}
	root = d.Reader().Read(in.bytes).Root
	root.Parent = parent
	return in, root
}

// locate converts a span of the document to one of the page.
func (d *document) locate(at grammar.Span) grammar.Span {
	for ; d.outer != nil; d = d.outer {
		at = d.moved.span(at.Start, at.End)
	}
	return at
}

// read checks an element and its descendants.
func (d *document) read(e *grammar.Element) {
	if e.Kind == grammar.CommentBlock && e.Comment != nil && e.Comment.Directive != nil {
		d.own(e, e.Comment.Directive)
	}
	if d.outer == nil && e.Kind != grammar.Root && d.regions.At(e.Span) != nil {
		return
	}
	switch e.Kind {
	case grammar.LiteralBlock, grammar.DoctestBlock:
		d.literalBlock(e)
	case grammar.Unread:
		s := d.sentences(e, e.Text)
		s.plain(s.all())
	case grammar.Target:
		s := d.sentences(e, e.Text)
		s.anchors(s.all())
	case grammar.DirectiveBlock:
		d.directive(e)
	case grammar.Field:
		d.envVarsOf(e, e.Text) // its name
	case grammar.CommentBlock, grammar.OptionItem:
	case grammar.BulletList:
		d.optionList(e)
	default:
		if len(e.Text) > 0 {
			d.running(e)
		}
	}
	if e.IsTable() {
		d.table(e)
	}
	for _, child := range e.Children {
		d.read(child)
	}
}

// envVarsOf checks the environment variables in lines that are not running text.
func (d *document) envVarsOf(e *grammar.Element, lines []grammar.Text) {
	for i := range lines {
		s := d.sentences(e, lines[i:i+1])
		s.envVars(s.all())
	}
}

// sibling returns the sibling n places after e, or nil.
func sibling(e *grammar.Element, n int) *grammar.Element {
	if e.Parent == nil {
		return nil
	}
	all := e.Parent.Children
	i := n + sort.Search(len(all), func(i int) bool { return all[i].Span.Start >= e.Span.Start })
	if i < 0 || i >= len(all) {
		return nil
	}
	return all[i]
}

// A doubt is a finding that is dropped if the text around it is about the past.
type doubt struct {
	*sentences
	place     part // the words with their markup
	words     part
	v         catalog.Resolution
	finding   finding.Finding
	reference *Reference
}

// add adds a reference with the resolution v, and a finding if it breaks a rule. It reports whether
// the words are a reference at all. fix is the replacement for the words, "" if there is none. --fix
// applies it if the resolution is certain.
func (s *sentences) add(kind Kind, words part, v catalog.Resolution, fix string) bool {
	place := words
	if s.markup.to > 0 {
		place = s.markup
	}
	if v.NotAirflow || !isLiteral(s.element) && s.isOthers(v, place.from) {
		return false
	}
	r := &Reference{
		Span: s.span(words), Kind: kind, Text: s.flow.text[words.from:words.to],
		Section: v.About.Section, Option: v.About.Name, Status: StatusOK,
	}
	s.references = append(s.references, r)
	if r.Option != "" {
		s.page.named[s.element] = append(s.page.named[s.element], v.About)
	}
	if o := s.Catalog.Find(v.About); o != nil {
		s.options = append(s.options, named{place, o})
	}
	if v.Rule != "" {
		f := s.wrong(v, fix)
		f.Span = r.Span
		f.Certain = fix != "" && kind != Name && isCertain(v) && !s.mayBeOwn(v) && !s.mayBecomeTerm(words) && s.element.Fits(s.bytes, s.flow.span(words.from, words.to), fix)
		s.doubts = append(s.doubts, doubt{s, place, words, v, f, r})
	} else if v.Option != nil {
		s.learn(s.element, v.Option)
	}
	return true
}

// mayBecomeTerm reports whether words on two lines are right above an indented block. On one line,
// docutils could read them as a term, and the block as its definition.
func (s *sentences) mayBecomeTerm(words part) bool {
	next := sibling(s.element, 1)
	return next != nil && bytes.ContainsAny(s.flow.span(words.from, words.to).Of(s.bytes), grammar.LineBreaks) &&
		bytes.Count(s.bytes[s.element.Span.End:max(s.element.Span.End, next.Span.Start)], []byte("\n")) < 2
}

// wrong returns the finding about a wrong reference, with fix as its replacement.
func (p *page) wrong(v catalog.Resolution, fix string) finding.Finding {
	f := finding.Finding{
		Rule: v.Rule, Severity: severityOf(v.Rule), About: finding.Option(v.About),
		Message: v.Text(), Help: v.Help, Suggestion: fix, Declared: v.Declared,
	}
	if fix == "" { // the section is written elsewhere
		f.Suggestion = v.Instead
	}
	if v.IsLater || p.mayBeOwn(v) {
		f.Severity = finding.Warning
	}
	return f
}

// reportDoubts reports all doubts that are not about the past.
func (p *page) reportDoubts() {
	for i := range p.doubts {
		if d := &p.doubts[i]; d.v.Misspelt || !d.isPast() {
			d.reference.Status = d.finding.Rule
			p.findings = append(p.findings, d.finding)
		}
	}
}

// mayBeOwn reports whether an unknown variable may belong to the company's own code, since some
// name their variables like Airflow's. No option is similar, or the variable extends an option's
// name. With complete data there are no such variables.
func (p *page) mayBeOwn(v catalog.Resolution) bool {
	if v.Rule != finding.UnknownEnvVar || p.Catalog.Complete || v.About.Name == "" {
		return false
	}
	o := optionMeant(v)
	if o == nil {
		return !v.Misspelt
	}
	more, isExtended := strings.CutPrefix(strings.ToLower(v.About.Name), o.Name+"_")
	return isExtended && (!v.Misspelt || strings.Trim(more, "0123456789") == "")
}

// isCertain reports whether the suggestion of a resolution can be applied without asking.
func isCertain(v catalog.Resolution) bool {
	return v.To == nil && v.Misspelt || v.To != nil && v.To.Certain
}

// severityOf returns the severity of a rule.
func severityOf(rule string) finding.Severity { return directives.FindRule(rule).Severity }
