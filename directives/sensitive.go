package directives

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// sensitiveVarsType is the type of the directive that lists sensitive options.
const sensitiveVarsType = "airflow-sensitive-vars"

var sensitiveVars = Definition{
	Type:     sensitiveVarsType,
	Summary:  "A table of the options marked \"sensitive: true\" in the configuration data.",
	Argument: "[core | providers | all | self | PROVIDER …]",
	Notes: `Without an argument the options of Airflow itself and of all providers are
listed, sorted by environment variable. Name several by comma or blank.
"self" is the provider in whose folder the page lies. Content, if any, is
put above the table.

The columns are env-var, description, needed-by for core, and env-var,
provider, description where providers are listed. Descriptions and the
components that need an option come from the project file and from what
windsock knows of Airflow.`,
	Options: append([]OptionDef{
		{Name: "component", Value: "NAME, …", Doc: "Only the options that these components need; those that nobody mapped are listed too."},
		{Name: "section", Value: "NAME, …", Doc: "Only the options of these sections."},
		{Name: "describe", Value: "data", Doc: "Take descriptions that nobody wrote from the first sentence of the data's.", Values: []string{"data"}},
		{Name: "style", Value: "list-table", Doc: "The form of the table.", Values: []string{"list-table"}},
	}, tableOptions...),
	Columns: true,
	Samples: []string{
		".. airflow-sensitive-vars:: core\n",
		".. airflow-sensitive-vars:: celery\n   :columns: env-var, description\n   :header: Variable, What it holds\n\n   Set these on Celery workers only.\n",
	},
	expand: expandSensitive,
}

// reviewPerDeployment stands for the components of an option that nobody mapped.
const reviewPerDeployment = "Review per deployment"

// expandSensitive expands an airflow-sensitive-vars directive.
func expandSensitive(c *call) expansion {
	if s := c.directive.Substitution; s != nil {
		c.errorf(s.Span, "", "a table cannot be the text of a substitution")
	}
	scope := c.scope()
	options := c.sensitiveOptions(scope)
	cols, widths := c.sensitiveColumns(scope)
	rows := make([]row, len(options))
	for i, o := range options {
		rows[i] = row{option: o, unit: c.unitOf(o)}
	}
	lines := c.table(cols, rows, widths)
	e := expansion{uses: options}
	e.block.Add(c.content()...)
	if len(options) == 0 {
		e.block.Add(c.noRows(scope))
	} else {
		e.block.Add(lines...)
	}
	return e
}

// content returns the author's content, kept from merging with a list that may
// stand before it.
func (c *call) content() []string {
	lines := bodyLines(c.directive.Content)
	if len(lines) > 0 && !c.directive.First && beginsList(lines) {
		lines = append([]string{"..", ""}, lines...) // an empty comment ends the list before
	}
	return lines
}

// bodyItem matches a line that may begin an item of a list, a line of a line
// block or an option's description.
var bodyItem = regexp.MustCompile(`^(?:[-+*•‣⁃|](?: |$)|--?[0-9A-Za-z]|[+/][0-9A-Za-z]|:[^:]+:(?: |$)|\(?(?:[0-9]+|[A-Za-z]|[IVXLCDMivxlcdm]+|#)[.)](?: |$))`)

// beginsList reports whether lines may begin with an item of a list or the like,
// which would merge with such an item above it: one that its first word tells, or
// a term with its definition indented below.
func beginsList(lines []string) bool {
	term := len(lines) > 1 && strings.HasPrefix(lines[1], " ") && !strings.HasPrefix(lines[0], "..")
	return term || bodyItem.MatchString(lines[0])
}

// A scope is what the argument of airflow-sensitive-vars selects.
type scope struct {
	core      bool
	all       bool            // every provider
	providers map[string]bool // or these
}

// hasProviders reports whether any provider is selected.
func (s scope) hasProviders() bool { return s.all || len(s.providers) > 0 }

// holds reports whether an option is selected.
func (s scope) holds(o *catalog.Option) bool {
	if o.Provider == "" {
		return s.core
	}
	return s.all || s.providers[o.Provider]
}

// String names what is selected, for a sentence.
func (s scope) String() string {
	var parts []string
	if s.core {
		parts = append(parts, "Airflow itself")
	}
	if s.all {
		parts = append(parts, "the providers")
	}
	named := make([]string, 0, len(s.providers))
	for p := range s.providers {
		named = append(named, p)
	}
	slices.Sort(named)
	for _, p := range named {
		parts = append(parts, "the provider "+p)
	}
	return strings.Join(parts, " and ")
}

