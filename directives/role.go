package directives

import (
	"windsock/directives/catalog"
	"windsock/grammar"
)

// RoleName is the name of the role that becomes a default within running text.
const RoleName = "airflow-default"

// A RoleDefinition is a role that windsock expands, as "windsock explain" describes it.
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
	Name:    RoleName,
	Text:    "[section] name",
	Summary: "The default value of an option, within running text.",
	Notes: `The option may be followed by a unit after " : "; without one, the project
file's applies. The value is what airflow-config-default shows: numbers and
booleans plain, other strings as a literal, durations with their form in larger
units.

The role stands in running text: in paragraphs, list items, cells of a
list-table, terms, captions and titles that are not longer with its value than
the line under them. In a cell of another table, or where its value would
change what the text around it means, write a substitution. A value of several
lines needs the directive.

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

// RoleValue returns the option that the text of a role names, and its unit. What is wrong is
// reported.
func (c *Call) RoleValue(text grammar.Text) (o *catalog.Option, unit string) {
	ref, err := grammar.ParseReference(text.Value)
	if err != nil {
		c.badReference(text, err)
		return nil, ""
	}
	if ref.IsPattern() {
		c.Errorf(text.Span, "name one option; a table of several is what airflow-config-default makes", "a pattern cannot stand in running text")
		return nil, ""
	}
	if o = c.lookup(text, ref); o == nil {
		return nil, ""
	}
	unit = c.unitOf(o)
	if given := ref.In(c.Source, text).Unit; given != nil {
		unit = given.Value
		c.checkUnit(*given, o)
	}
	if lines := c.shown(o, unit); len(lines) > 1 {
		c.Errorf(text.Span, "use the directive airflow-config-default, where a literal block can stand", "the default of %s has several lines, or too long a one for running text", o)
	}
	return o, unit
}
