package directives

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// ConfigDefaultType is the type of the directive that shows defaults.
const ConfigDefaultType = "airflow-config-default"

var configDefault = Definition{
	Type:     ConfigDefaultType,
	Summary:  "The default value of an option, or a table of options with their defaults.",
	Argument: "[section] name | [section*] name*",
	Notes: `With an option as argument the directive becomes a paragraph with its
default; in a substitution definition, the text of the substitution. With a
pattern (* and ?) in the section, the name or both it becomes a table of the
options that match, in the order in which they are declared.

With content it becomes a table with a row for each item. An item is a line
at the content's margin: an option, with a unit after " : " if it has one,
or free text with a ":default:". What is indented below an item is its
description. ":default:", first in an item, is shown where the data has no
default, an empty one or a generated secret; over a default of the data it
must begin with that and may add to it.`,
	Options: append([]OptionDef{
		{Name: "unit", Value: "UNIT", Doc: "The unit of the value, such as seconds; the items of a table have their own."},
		{Name: "duration", Value: "long | short | off", Doc: "How a duration is shown: 86400 seconds (24 hours), 86400 (24h), or 86400.", Values: []string{"long", "short", "off"}},
	}, tableOptions...),
	Columns: true,
	Samples: []string{
		".. airflow-config-default:: [core] parallelism\n",
		".. |leeway| airflow-config-default:: [api_auth] jwt_leeway\n   :unit: seconds\n",
		".. airflow-config-default:: [api_auth] jwt_*\n   :columns: option, default, type\n",
		".. airflow-config-default::\n   :columns: option, default, description\n   :duration: short\n\n   [api_auth] jwt_expiration_time : seconds\n      Lifetime of a REST API token.\n   Token refresh threshold\n      :default: 20% of validity remaining\n",
	},
	expand: expandDefault,
}

// expandDefault expands an airflow-config-default directive in the form that its
// argument and content give it.
func expandDefault(c *Call) Expansion {
	d := c.Directive
	argument := grammar.Join(d.Arguments)
	switch {
	case argument.Value == "" && len(d.Content) == 0:
		c.Errorf(d.Type.Span, "write the option after the two colons, as in \".. airflow-config-default:: [core] parallelism\", or one on each line of an indented block below", "the directive has neither an argument nor content")
	case argument.Value != "" && len(d.Content) > 0:
		c.Errorf(d.Content[0].Span, "name the options in the content, or one as the argument", "a directive with an argument takes no content")
	case argument.Value == "" && d.Substitution != nil:
		c.Errorf(d.Substitution.Span, "name one option as the argument", "a table cannot be the text of a substitution")
	case argument.Value == "":
		return c.itemTable()
	default:
		return c.argumentForm(argument)
	}
	return Expansion{}
}

// argumentForm expands the forms with an argument: one value or, if the
// reference is a pattern, a table.
func (c *Call) argumentForm(argument grammar.Text) Expansion {
	ref, err := c.Parse(argument.Value)
	if err != nil {
		c.badReference(argument, err)
		return Expansion{}
	}
	if unit := ref.In(c.Source, argument).Unit; unit != nil {
		c.Errorf(unit.Span, "write \":unit: "+unit.Value+"\" on a line of its own below", "a unit is an option of the directive")
		return Expansion{}
	}
	if ref.IsPattern() {
		if s := c.Directive.Substitution; s != nil {
			c.Errorf(s.Span, "name one option as the argument", "a table cannot be the text of a substitution")
			return Expansion{}
		}
		return c.patternTable(argument, ref)
	}
	return c.single(argument, ref)
}

// single expands the form with one option: a paragraph, or a substitution.
func (c *Call) single(argument grammar.Text, ref grammar.Reference) Expansion {
	for _, o := range tableOptions {
		if g := c.given(o.Name); g != nil {
			c.Errorf(g.Name.Span, "", "option %s applies to tables only", Quote(o.Name))
		}
	}
	o := c.lookup(argument, ref)
	if o == nil {
		return Expansion{}
	}
	e := Expansion{Options: []*catalog.Option{o}}
	c.checkUnit(e.Options)
	lines := c.shown(o, c.unit(o))
	e.Shows = c.showing(o, c.unit(o))
	s := c.Directive.Substitution
	if s == nil {
		e.Block.Add(lines...)
		return e
	}
	if text, _ := c.Plain(o, c.unit(o)); utf8.RuneCountInString(text) > render.MaxLine {
		c.Errorf(s.Span, "use the directive without a substitution", "the default of %s has more than %d characters, which docutils does not take in a substitution", o, render.MaxLine)
		return e
	}
	if len(lines) > 1 && strings.HasSuffix(lines[0], "::") {
		c.Errorf(s.Span, "use the directive without a substitution, where a literal block can stand", "the default of %s has several lines, which a substitution cannot hold", o)
		return e
	}
	// White space in the name is one blank to docutils, and a tab another in each column.
	name := strings.Join(strings.Fields(s.Value), " ")
	e.Block.Add(substituted(name, lines)...)
	e.Shows = func(value string) []string { return substituted(name, c.showing(o, c.unit(o))(value)) }
	return e
}

