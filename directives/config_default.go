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
	Notes: `With an option as its argument the directive becomes a paragraph that shows the
default of the option. In a substitution definition it becomes the text of the
substitution. With a pattern (* and ?) in the section, the name or both it
becomes a table of the options that match, in order of declaration.

With content it becomes a table with a row for each item. An item is a line at
the content's margin: an option, followed by " : " and a unit if the value has
one, or free text with a ":default:". The text indented below an item is its
description. ":default:" comes first in that text. It is shown if the data has
no default, an empty one or a generated secret. If the data has a default, the
text must begin with it and can add to it.`,
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

// expandDefault expands an airflow-config-default directive. Its argument and content select
// the form.
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

// isSubstitutedTable reports whether the directive, which makes a table, is in a substitution
// definition. That is an error.
func (c *Call) isSubstitutedTable() bool {
	s := c.Directive.Substitution
	if s != nil {
		c.Errorf(s.Span, "name one option as the argument", "a table cannot be the text of a substitution")
	}
	return s != nil
}

// argumentForm expands the forms with an argument: an option or a pattern.
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

// single expands the form with one option to a paragraph or a substitution definition.
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
	lines := c.defaultLines(o, unit)
	if s := c.Directive.Substitution; s != nil && len(lines) > 1 {
		c.Errorf(s.Span, "use the directive without a substitution, where a literal block is allowed", "the default of %s has several lines, or too long a one for a substitution", o)
	}
	e.Options = []*catalog.Option{o}
	e.Block.Add(c.substituted(lines)...)
	e.LinesWithDefault = func(value string) []string { return c.substituted(c.defaultLines(WithDefault(o, value), unit)) }
	return e
}

// ReplaceMark separates the name of a substitution from its text in the expansion.
const ReplaceMark = "| replace:: "

// substituted returns the definition of the directive's substitution with the first of lines
// as its text. Outside a substitution definition it returns lines.
func (c *Call) substituted(lines []string) []string {
	s := c.Directive.Substitution
	if s == nil {
		return lines
	}
	// docutils reads any white space in the name as one blank. A tab is not written, since its
	// width depends on its column.
	return []string{".. |" + strings.Join(strings.Fields(s.Value), " ") + ReplaceMark + lines[0]}
}

// patternTable expands the form with a pattern to a table of the options that match.
func (c *Call) patternTable(argument grammar.Text, ref grammar.Reference) Expansion {
	options := c.Catalog.Match(ref.Section.Value, ref.Name.Value)
	if len(options) == 0 {
		c.unmatched(argument, ref)
		return Expansion{}
	}
	c.checkUnit(c.value("unit"), options...)
	e := Expansion{Options: options}
	e.Block.Add(c.table(c.columns("option", "default"), c.rows(options), tablePreset{})...)
	return e
}

// rows returns a row for each option.
func (c *Call) rows(options []*catalog.Option) []row {
	rows := make([]row, len(options))
	for i, o := range options {
		rows[i] = row{option: o, unit: c.unit(o)}
	}
	return rows
}

// unmatched reports that no option matches a pattern.
func (c *Call) unmatched(argument grammar.Text, ref grammar.Reference) {
	section := grammar.Text{Span: c.within(argument, ref.Section.Span), Value: ref.Section.Value}
	switch help := "\"windsock list\" shows the options that there are"; {
	case len(c.Catalog.Match(section.Value, "*")) > 0:
		c.Errorf(c.within(argument, ref.Name.Span), help, "no option matches [%s] %s", section.Value, ref.Name.Value)
	case strings.ContainsAny(section.Value, "*?"):
		c.Errorf(section.Span, help, "no section matches %s", Quote(section.Value))
	default:
		c.rejectUnknown("section", section, c.sectionNames())
	}
}
