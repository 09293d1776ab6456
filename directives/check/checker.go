package check

import (
	"cmp"
	"slices"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A Checker checks pages against a catalogue. It holds no state of a page, so
// that one Checker may check many pages at once; its exported fields must not
// change meanwhile.
type Checker struct {
	Catalog *catalog.Catalog
	// Bindings are the comments, beside windsock's own, that mark managed regions.
	// What stands in a region is made from the data, and is not checked.
	Bindings []directives.Binding
	// LiteralDirectives are further directive types, in lower case, whose content
	// is not RST.
	LiteralDirectives []string
}

// Reader returns a reader that finds what the Checker needs in pages.
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

// A Kind says how a reference is written.
type Kind string

// The kinds of references.
const (
	Literal Kind = "literal" // [section] name, or a section alone
	Pair    Kind = "pair"    // an option's name in one place, its section in another
	Env     Kind = "env"     // AIRFLOW__SECTION__NAME
	Label   Kind = "label"   // config:section__name
	Name    Kind = "name"    // an option's name alone, where its section is certain
	Ini     Kind = "ini"     // a line of a snippet of airflow.cfg
	Helm    Kind = "helm"    // a key of the values of Airflow's chart
	Command Kind = "command" // the arguments of "airflow config get-value" and of conf.get
	Default Kind = "default" // the default that a table or a sentence states
)

// StatusOK is the status of a reference that nothing is wrong with.
const StatusOK = "ok"

// A Reference is a place of a page that speaks of an option.
type Reference struct {
	Span    grammar.Span // the words that name it
	Kind    Kind
	Text    string // the words, line breaks as blanks
	Section string // as the data spells it, where it declares the option; else as written
	Option  string // likewise; "" where a section stands alone
	Status  string // StatusOK, or the rule that it breaks
}

// A Report is what a Checker found in one page, in the order of the page.
type Report struct {
	References []Reference
	Findings   []finding.Finding
}

// Page checks a page that doc is the reading of, by [Checker.Reader]. found
// are the findings of others in the page: they are reported too, except for those
// that a comment silences.
func (c *Checker) Page(doc *grammar.Document, found ...finding.Finding) Report {
	p := c.check(doc, found)
	report := Report{Findings: p.findings}
	for _, r := range p.references {
		report.References = append(report.References, *r)
	}
	slices.SortStableFunc(report.References, func(a, b Reference) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return report
}

// Count checks a page as [Checker.Page] does, but only counts its references.
func (c *Checker) Count(doc *grammar.Document, found ...finding.Finding) (findings []finding.Finding, references int) {
	p := c.check(doc, found)
	return p.findings, len(p.references)
}

// check checks a page, of which doc is the reading, and silences its findings and those of others.
func (c *Checker) check(doc *grammar.Document, found []finding.Finding) *page {
	p := c.page(doc.Source)
	p.findings = slices.Clone(found)
	p.regions = directives.PairComments(doc, c.Bindings).Regions
	(&document{page: p, bytes: doc.Source}).read(doc.Root)
	for i := 0; i < len(p.later); i++ {
		p.later[i]()
	}
	p.settleDoubts()
	p.silence(doc.Root)
	slices.SortStableFunc(p.findings, byStart)
	return p
}

// byStart compares findings by where they begin.
func byStart(a, b finding.Finding) int { return cmp.Compare(a.Span.Start, b.Span.Start) }
