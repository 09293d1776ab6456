package check

import (
	"cmp"
	"slices"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A Checker checks pages against a catalogue. It is safe for concurrent use, as long as its fields
// do not change.
type Checker struct {
	Catalog *catalog.Catalog
	// Bindings are comments, besides windsock's own, that mark managed regions. The content of
	// regions is generated from the data, and is not checked.
	Bindings []directives.Binding
	// LiteralDirectives are additional directive types, in lower case, whose content is not RST.
	LiteralDirectives []string
}

// Reader returns a reader for the pages to check.
func (c *Checker) Reader() *grammar.Reader {
	r := &grammar.Reader{
		Directives:        directives.Types(),
		LiteralDirectives: c.LiteralDirectives,
	}
	for _, b := range c.Bindings {
		r.Comments = append(r.Comments, b.Begin, b.End)
	}
	return r
}

// A Kind is the form of a reference.
type Kind string

// The kinds of references.
const (
	Literal Kind = "literal" // [section] name, or only a section
	Pair    Kind = "pair"    // an option name and its section in different places
	Env     Kind = "env"     // AIRFLOW__SECTION__NAME
	Label   Kind = "label"   // config:section__name
	Name    Kind = "name"    // only an option name, where the section is certain
	Ini     Kind = "ini"     // a line of a snippet of airflow.cfg
	Helm    Kind = "helm"    // a key in the values of Airflow's Helm chart
	Command Kind = "command" // the arguments of "airflow config get-value" and of conf.get
	Default Kind = "default" // a default in a table or a sentence
)

// StatusOK is the status of a reference that breaks no rule.
const StatusOK = "ok"

// A Reference is a place in a page that names an option.
type Reference struct {
	Span    grammar.Span // the words that name the option
	Kind    Kind
	Text    string // the words, with blanks for line breaks
	Section string // in the spelling of the data if it declares the option; else as written
	Option  string // likewise; "" if there is only a section
	Status  string // StatusOK, or the rule that it breaks
}

// A Report is the result of checking one page, in the order of the page.
type Report struct {
	References []Reference
	Findings   []finding.Finding
}

// Page checks a page. doc is the page as read by [Checker.Reader]. The report also has the findings
// in found, from other checks of the page, unless a comment silences them.
func (c *Checker) Page(doc *grammar.Document, found ...finding.Finding) Report {
	p := c.check(doc, found)
	report := Report{Findings: p.findings}
	for _, r := range p.references {
		report.References = append(report.References, *r)
	}
	slices.SortStableFunc(report.References, func(a, b Reference) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return report
}

// Count is [Checker.Page] with only the number of references.
func (c *Checker) Count(doc *grammar.Document, found ...finding.Finding) (findings []finding.Finding, references int) {
	p := c.check(doc, found)
	return p.findings, len(p.references)
}

// check checks a page, and applies its silencing comments.
func (c *Checker) check(doc *grammar.Document, found []finding.Finding) *page {
	p := c.page(doc.Source)
	p.findings = slices.Clone(found)
	p.regions = directives.PairComments(doc, c.Bindings).Regions
	(&document{page: p, bytes: doc.Source}).read(doc.Root)
	for i := 0; i < len(p.later); i++ {
		p.later[i]()
	}
	p.reportDoubts()
	p.silence(doc.Root)
	slices.SortStableFunc(p.findings, byStart)
	return p
}

// byStart compares findings by their start.
func byStart(a, b finding.Finding) int { return cmp.Compare(a.Span.Start, b.Span.Start) }
