package directives

import (
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// SensitiveVarsType is the type of the directive that lists sensitive options.
const SensitiveVarsType = "airflow-sensitive-vars"

var sensitiveVars = Definition{
	Type:     SensitiveVarsType,
	Summary:  "A table of the options marked \"sensitive: true\" in the configuration data.",
	Argument: "[core | providers | all | self | PROVIDER …]",
	Notes: `Without an argument the table lists the options of Airflow itself and of all
providers, sorted by environment variable. Separate several names by commas or
blanks. "self" is the provider whose folder contains the page. Content, if any,
is placed above the table. If no option matches, a sentence that names the
selection replaces the table.

The columns are env-var, description and needed-by for core, and env-var,
provider and description if providers are listed. Descriptions and the
components that need an option come from the project file and from windsock's
own facts about Airflow. An option that neither maps to components is marked
"Review per deployment".

A matrix has the columns env-var and, if providers are listed, provider;
":columns:" replaces them. A column for each component follows, with a check
mark if the component needs the option. ":header:" and ":widths:" apply to the
columns before those; ":widths:" has one more number, for each component's
column. ":class:" adds to the class airflow-sensitive-matrix.`,
	Options: append([]OptionDef{
		{Name: "component", Value: "NAME, …", Doc: "Only the options that these components need, in any case, singular or plural. Options that are not mapped are listed too, and marked."},
		{Name: "section", Value: "NAME, …", Doc: "Only the options of these sections, with or without their brackets."},
		{Name: "describe", Value: "data", Doc: "If the annotations have no description, show the first sentence of the data's.", Values: []string{"data"}},
		{Name: "style", Value: "list-table | matrix", Doc: "The form of the table: a list, or a matrix with a column for each component.", Values: []string{"list-table", "matrix"}},
	}, tableOptions...),
	Columns: true,
	Samples: []string{
		".. airflow-sensitive-vars:: core\n",
		".. airflow-sensitive-vars:: celery\n   :columns: env-var, description\n   :header: Variable, Purpose\n\n   Set these on Celery workers only.\n",
		".. airflow-sensitive-vars:: core\n   :style: matrix\n   :component: Scheduler, Workers\n",
	},
	expand: expandSensitive,
}

// reviewPerDeployment is shown instead of the components of an option that is not mapped.
const reviewPerDeployment = "Review per deployment"

// expandSensitive expands an airflow-sensitive-vars directive.
func expandSensitive(c *Call) Expansion {
	if name := c.Directive.Substitution; name != nil {
		c.Errorf(name.Span, "", "a table cannot be the text of a substitution")
	}
	s := c.selection()
	e := Expansion{Options: c.sensitiveOptions(s), IsIncomplete: slices.ContainsFunc(c.Catalog.Unread(), s.includes)}
	rows := c.rows(e.Options)
	table, note := c.sensitiveTable(s, rows, &e)
	e.Block.Add(c.content()...)
	if len(rows) == 0 {
		e.Block.Add(noRowsSentence(s)...)
		return e
	}
	e.Block.Add(table...)
	e.Block.Add(note)
	return e
}

// sensitiveTable returns the table in the style of ":style:", and a note to add below it, ""
// for none. It sets e.ShowsComponents.
func (c *Call) sensitiveTable(s selection, rows []row, e *Expansion) (lines []string, note string) {
	if strings.EqualFold(c.value("style").Value, "matrix") {
		e.ShowsComponents = true
		return c.matrix(s, rows), ""
	}
	cols, widths := c.sensitiveColumns(s)
	hasComponents := slices.Contains(names(cols), "needed-by")
	e.ShowsComponents = s.components != nil || hasComponents
	if s.components != nil && !hasComponents {
		note = c.reviewNote(e.Options)
	}
	return c.table(cols, rows, tablePreset{widths: widths}), note
}

// content returns the author's content. An empty comment precedes it if it could otherwise
// continue the previous element: a list, or the comment that begins a region.
func (c *Call) content() []string {
	lines := bodyLines(c.Directive.Content)
	if len(lines) > 0 && (strings.HasPrefix(lines[0], " ") || !c.Directive.First && beginsList(lines)) {
		lines = append([]string{"..", ""}, lines...)
	}
	return lines
}

// listItemStartPattern matches a line that can begin an item of a bullet, enumerated, field or
// option list, or a line block.
var listItemStartPattern = lazyregexp.New(`^(?:[-+*•‣⁃|](?: |$)|--?[0-9A-Za-z]|[+/][0-9A-Za-z]|:[^:]+:(?: |$)|\(?(?:[0-9]+|[A-Za-z]|[IVXLCDMivxlcdm]+|#)[.)](?: |$))`)

// beginsList reports whether lines can begin with an item that would merge with a list above:
// one that listItemStartPattern matches, or the term of a definition list.
func beginsList(lines []string) bool {
	isTerm := len(lines) > 1 && strings.HasPrefix(lines[1], " ") && !strings.HasPrefix(lines[0], "..")
	return isTerm || listItemStartPattern().MatchString(lines[0])
}

// sensitiveColumns returns the columns and, if the author chose none, their widths.
func (c *Call) sensitiveColumns(s selection) ([]*Column, string) {
	names, widths := []string{"env-var", "description", "needed-by"}, "40 30 30"
	if !c.Catalog.MapsComponents() {
		names, widths = names[:2], "40 60"
	}
	if s.hasProviders() {
		names = []string{"env-var", "provider", "description"}
		if s.components != nil {
			names, widths = append(names, "needed-by"), "35 15 25 25"
		}
	}
	if c.Directive.Option("columns") != nil {
		widths = ""
	}
	return c.columns(names...), widths
}

// reviewNote returns a note that names the options that are not mapped to components, "" if
// all of them are.
func (c *Call) reviewNote(options []*catalog.Option) string {
	var unmapped []string
	for _, o := range options {
		if len(c.neededBy(o)) == 0 {
			unmapped = append(unmapped, strings.Join(c.literal("name", o, o.EnvVar()), " "))
		}
	}
	if unmapped == nil {
		return ""
	}
	return reviewPerDeployment + ": " + strings.Join(unmapped, ", ") + "."
}

// componentsText returns the components that need an option as text. Only a sensitive option
// that is not mapped needs a review.
func (c *Call) componentsText(o *catalog.Option) string {
	if components := c.neededBy(o); len(components) > 0 || !o.Sensitive {
		return strings.Join(components, ", ")
	}
	return reviewPerDeployment
}

// sensitiveDescription returns the description in a table of sensitive options: the
// annotation's, or the first sentence of the data's if the author asks for it, or else the name
// of the option, in words if a provider declares it.
func (c *Call) sensitiveDescription(o *catalog.Option) render.Cell {
	if note := c.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil && note.Value.Description != "" {
		return c.text("label", o, note.Value.Description)
	}
	if c.value("describe").Value != "" && strings.TrimSpace(o.Description) != "" {
		return c.firstSentence(o)
	}
	if o.Provider == "" {
		return c.text("name", o, o.String())
	}
	return c.text("name", o, o.Words())
}
