package check

import (
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// directive checks what a directive holds that is no element of the tree: the variable that it
// describes, and the RST in the content of windsock's own directives.
func (d *document) directive(e *grammar.Element) {
	switch {
	case e.Directive == nil:
	case e.Name.Value == "envvar":
		d.envVarsOf(e, e.Directive.Arguments)
	case directives.Define(e.Name.Value) != nil:
		d.own(e, e.Directive)
	}
}

// own checks the RST in the content of one of windsock's directives: the bodies of
// the items of airflow-config-default, else all of it. What the items refer to is
// the directive's own to check.
func (d *document) own(e *grammar.Element, directive *grammar.Directive) {
	if !strings.EqualFold(directive.Type.Value, "airflow-config-default") {
		d.unread(e, directive.Content)
		return
	}
	items, _ := grammar.ParseItems(d.bytes, directive.Content)
	for _, item := range items {
		if item.Reference == nil {
			d.unread(e, []grammar.Text{item.Head})
		} else if o := d.optionOf(*item.Reference); o != nil {
			d.override(e, o, item.Options)
		}
		d.unread(e, item.Body)
	}
}

// unread checks lines of RST in a directive that the reader left unread.
func (d *document) unread(e *grammar.Element, lines []grammar.Text) {
	if len(lines) > 0 {
		in, root := d.inner(e, joinedBy("\n", d.bytes, lines))
		in.read(root)
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
func (d *document) override(e *grammar.Element, o *catalog.Option, options []grammar.Option) {
	value, _ := o.ShownDefault()
	for _, option := range options {
		if !strings.EqualFold(option.Name.Value, "default") || len(option.Value) == 0 {
			continue
		}
		s := d.sentences(e, option.Value)
		if catalog.IsNumber(value) && same(leadingNumber(plainDefault(s.flow.text)), value) {
			s.checkDefault(o, statedDefault{text: s.flow.text}, s.all(), finding.Error)
		}
	}
}
