package directives

import (
	"fmt"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// roleName is the name of the role that becomes a default within running text.
const roleName = "airflow-default"

// A RoleDefinition is a role that windsock expands, as "windsock explain" tells it.
type RoleDefinition struct {
	Name    string   // in lower case
	Text    string   // how its text is written
	Summary string   // one sentence
	Notes   string   // what its text means and where it may stand, in paragraphs of RST
	Samples []string // complete uses, each of which expands
}

// Role returns the role that windsock expands.
func Role() RoleDefinition { return role }

var role = RoleDefinition{
	Name:    roleName,
	Text:    "[section] name",
	Summary: "The default value of an option, within running text.",
	Notes: `The option may be followed by a unit after " : "; without one, the project
file's applies. The value is what airflow-config-default shows: numbers and
booleans plain, other strings as a literal, durations with their form in larger
units.

The role stands in running text: in paragraphs, list items, cells of a
list-table, terms, captions and titles, whose lines become as long as the
title. In a cell of another table, or where its value would change what the
text around it means, write a substitution. A value of several lines needs the
directive.

A role cannot be expanded in place. Use a substitution there, which a managed
region can hold:

  .. |leeway| airflow-config-default:: [api_auth] jwt_leeway
     :unit: seconds

  Clocks may differ by |leeway|.`,
	Samples: []string{
		"Up to :airflow-default:`[core] parallelism` tasks run at once.\n",
		"Clocks may differ by :airflow-default:`[api_auth] jwt_leeway : seconds`.\n",
	},
}

// roleValue returns the option that the text of a role names, and its unit. What is wrong is
// reported.
func (c *call) roleValue(text grammar.Text) (o *catalog.Option, unit string) {
	ref, err := c.reference(text.Value)
	if err != nil {
		c.badReference(text, err)
		return nil, ""
	}
	if ref.IsPattern() {
		c.errorf(text.Span, "name one option; a table of several is what airflow-config-default makes", "a pattern cannot stand in running text")
		return nil, ""
	}
	if o = c.lookup(text, ref); o == nil {
		return nil, ""
	}
	unit = c.unitOf(o)
	if given := ref.In(c.page.Source, text).Unit; given != nil {
		unit = given.Value
		c.checkUnitOf(*given, o)
	}
	if lines := c.shown(o, unit); len(lines) > 1 {
		c.errorf(text.Span, "use the directive airflow-config-default, where a literal block can stand", "the default of %s has several lines, or too long a one for running text", o)
	}
	return o, unit
}

// unexpandedRole says that a role is left in a page that Sphinx reads as it is.
func unexpandedRole(in grammar.Inline, o *catalog.Option) finding.Finding {
	return finding.Finding{
		Span: in.Name.Span, Rule: finding.Unexpanded, Severity: finding.Error, About: finding.Option(o.Reference),
		Message: "a role cannot be expanded in place",
		Help:    substitution(in, o),
	}
}

// substitution shows the substitution that serves where a role does not.
func substitution(in grammar.Inline, o *catalog.Option) string {
	text := fmt.Sprintf("write |%s| instead and, as a paragraph of its own:\n.. |%[1]s| airflow-config-default:: %s", o.Name, o)
	if ref, err := grammar.ParseReference(in.Text.Value); err == nil && ref.Unit != nil {
		text += "\n   :unit: " + ref.Unit.Value
	}
	return text
}

// roleMark is the mark of the role, and of what nearly is it.
var roleMark = Mark{Text: ":airflow", AnyCase: true}

// mayHoldRole reports whether a text may hold the role, or what nearly is it.
func mayHoldRole(text []byte) bool { return roleGate.Passes(text) }

var roleGate = NewGate(roleMark)