// scope reads the argument. Words that select nothing are reported.
func (c *call) scope() scope {
	s := scope{providers: map[string]bool{}}
	args := words(c.directive.Arguments, true)
	for _, w := range args {
		switch strings.ToLower(w.Value) {
		case "core":
			s.core = true
		case "providers":
			s.all = true
		case "all":
			s.core, s.all = true, true
		case "self":
			c.self(w, s)
		default:
			if p := c.Catalog.ProviderByName(w.Value); p != nil {
				s.providers[p.Name] = true
			} else {
				c.misspelt("provider", w, append([]string{"core", "providers", "all", "self"}, c.providerNames()...))
			}
		}
	}
	if len(args) == 0 {
		s.core, s.all = true, true
	}
	return s
}

// self adds the provider in whose folder the page lies.
func (c *call) self(w grammar.Text, s scope) {
	p := c.Catalog.ProviderAt(c.Folder, c.page.Path)
	if p == nil {
		c.errorf(w.Span, "name the provider", "this page lies in no provider's folder, so \"self\" selects nothing")
		return
	}
	s.providers[p.Name] = true
}

// sensitiveOptions returns the options to list, sorted by environment variable.
func (c *call) sensitiveOptions(s scope) []*catalog.Option {
	sections, components := c.sections(), c.components()
	var out []*catalog.Option
	for _, o := range c.Catalog.Options() {
		if o.Sensitive && s.holds(o) && (sections == nil || sections[o.Section]) && c.needs(o, components) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Option) int { return cmp.Compare(a.EnvVar(), b.EnvVar()) })
	return out
}

// sections reads the option "section", nil if the author did not write it.
func (c *call) sections() map[string]bool {
	o := c.given("section")
	if o == nil {
		return nil
	}
	out := map[string]bool{}
	for _, w := range words(o.Value, true) {
		name := strings.Trim(w.Value, "[]`")
		if c.Catalog.Section(name) == nil {
			c.misspelt("section", grammar.Text{Span: w.Span, Value: name}, c.sectionNames())
		}
		out[name] = true
	}
	return out
}

// components reads the option "component", nil if the author did not write it.
func (c *call) components() []string {
	o := c.given("component")
	if o == nil {
		return nil
	}
	known := c.Catalog.Annotations.Components()
	out := []string{}
	for _, w := range words(o.Value, false) {
		out = append(out, w.Value)
		if !slices.ContainsFunc(known, func(k string) bool { return catalog.SameComponent(k, w.Value) }) {
			c.misspelt("component", w, known)
		}
	}
	return out
}

// needs reports whether one of the components needs the option, as far as
// anybody said; nil components are all of them.
func (c *call) needs(o *catalog.Option, components []string) bool {
	needed := c.needers(o)
	if components == nil || len(needed) == 0 {
		return true
	}
	return slices.ContainsFunc(needed, func(n string) bool {
		return slices.ContainsFunc(components, func(k string) bool { return catalog.SameComponent(k, n) })
	})
}

// sensitiveColumns returns the columns, and the widths of the seed's tables where
// the author chose no others.
func (c *call) sensitiveColumns(s scope) ([]*Column, string) {
	names, widths := []string{"env-var", "description", "needed-by"}, "40 30 30"
	if s.hasProviders() {
		names[1], names[2] = "provider", "description"
		if c.given("component") != nil {
			names, widths = append(names, "needed-by"), ""
		}
	}
	if c.given("columns") != nil {
		widths = ""
	}
	return c.columns(names...), widths
}

// neededBy names the components that need an option; one that is not sensitive
// needs no review.
func (c *call) neededBy(o *catalog.Option) string {
	if needed := c.needers(o); len(needed) > 0 || !o.Sensitive {
		return strings.Join(needed, ", ")
	}
	return reviewPerDeployment
}

// noRows says that nothing was found, and what was asked for.
func (c *call) noRows(s scope) string {
	text := fmt.Sprintf("No option of %s is marked as sensitive", s)
	if v, ok := c.value("section"); ok {
		text += " in the sections " + v.Value
	}
	if v, ok := c.value("component"); ok {
		text += " and needed by " + v.Value
	}
	return render.Text(text + ".")
}
