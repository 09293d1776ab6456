package directives

import (
	"windsock/directives/catalog"
	"windsock/grammar"
)

// RoleName is the name of the role that expands to a default in running text.
const RoleName = "airflow-default"

// A RoleDefinition describes a role for "windsock explain".
type RoleDefinition struct {
	Name    string   // in lower case
	Text    string   // the syntax of its text
	Summary string   // one sentence
	Notes   string   // what its text means and where it can be used, in paragraphs of RST
	Samples []string // lines that use it and expand without findings
}

// Role returns the role that windsock expands.
func Role() RoleDefinition { return role }

var role = RoleDefinition{
	Name:    RoleName,
	Text:    "[section] name",
	Summary: "The default value of an option, within running text.",
	Notes: `A unit can follow the option after " : "; without one, the unit of the project
file applies. The value is the same as that of airflow-config-default: numbers
and booleans plain, other strings as literals, durations followed by their form
in larger units.

The role works in running text: in paragraphs, list items, cells of list-tables,
terms, captions, and titles that with the value are not longer than the line
below them. In a cell of another table, or if the value would change the markup
around it, use a substitution. A value of several lines needs the directive.

A role cannot be expanded in place. Use a substitution instead, which can be a
managed region:

  .. |leeway| airflow-config-default:: [api_auth] jwt_leeway
     :unit: seconds

  Clocks may differ by |leeway|.`,
	Samples: []string{
		"Up to :airflow-default:`[core] parallelism` tasks run at once.\n",
		"Clocks may differ by :airflow-default:`[api_auth] jwt_leeway : seconds`.\n",
	},
}

// RoleValue returns the option that the text of a role names, and its unit. It reports errors,
// and then o can be nil.
func (c *Call) RoleValue(text grammar.Text) (o *catalog.Option, unit string) {
	ref, err := grammar.ParseReference(text.Value)
	if err != nil {
		c.badReference(text, err)
		return nil, ""
	}
	if ref.IsPattern() {
		c.Errorf(text.Span, "name one option; a table of several is what airflow-config-default makes", "a pattern is not allowed in running text")
		return nil, ""
	}
	if o = c.lookup(text, ref); o == nil {
		return nil, ""
	}
	unit = c.unit(o)
	if given := ref.In(c.Source, text).Unit; given != nil {
		unit = given.Value
		c.checkUnit(*given, o)
	}
	if lines := c.defaultLines(o, unit); len(lines) > 1 {
		c.Errorf(text.Span, "use the directive airflow-config-default, where a literal block is allowed", "the default of %s has several lines, or too long a one for running text", o)
	}
	return o, unit
}