// substituted returns the definition of a substitution whose text has some lines.
func substituted(name string, text []string) []string {
	lines := []string{".. |" + name + ReplaceMark + text[0]}
	for _, l := range text[1:] {
		lines = append(lines, "   "+l)
	}
	return lines
}

// ReplaceMark stands between the name of a substitution and its text.
const ReplaceMark = "| replace:: "

// patternTable expands the form whose argument matches several options.
func (c *Call) patternTable(argument grammar.Text, ref grammar.Reference) Expansion {
	options := c.Catalog.Match(ref.Section.Value, ref.Name.Value)
	if len(options) == 0 {
		c.unmatched(argument, ref)
		return Expansion{}
	}
	rows := make([]row, len(options))
	for i, o := range options {
		rows[i] = row{option: o, unit: c.unit(o)}
	}
	c.checkUnit(options)
	e := Expansion{Options: options}
	e.Block.Add(c.table(c.columns("option", "default"), rows, look{})...)
	return e
}

// unmatched reports a pattern that no option matches.
func (c *Call) unmatched(argument grammar.Text, ref grammar.Reference) {
	section := grammar.Text{Span: c.within(argument, ref.Section.Span), Value: ref.Section.Value}
	switch help := "\"windsock list\" shows the options that there are"; {
	case len(c.Catalog.Match(section.Value, "*")) > 0:
		c.Errorf(c.within(argument, ref.Name.Span), help, "no option matches [%s] %s", section.Value, ref.Name.Value)
	case strings.ContainsAny(section.Value, "*?"):
		c.Errorf(section.Span, help, "no section matches %s", Quote(section.Value))
	default:
		c.misspelt("section", section, c.sectionNames())
	}
}

// itemTable expands the form with content.
func (c *Call) itemTable() Expansion {
	if u := c.given("unit"); u != nil {
		c.Errorf(u.Name.Span, "write the unit behind each option, as in \"[api_auth] jwt_leeway : seconds\"", "option \"unit\" does not apply to items")
	}
	items, problems := grammar.ParseItems(c.Source, c.Directive.Content)
	for _, d := range problems {
		c.Errorf(d.Span, d.Help, "%s", d.Message)
	}
	var e Expansion
	rows := make([]row, len(items))
	described := false
	for i := range items {
		rows[i] = c.itemRow(&items[i])
		if o := rows[i].option; o != nil {
			e.Options = append(e.Options, o)
		}
		described = described || len(items[i].Body) > 0
	}
	byDefault := []string{"option", "default"}
	if described {
		byDefault = append(byDefault, "description")
	}
	cols := c.columns(byDefault...)
	c.checkDescribed(cols, items)
	e.Block.Add(c.table(cols, rows, look{})...)
	return e
}

// checkDescribed reports an item's description that no column shows.
func (c *Call) checkDescribed(cols []*Column, items []grammar.Item) {
	if slices.Contains(names(cols), "description") {
		return
	}
	for _, it := range items {
		if len(it.Body) > 0 {
			c.Errorf(it.Body[0].Span, "add description to :columns:", "no column shows this description")
			return
		}
	}
}

// itemRow makes the row of one item.
func (c *Call) itemRow(it *grammar.Item) row {
	r := row{item: it}
	override := c.itemDefault(it)
	if it.Reference == nil {
		c.freeText(it, override)
		if override != nil {
			r.value = bodyLines(override.Value)
		}
		return r
	}
	if it.Reference.IsPattern() {
		c.Errorf(it.Head.Span, "write each option as an item, or the pattern as the argument of a directive of its own", "a pattern cannot be an item")
		return r
	}
	r.option = c.lookup(grammar.Text{}, *it.Reference)
	if r.option == nil {
		return r
	}
	r.unit = c.unitOf(r.option)
	if it.Unit != nil {
		r.unit = it.Unit.Value
		c.checkUnitOf(*it.Unit, r.option)
	}
	if override != nil {
		r.value = c.override(r.option, override)
	}
	return r
}

