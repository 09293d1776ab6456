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

// A page is one page being checked. All of it is read before anything is reported: what is said of
// a reference may stand further below.
type page struct {
	*Checker
	source          []byte
	regions         directives.Regions
	references      []*Reference
	doubts          []doubt
	findings        []finding.Finding
	later           []func()                                        // what is to be checked once all of the page is read
	named           map[*grammar.Element][]catalog.Reference        // the options that the text of elements names
	known           map[*grammar.Element]map[string]*catalog.Option // what a section names in full, by name; nil for several
	heads           map[*grammar.Element]*sentences                 // paragraphs of list items of which the beginning was read
	snippet         map[string]*catalog.Option                      // what the last snippet of airflow.cfg sets, by name
	listed          []string                                        // sections of variables with placeholders, once asked for
	speaksOfAirflow func() bool                                     // whether the page names Airflow
	spoken          map[string]bool                                 // whether the page speaks of a section, as far as somebody asked
	contexts        map[*grammar.Element]*context                   // what elements say of the past, likewise
	cells           map[*grammar.Element]*cell                      // the cells of tables
}

// page returns a page to be checked.
func (c *Checker) page(source []byte) *page {
	return &page{
		Checker: c, source: source, named: map[*grammar.Element][]catalog.Reference{},
		known: map[*grammar.Element]map[string]*catalog.Option{}, heads: map[*grammar.Element]*sentences{},
		spoken: map[string]bool{}, speaksOfAirflow: sync.OnceValue(func() bool { return namesAirflow(source) }), contexts: map[*grammar.Element]*context{}, cells: map[*grammar.Element]*cell{},
	}
}

// A document is a page, or RST in it that is read by itself: a cell of a csv-table, or lines in a
// directive of windsock's.
type document struct {
	*page
	bytes []byte
	outer *document // that it stands in, nil for a page
	moved *flow     // where its bytes stand there
}

// inner reads RST that stands in an element of the document. The root of what it reads has that
// element as its parent.
func (d *document) inner(parent *grammar.Element, moved *flow) (in *document, root *grammar.Element) {
	in = &document{page: d.page, bytes: []byte(moved.text), outer: d, moved: moved}
	root = d.Reader().Read(in.bytes).Root
	root.Parent = parent
	return in, root
}

// locate returns the span in the page of a span of the document.
func (d *document) locate(at grammar.Span) grammar.Span {
	for ; d.outer != nil; d = d.outer {
		at = d.moved.span(at.Start, at.End)
	}
	return at
}

// read reads an element and all that stands in it.
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

// envVarsOf checks the environment variables in lines that are no running text.
func (d *document) envVarsOf(e *grammar.Element, lines []grammar.Text) {
	for i := range lines {
		s := d.sentences(e, lines[i:i+1])
		s.envVars(s.all())
	}
}

// sibling returns the element that stands n places behind e in its parent, or nil.
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

// A doubt is what is wrong, unless the text around is about the past.
type doubt struct {
	*sentences
	place     part // the words, with their markup
	words     part
	v         catalog.Resolution
	finding   finding.Finding
	reference *Reference
}

// add adds a reference of a kind by words of the text, whose resolution is v, and what is wrong
// with it. It reports whether the words are a reference at all. fix is what to write in their
// place, "" if nothing is known to fit there; it is written without asking where the resolution's
// suggestion is certain.
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

// mayBecomeTerm reports whether words on two lines stand right above an indented block: on one
// line docutils could read them as a term, and the block as its definition.
func (s *sentences) mayBecomeTerm(words part) bool {
	next := sibling(s.element, 1)
	return next != nil && bytes.ContainsAny(s.flow.span(words.from, words.to).Of(s.bytes), grammar.LineBreaks) &&
		bytes.Count(s.bytes[s.element.Span.End:max(s.element.Span.End, next.Span.Start)], []byte("\n")) < 2
}

// wrong returns what is wrong with a reference, where fix may stand in its place.
func (p *page) wrong(v catalog.Resolution, fix string) finding.Finding {
	f := finding.Finding{
		Rule: v.Rule, Severity: severityOf(v.Rule), About: finding.Option(v.About),
		Message: v.Text(), Help: v.Help, Suggestion: fix, Declared: v.Declared,
	}
	if fix == "" { // the section stands elsewhere: name the option that was meant
		f.Suggestion = v.Instead
	}
	if v.IsLater || p.mayBeOwn(v) {
		f.Severity = finding.Warning
	}
	return f
}

// settleDoubts reports what is wrong, less what is about the past.
func (p *page) settleDoubts() {
	for i := range p.doubts {
		if d := &p.doubts[i]; d.v.Misspelt || !d.isPast() {
			d.reference.Status = d.finding.Rule
			p.findings = append(p.findings, d.finding)
		}
	}
}

// mayBeOwn reports whether an unknown variable may be one that code of the reader's own reads, as
// some do who name theirs like Airflow's: no option is near, or one whose name it extends. Airflow's
// own pages name none.
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

// isCertain reports whether what a resolution suggests may be written unasked.
func isCertain(v catalog.Resolution) bool {
	return v.To == nil && v.Misspelt || v.To != nil && v.To.Certain
}

// severityOf returns the severity of a rule.
func severityOf(rule string) finding.Severity { return directives.FindRule(rule).Severity }
