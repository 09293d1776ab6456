package check

import (
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// directive checks the parts of a directive that are not in the tree: the argument of "envvar", and
// the content of windsock's own directives.
func (d *document) directive(e *grammar.Element) {
	switch {
	case e.Directive == nil:
	case e.Name.Value == "envvar":
		d.envVarsOf(e, e.Directive.Arguments)
	case directives.Define(e.Name.Value) != nil:
		d.own(e, e.Directive)
	}
}

// own checks the content of one of windsock's directives: in airflow-config-default the free text
// and bodies of items, otherwise all of it. Expanding checks the options of the items.
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

// unread checks lines of RST that are not in the tree.
func (d *document) unread(e *grammar.Element, lines []grammar.Text) {
	if len(lines) > 0 {
		in, root := d.inner(e, joinedBy("\n", d.bytes, lines))
		in.read(root)
	}
}

// optionOf returns the option of an item, or nil.
func (p *page) optionOf(r grammar.Reference) *catalog.Option {
	if r.Form == grammar.Variable {
		return p.Catalog.LookupEnv(r.String()).Option
	}
	return p.Catalog.Lookup(r.Section.Value, r.Name.Value)
}

// override checks the text that an item adds to a numeric default: a unit, and a parenthesis.
// Expanding checks that the text begins with the default.
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