// itemDefault returns the option "default" of an item, or nil, and reports all
// others.
func (c *Call) itemDefault(it *grammar.Item) *grammar.Option {
	var found *grammar.Option
	for i := range it.Options {
		o := &it.Options[i]
		switch {
		case !strings.EqualFold(o.Name.Value, "default"):
			c.misspelt("item option", o.Name, []string{"default"})
		case found != nil:
			c.Errorf(o.Name.Span, "", "option \"default\" is given twice")
		case len(o.Value) == 0:
			c.Errorf(o.Name.Span, "write :default: and the text to show", "option \"default\" needs a value")
		default:
			found = o
		}
	}
	return found
}

// freeText reports an item of free text that has no default to show, or that looks like a
// reference.
func (c *Call) freeText(it *grammar.Item, override *grammar.Option) {
	_, err := grammar.ParseReference(it.Head.Value)
	switch named := c.named(strings.Trim(it.Head.Value, "`")); {
	case len(named) > 0:
		c.reject(finding.Finding{Span: it.Head.Span, Message: "free text that is an option's name; write " + named[0], Suggestion: named[0]})
	case it.Wrong:
		c.badReference(it.Head, err)
	case override == nil:
		c.Errorf(it.Head.Span, "write :default: below it, indented, or an option in its place", "an item of free text has no default")
	}
}

// lookup finds the option that a reference names, and reports one that does not
// exist at the very words, with what it may be instead.
func (c *Call) lookup(where grammar.Text, ref grammar.Reference) *catalog.Option {
	o, d := Resolve(c.Catalog, ref)
	if o != nil {
		c.reportDeprecated(o, c.within(where, ref.Span))
		return o
	}
	d.Span = c.within(where, ref.Span)
	if source := c.Source; d.Suggestion != "" && d.Span.Start < len(source) && bytes.HasPrefix(source[d.Span.Start:], []byte("``")) {
		d.Suggestion = "``" + d.Suggestion + "``"
	}
	c.reject(d)
	return nil
}

// reportDeprecated reports, at span, an option that the author names and that is deprecated.
func (c *Call) reportDeprecated(o *catalog.Option, span grammar.Span) {
	if v := c.Catalog.Resolve(o.Reference); v.Rule == finding.DeprecatedOption {
		c.Report(finding.Finding{
			Span: span, Rule: v.Rule, Severity: finding.Warning, About: finding.Option(o.Reference),
			Message: v.Message, Help: v.Help, Declared: v.Declared,
		})
	}
}

// badReference reports a text that is no option reference.
func (c *Call) badReference(where grammar.Text, err error) {
	bad := (*grammar.ReferenceError)(nil)
	if !errors.As(err, &bad) {
		c.Errorf(where.Span, "", "%v", err)
		return
	}
	f := finding.Finding{
		Span: c.within(where, bad.Span), Message: bad.Message,
		Help: cmp.Or(bad.Help, "write [section] name, section.name or AIRFLOW__SECTION__NAME"),
	}
	switch named := c.named(where.Value); {
	case len(named) > 0:
		f.Help = "write " + strings.Join(named, " or ")
		if len(named) == 1 && f.Span == where.Span {
			f.Suggestion = named[0]
		}
	case len(c.Directive.Arguments) > 0 && bad.Found == ":":
		f.Message, f.Help = "a unit is an option of the directive", "write \":unit: seconds\" on a line of its own below"
	case len(c.Directive.Arguments) > 1:
		f.Help = "if these are items, put a blank line above them"
	}
	c.reject(f)
}

// within returns the source span of a part of a text's value. The zero text leaves the
// span as it is.
func (c *Call) within(t grammar.Text, part grammar.Span) grammar.Span {
	if t == (grammar.Text{}) {
		return part
	}
	return new(grammar.Alignment).Part(c.Source, t, part.Start, part.End).Span
}

// literal shows a string of the data as a literal, and warns if it had to be
// changed to be shown; what names the part of the option, such as "default".
func (c *Call) literal(what string, o *catalog.Option, s string) render.Cell {
	lines, exact := render.LiteralBlock(s)
	if !exact {
		c.inexact(what, o)
	}
	return lines
}
