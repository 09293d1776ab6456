package check

import (
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// page returns a page to be checked.
func (c *Checker) page(source []byte) *page {
	return &page{
		Checker: c, source: source, paired: map[int]bool{}, spoken: map[string]bool{},
		known: map[*grammar.Element]map[string]*catalog.Option{}, heads: map[*grammar.Element][]named{},
		places: map[*grammar.Element]int{}, contexts: map[*grammar.Element]*context{},
	}
}

// A page is one page being checked.
type page struct {
	*Checker
	source     []byte
	regions    directives.Regions
	references []Reference
	referred   int // how many references were found
	findings   []finding.Finding
	paired     map[int]bool                                    // offsets of the words that are half of a pair already
	places     map[*grammar.Element]int                        // place in the parent, as far as somebody asked
	spoken     map[string]bool                                 // whether the page speaks of a section, likewise
	contexts   map[*grammar.Element]*context                   // what elements say of the past, likewise
	known      map[*grammar.Element]map[string]*catalog.Option // what a section names in full, by name; nil for several
	heads      map[*grammar.Element][]named                    // what the paragraphs of list items begin with
	snippet    map[string]*catalog.Option                      // what the last snippet of airflow.cfg sets, by name
	later      []func()                                        // what is to be checked once all of the page is read
	listed     []string                                        // sections of variables with placeholders, once asked for
	cellOf     csvPlace                                        // where the page stands, if it is a cell of a csv-table
	aligned    grammar.Alignment
	// namesOnly is set to find what a part of the page names, without judging it,
	// keeps to keep the references, and not only to count them.
	namesOnly, keeps bool
}

// A mention is one reference of a page before it is checked.
type mention struct {
	kind Kind
	text grammar.Text // the words that name it
	from *grammar.Element
	// at is where the words stand in the text of from, if that is running text.
	at int
}

// read checks an element and all that stands in it, and then what depends on the whole.
func (p *page) read(e *grammar.Element) {
	p.body(e)
	for _, check := range p.later {
		check()
	}
	p.later = nil
}

// body checks an element and all that stands in it.
func (p *page) body(e *grammar.Element) {
	if p.regions.At(e.Span) != nil {
		return
	}
	switch e.Kind {
	case grammar.LiteralBlock, grammar.DoctestBlock:
		p.literalBlock(e)
	case grammar.Unread:
		s := &sentences{page: p, element: e, flow: newFlow(p.source, e.Text)}
		s.plain(0, len(s.flow.text))
		s.quotedLabels()
	case grammar.Target:
		p.target(e, newFlow(p.source, e.Text))
	case grammar.DirectiveBlock:
		p.directive(e)
	case grammar.Field:
		for _, line := range e.Text { // its name
			p.codeEnvVars(e, line)
		}
	case grammar.CommentBlock, grammar.OptionItem:
	case grammar.BulletList:
		p.optionList(e)
	default:
		if len(e.Text) > 0 {
			p.running(e)
		}
	}
	p.table(e)
	for _, child := range e.Children {
		p.body(child)
	}
}

// sibling returns the element that stands n places behind e in its parent, or nil.
func (p *page) sibling(e *grammar.Element, n int) *grammar.Element {
	if e.Parent == nil {
		return nil
	}
	i := p.place(e) + n
	if i < 0 || i >= len(e.Parent.Children) {
		return nil
	}
	return e.Parent.Children[i]
}

// place returns which of its parent's children an element is.
func (p *page) place(e *grammar.Element) int {
	i, known := p.places[e]
	if !known {
		for at, child := range e.Parent.Children {
			p.places[child] = at
		}
		i = p.places[e]
	}
	return i
}

// add keeps a reference, whose resolution is v, and what is wrong with it. It reports
// whether the mention is a reference at all. fix is what to write in the place of the words,
// "" if nothing is known to fit there; it is written without asking where the resolution's
// suggestion is certain.
func (p *page) add(m mention, v catalog.Resolution, fix string) bool {
	if v.NotAirflow {
		return false
	}
	r := Reference{
		Span: m.text.Span, Kind: m.kind, Text: m.text.Value,
		Section: v.About.Section, Option: v.About.Name, Status: StatusOK,
	}
	if v.Rule != "" && !p.namesOnly && (v.Misspelt || !p.isPast(m, v)) {
		r.Status = v.Rule
		f := finding.Finding{
			Span: m.text.Span, Rule: v.Rule, Severity: severityOf(v.Rule), About: finding.Option(v.About),
			Message: v.Text(), Help: v.Help, Suggestion: fix, Declared: v.Declared,
			Certain: fix != "" && m.kind != Name && isCertain(v) && !p.mayBeOwn(v) && m.from.Fits(p.source, m.text.Span, fix),
		}
		if fix == "" { // the section stands elsewhere: name the option that was meant
			f.Suggestion = v.Instead
		}
		if v.IsLater || p.mayBeOwn(v) {
			f.Severity = finding.Warning
		}
		p.findings = append(p.findings, f)
	}
	p.refer(r)
	if v.Rule == "" && v.Option != nil && !p.namesOnly {
		p.learn(m.from, v.Option)
	}
	return true
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

// refer counts a reference, and keeps it if somebody wants it.
func (p *page) refer(r Reference) {
	p.referred++
	if p.keeps {
		p.references = append(p.references, r)
	}
}

// subText returns value[from:to] of a text.
func (p *page) subText(t grammar.Text, from, to int) grammar.Text {
	return p.aligned.Part(p.source, t, from, to)
}
