package directives

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// A selection is what the author of an airflow-sensitive-vars directive asks for.
type selection struct {
	declarers  []string // whose options: words of allDeclarers, and providers
	sections   []string // nil: any
	components []string // as the annotations spell them; nil: any
}

// allDeclarers are the words of the argument that stand for no single provider, and what a
// sentence calls that.
var allDeclarers = map[string]string{
	"core": "Airflow itself", "providers": "the providers", "all": "Airflow itself or of the providers",
}

// selection reads the argument and the options that select. Words that select
// nothing are reported.
func (c *Call) selection() selection {
	s := selection{
		sections:   c.chosen("section", word, c.section),
		components: c.chosen("component", listItem, c.component),
		declarers:  c.once(c.words(c.Directive.Arguments, word), c.declarer),
	}
	if len(c.Directive.Arguments) == 0 {
		s.declarers = []string{"all"}
	}
	return s
}

// section returns the name of the section that a word means, or reports that there is none.
func (c *Call) section(w grammar.Text) string {
	w.Value = strings.Trim(w.Value, "[]`")
	if c.Catalog.Section(w.Value) == nil {
		c.misspelt("section", w, c.sectionNames())
		return ""
	}
	return w.Value
}

// component returns the component that a text means, or reports that there is none; of an
// old one it names the one that does its work today.
func (c *Call) component(w grammar.Text) string {
	known := c.Catalog.Annotations.Components()
	if i := slices.IndexFunc(known, func(k string) bool { return catalog.SameComponent(k, w.Value) }); i >= 0 {
		return known[i]
	}
	if now := catalog.Successor(w.Value); slices.Contains(known, now) {
		c.reject(finding.Finding{
			Span: w.Span, Message: fmt.Sprintf("component %s is called %s since Airflow 3.0", Quote(w.Value), now), Suggestion: now,
		})
		return ""
	}
	c.misspelt("component", w, known)
	return ""
}

// declarer returns whom a word of the argument means, or reports that there is nobody.
func (c *Call) declarer(w grammar.Text) string {
	name := strings.ToLower(w.Value)
	p := c.Catalog.ProviderByName(w.Value)
	if name == "self" {
		p = c.Catalog.ProviderAt(c.Folder, c.Path)
	}
	switch {
	case allDeclarers[name] != "":
		return name
	case p != nil:
		return p.Name
	case name == "self":
		c.Errorf(w.Span, "name the provider", "this page lies in no provider's folder, so \"self\" selects nothing")
	default:
		known := []string{"core", "providers", "all", "self"}
		for _, p := range c.Catalog.Providers() {
			known = append(known, p.Name)
		}
		c.misspelt("provider", w, known)
	}
	return ""
}

// hasProviders reports whether any provider is selected.
func (s selection) hasProviders() bool {
	return slices.ContainsFunc(s.declarers, func(d string) bool { return d != "core" })
}

// isOf reports whether options of a provider are selected, of core's if that is "".
func (s selection) isOf(provider string) bool {
	kind := "providers"
	if provider == "" {
		kind = "core"
	}
	return slices.ContainsFunc(s.declarers, func(d string) bool { return d == "all" || d == kind || d == provider })
}

// sensitiveOptions returns the options to list, sorted by environment variable.
func (c *Call) sensitiveOptions(s selection) (options []*catalog.Option) {
	for _, o := range c.Catalog.Options() {
		isIn := s.sections == nil || slices.Contains(s.sections, o.Section)
		if o.Sensitive && isIn && s.isOf(o.Provider) && c.needs(o, s.components) {
			options = append(options, o)
		}
	}
	slices.SortFunc(options, func(a, b *catalog.Option) int { return cmp.Compare(a.EnvVar(), b.EnvVar()) })
	return options
}

// needs reports whether one of the components needs the option, as far as
// anybody said; nil components are all of them.
func (c *Call) needs(o *catalog.Option, components []string) bool {
	needed := c.needers(o)
	return components == nil || len(needed) == 0 || slices.ContainsFunc(components, func(component string) bool {
		return isNeeder(needed, component)
	})
}

// needers returns the components that need a sensitive option according to the annotations.
func (c *Call) needers(o *catalog.Option) []string {
	if note := c.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil {
		return note.Value.NeededBy
	}
	return nil
}

// isNeeder reports whether a component is among those that need an option.
func isNeeder(needers []string, component string) bool {
	return slices.ContainsFunc(needers, func(n string) bool { return catalog.SameComponent(n, component) })
}

// noRows returns the sentence for a table without rows, which names the selection.
func noRows(s selection) []string {
	var declarers, sections []string
	for _, d := range s.declarers {
		declarers = append(declarers, cmp.Or(allDeclarers[d], "the provider "+d))
	}
	for _, name := range s.sections {
		sections = append(sections, "["+name+"]")
	}
	text := "No option of " + strings.Join(declarers, " or of ")
	if sections != nil {
		text += " in " + strings.Join(sections, " or ")
	}
	text += " is marked as sensitive"
	if s.components != nil {
		text += " and needed by " + strings.Join(s.components, " or ")
	}
	lines, _ := render.Text(text + ".")
	return lines
}
