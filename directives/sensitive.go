package directives

import (
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
)

// SensitiveVarsType is the type of the directive that lists sensitive options.
const SensitiveVarsType = "airflow-sensitive-vars"

var sensitiveVars = Definition{
	Type:     SensitiveVarsType,
	Summary:  "A table of the options marked \"sensitive: true\" in the configuration data.",
	Argument: "[core | providers | all | self | PROVIDER …]",
	Notes: `Without an argument the options of Airflow itself and of all providers are
listed, sorted by environment variable. Name several by comma or blank.
"self" is the provider in whose folder the page lies. Content, if any, is
put above the table. Where there is nothing to list, a sentence says what was
asked for.

The columns are env-var, description, needed-by for core, and env-var,
provider, description where providers are listed. Descriptions and the
components that need an option come from the project file and from what
windsock knows of Airflow; an option that neither of them maps is marked
"Review per deployment".

A matrix has the columns env-var and, where providers are listed, provider;
":columns:" names others. A column for each component follows, with a check
mark where it needs the option. ":header:" and ":widths:" are those of the
columns before; one more width is that of each component's column.
":class:" adds to the class airflow-sensitive-matrix.`,
	Options: append([]OptionDef{
		{Name: "component", Value: "NAME, …", Doc: "Only the options that these components need, in any case, singular or plural; options that are not mapped are listed too, and marked."},
		{Name: "section", Value: "NAME, …", Doc: "Only the options of these sections, with or without their brackets."},
		{Name: "describe", Value: "data", Doc: "Where nobody wrote a description, show the first sentence of the data's.", Values: []string{"data"}},
		{Name: "style", Value: "list-table | matrix", Doc: "The form of the table: a list, or a matrix with a column for each component.", Values: []string{"list-table", "matrix"}},
	}, tableOptions...),
	Columns: true,
	Samples: []string{
		".. airflow-sensitive-vars:: core\n",
		".. airflow-sensitive-vars:: celery\n   :columns: env-var, description\n   :header: Variable, What it holds\n\n   Set these on Celery workers only.\n",
		".. airflow-sensitive-vars:: core\n   :style: matrix\n   :component: Scheduler, Workers\n",
	},
	expand: expandSensitive,
}

// reviewPerDeployment stands for the components of an option that is not mapped.
const reviewPerDeployment = "Review per deployment"

// expandSensitive expands an airflow-sensitive-vars directive.
func expandSensitive(c *Call) Expansion {
	if s := c.Directive.Substitution; s != nil {
		c.Errorf(s.Span, "", "a table cannot be the text of a substitution")
	}
	asked := c.selection()
	e := Expansion{Options: c.sensitiveOptions(asked), IsIncomplete: slices.ContainsFunc(c.Catalog.Unread(), asked.isOf)}
	rows := make([]row, len(e.Options))
	for i, o := range e.Options {
		rows[i] = row{option: o, unit: c.unitOf(o)}
	}
	table, note := c.sensitiveTable(asked, rows, &e)
	e.Block.Add(c.content()...)
	if len(rows) == 0 {
		e.Block.Add(noRows(asked)...)
		return e
	}
	e.Block.Add(table...)
	e.Block.Add(note)
	return e
}

// sensitiveTable returns the table of an expansion in the style that the author chose, and a
// note to stand below it, or "".
func (c *Call) sensitiveTable(s selection, rows []row, e *Expansion) (lines []string, note string) {
	if strings.EqualFold(c.value("style").Value, "matrix") {
		e.ShowsComponents = true
		return c.matrix(s, rows), ""
	}
	cols, widths := c.sensitiveColumns(s)
	isNamed := slices.Contains(names(cols), "needed-by")
	e.ShowsComponents = s.components != nil || isNamed
	if s.components != nil && !isNamed {
		note = c.reviewNote(e.Options)
	}
	return c.table(cols, rows, look{widths: widths}), note
}

// content returns the author's content, separated by an empty comment from what may stand
// before it: a list of which it would become items, or a comment of which it would be text.
func (c *Call) content() []string {
	lines := bodyLines(c.Directive.Content)
	if len(lines) > 0 && (strings.HasPrefix(lines[0], " ") || !c.Directive.First && beginsList(lines)) {
		lines = append([]string{"..", ""}, lines...) // an empty comment ends what stands before
	}
	return lines
}

// bodyItem matches a line that may begin an item of a list, a line of a line
// block or an option's description.
var bodyItem = lazyregexp.New(`^(?:[-+*•‣⁃|](?: |$)|--?[0-9A-Za-z]|[+/][0-9A-Za-z]|:[^:]+:(?: |$)|\(?(?:[0-9]+|[A-Za-z]|[IVXLCDMivxlcdm]+|#)[.)](?: |$))`)

// beginsList reports whether lines may begin with an item of a list or the like,
// which would merge with such an item above it: one that begins with a bullet or the like, or
// a term with its definition indented below.
func beginsList(lines []string) bool {
	term := len(lines) > 1 && strings.HasPrefix(lines[1], " ") && !strings.HasPrefix(lines[0], "..")
	return term || bodyItem().MatchString(lines[0])
}

// sensitiveColumns returns the columns, and their widths where the author chose no columns.
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

// reviewNote names the options that a table for some components lists because nobody mapped
// them; "" if there are none.
func (c *Call) reviewNote(options []*catalog.Option) string {
	var unmapped []string
	for _, o := range options {
		if len(c.needers(o)) == 0 {
			unmapped = append(unmapped, strings.Join(c.literal("name", o, o.EnvVar()), " "))
		}
	}
	if unmapped == nil {
		return ""
	}
	return reviewPerDeployment + ": " + strings.Join(unmapped, ", ") + "."
}

// neededBy names the components that need an option; one that is not sensitive
// needs no review.
func (c *Call) neededBy(o *catalog.Option) string {
	if needed := c.needers(o); len(needed) > 0 || !o.Sensitive {
		return strings.Join(needed, ", ")
	}
	return reviewPerDeployment
}
