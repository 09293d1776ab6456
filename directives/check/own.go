package check

import (
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// directive checks what a directive holds that is no element of the tree: the RST
// in the content of windsock's own directives, and the cells of a csv-table.
func (p *page) directive(e *grammar.Element) {
	if e.Directive == nil {
		return
	}
	switch name := e.Name.Value; {
	case name == "envvar":
		for _, line := range e.Directive.Arguments {
			p.codeEnvVars(e, line)
		}
	case directives.Define(name) != nil:
		p.own(e.Directive)
	}
}

// own checks the RST in the content of one of windsock's directives: the bodies of
// the items of airflow-config-default, else all of it. What the items refer to is
// the directive's own to check.
func (p *page) own(d *grammar.Directive) {
	if !strings.EqualFold(d.Type.Value, "airflow-config-default") {
		p.inner(d, d.Content)
		return
	}
	items, _ := grammar.ParseItems(p.source, d.Content)
	for _, item := range items {
		if item.Reference == nil {
			p.inner(d, []grammar.Text{item.Head})
		} else if o := p.optionOf(*item.Reference); o != nil {
			p.override(o, item.Options)
		}
		p.inner(d, item.Body)
	}
}

// optionOf returns the option that an item names, or nil.
func (p *page) optionOf(r grammar.Reference) *catalog.Option {
	if r.Form == grammar.Variable {
		return p.Catalog.LookupEnv(r.String()).Option
	}
	return p.Catalog.Lookup(r.Section.Value, r.Name.Value)
}

// override checks what an item adds to a number that is the default of its option:
// a unit, and what a parenthesis says of it. That the text begins with the default
// is the directive's own to check.
func (p *page) override(o *catalog.Option, options []grammar.Option) {
	value, _ := o.ShownDefault()
	for _, option := range options {
		if !strings.EqualFold(option.Name.Value, "default") || len(option.Value) == 0 {
			continue
		}
		said := grammar.Text{Span: option.Value[0].Span, Value: newFlow(p.source, option.Value).text}
		said.End = option.Value[len(option.Value)-1].End
		if catalog.IsNumber(value) && same(leadingNumber(plainDefault(said.Value)), value) {
			p.checkDefault(o, statedDefault{text: said.Value}, said, mention{}, finding.Error)
		}
	}
}

// inner checks lines of RST in a directive that the reader left unread: they are read by
// themselves, and what is found is moved to where they stand.
func (p *page) inner(d *grammar.Directive, lines []grammar.Text) {
	if len(lines) == 0 {
		return
	}
	moved := joinedBy("\n", p.source, lines)
	in := p.Checker.page([]byte(moved.text))
	in.namesOnly, in.keeps = p.namesOnly, p.keeps
	in.read(p.Reader().Read(in.source).Root)
	p.take(in, moved, d)
}

// A fitter tells whether words may take the place of others: an element or a directive.
type fitter interface {
	Fits(source []byte, others grammar.Span, words string) bool
}

// take takes over what was found in a page of its own, whose text stands at moved
// in this one, within place.
func (p *page) take(in *page, moved *flow, place fitter) {
	for _, r := range in.references {
		r.Span = moved.span(r.Span.Start, r.Span.End)
		p.references = append(p.references, r)
	}
	p.referred += in.referred
	for _, f := range in.findings {
		f.Span = moved.span(f.Span.Start, f.Span.End)
		f.Certain = f.Certain && place.Fits(p.source, f.Span, f.Suggestion)
		p.findings = append(p.findings, f)
	}
}
