package directives

import (
	"fmt"
	"slices"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// Resolve returns the option that a reference names or, if there is none, a finding that
// says so and what may have been meant. Its span and rule are the caller's to set. An option
// with a suffix is none: it has no default to show.
func Resolve(c *catalog.Catalog, ref grammar.Reference) (*catalog.Option, finding.Finding) {
	isEnv := ref.Form != grammar.Bracketed && ref.Form != grammar.Dotted
	r := catalog.Reference{Section: ref.Section.Value, Name: ref.Name.Value}
	var v catalog.Resolution
	if isEnv {
		v = c.ResolveEnv("AIRFLOW__" + r.Section + "__" + r.Name)
	} else {
		v = c.Resolve(r)
	}
	if o := v.Option; o != nil && v.Ending == "" && (isEnv || r == o.Reference) {
		return o, finding.Finding{}
	}
	d := finding.Finding{Message: v.Text(), Help: v.Help, Declared: v.Declared, About: finding.Option(v.About)}
	switch {
	case v.To != nil:
		d.Suggestion, d.Certain = v.To.String(), v.To.Certain && v.Ending == ""
	case v.Option != nil:
		d.Suggestion = v.Option.String()
	}
	switch {
	case v.Rule == finding.NotSensitive:
	case v.Ending != "" && d.Suggestion != "":
		d.Message = fmt.Sprintf("%s says where the value of %s is to be found; write %s", ref, d.Suggestion, d.Suggestion)
	case v.Option != nil && v.Rule != finding.UnknownSection:
		d.Message = fmt.Sprintf("option %s does not exist; did you mean %s?", r, v.Option)
	case v.To == nil && v.Rule != finding.RemovedOption && c.MayHide(v.About.Section), v.Rule == "":
		d.Message = fmt.Sprintf("option %s is not in the data that was read", v.About)
	}
	return nil, d
}

// unitOf returns the unit that the value of an option is shown with where the author
// writes none: the one that the project file states, "" if none.
func (c *Call) unitOf(o *catalog.Option) string {
	if unit, stated := c.Catalog.UnitOf(o); stated {
		return unit
	}
	return ""
}

// needers returns the components that need a sensitive option according to the annotations.
func (c *Call) needers(o *catalog.Option) []string {
	if note := c.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil {
		return note.Value.NeededBy
	}
	return nil
}

// named returns the options of that name.
func (c *Call) named(name string) []string {
	var options []string
	for _, o := range c.Catalog.OptionsNamed(name) {
		options = append(options, o.String())
	}
	return options
}

// sectionNames returns the names of all sections, each once.
func (c *Call) sectionNames() []string {
	var names []string
	for _, s := range c.Catalog.Sections() {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// providerNames returns the names of all providers.
func (c *Call) providerNames() []string {
	var names []string
	for _, p := range c.Catalog.Providers() {
		names = append(names, p.Name)
	}
	return names
}
