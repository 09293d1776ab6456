package directives

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
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
	case argument.Value != "":
		return c.argumentForm(argument)
	case !c.isSubstitutedTable():
		return c.itemTable()
	}
	return Expansion{}
}

// isSubstitutedTable reports whether a table would be the text of a substitution, which is
// an error.
func (c *Call) isSubstitutedTable() bool {
	s := c.Directive.Substitution
	if s != nil {
		c.Errorf(s.Span, "name one option as the argument", "a table cannot be the text of a substitution")
	}
	return s != nil
}

// argumentForm expands the forms with an argument: one value or, if the
// reference is a pattern, a table.
func (c *Call) argumentForm(argument grammar.Text) Expansion {
	ref, err := grammar.ParseReference(argument.Value)
	switch {
	case err != nil:
		c.badReference(argument, err)
	case ref.Unit != nil:
		unit := ref.In(c.Source, argument).Unit
		c.Errorf(unit.Span, "write \":unit: "+unit.Value+"\" on a line of its own below", "a unit is an option of the directive")
	case !ref.IsPattern():
		return c.single(argument, ref)
	case !c.isSubstitutedTable():
		return c.patternTable(argument, ref)
	}
	return Expansion{}
}

// single expands the form with one option: a paragraph, or a substitution.
func (c *Call) single(argument grammar.Text, ref grammar.Reference) (e Expansion) {
	for _, o := range tableOptions {
		if given := c.Directive.Option(o.Name); given != nil {
			c.Errorf(given.Name.Span, "", "option %s applies to tables only", Quote(o.Name))
		}
	}
	o := c.lookup(argument, ref)
	if o == nil {
		return e
	}
	c.checkUnit(c.value("unit"), o)
	unit := c.unit(o)
	lines := c.shown(o, unit)
	if s := c.Directive.Substitution; s != nil && len(lines) > 1 {
		c.Errorf(s.Span, "use the directive without a substitution, where a literal block can stand", "the default of %s has several lines, or too long a one for a substitution", o)
	}
	e.Options = []*catalog.Option{o}
	e.Block.Add(c.substituted(lines)...)
	e.LinesWithDefault = func(value string) []string { return c.substituted(c.shown(WithDefault(o, value), unit)) }
	return e
}

// ReplaceMark stands between the name of a substitution and its text.
const ReplaceMark = "| replace:: "

// substituted returns lines of text as the substitution that the directive defines, if it
// defines one.
func (c *Call) substituted(lines []string) []string {
	s := c.Directive.Substitution
	if s == nil {
		return lines
	}
	// White space in the name is one blank to docutils, and a tab another in each column.
	return []string{".. |" + strings.Join(strings.Fields(s.Value), " ") + ReplaceMark + lines[0]}
}

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
	c.checkUnit(c.value("unit"), options...)
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
