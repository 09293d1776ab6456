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

// A selection is the set of options that an airflow-sensitive-vars directive asks for.
type selection struct {
	scopes     []string // keys of scopePhrases and names of providers
	sections   []string // nil for all
	components []string // as the annotations spell them; nil for all
}

// scopePhrases maps the words of the argument that do not name a single provider to their
// names in a sentence.
var scopePhrases = map[string]string{
	"core": "Airflow itself", "providers": "the providers", "all": "Airflow itself or of the providers",
}

// selection reads the argument and the options "section" and "component". It reports words
// that select nothing.
func (c *Call) selection() selection {
	s := selection{
		sections:   c.resolveOption("section", wordPattern, c.section),
		components: c.resolveOption("component", listItemPattern, c.component),
		scopes:     c.resolveWords(c.words(c.Directive.Arguments, wordPattern), c.scope),
	}
	if len(c.Directive.Arguments) == 0 {
		s.scopes = []string{"all"}
	}
	return s
}

// section returns the name of the section that a word names, or reports that it does not exist.
func (c *Call) section(w grammar.Text) string {
	w.Value = strings.Trim(w.Value, "[]`")
	if c.Catalog.Section(w.Value) == nil {
		c.rejectUnknown("section", w, c.sectionNames())
		return ""
	}
	return w.Value
}

// component returns the component that a text names, or reports that it does not exist. For
// a component of Airflow 2 it suggests the successor.
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
	c.rejectUnknown("component", w, known)
	return ""
}

// scope returns the scope that a word of the argument names, or reports that it does not
// exist.
func (c *Call) scope(w grammar.Text) string {
	name := strings.ToLower(w.Value)
	p := c.Catalog.ProviderByName(w.Value)
	if name == "self" {
		p = c.Catalog.ProviderAt(c.Folder, c.Path)
	}
	switch {
	case scopePhrases[name] != "":
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
		c.rejectUnknown("provider", w, known)
	}
	return ""
}

// hasProviders reports whether any provider is selected.
func (s selection) hasProviders() bool {
	return slices.ContainsFunc(s.scopes, func(scope string) bool { return scope != "core" })
}

// includes reports whether the options of a provider are selected, or those of core if
// provider is "".
func (s selection) includes(provider string) bool {
	kind := "providers"
	if provider == "" {
		kind = "core"
	}
	return slices.ContainsFunc(s.scopes, func(scope string) bool {
		return scope == "all" || scope == kind || scope == provider
	})
}

// sensitiveOptions returns the selected options, sorted by environment variable.
func (c *Call) sensitiveOptions(s selection) (options []*catalog.Option) {
	for _, o := range c.Catalog.Options() {
		isInSection := s.sections == nil || slices.Contains(s.sections, o.Section)
		if o.Sensitive && isInSection && s.includes(o.Provider) && c.isNeededBy(o, s.components) {
			options = append(options, o)
		}
	}
	slices.SortFunc(options, func(a, b *catalog.Option) int { return cmp.Compare(a.EnvVar(), b.EnvVar()) })
	return options
}

// isNeededBy reports whether one of the components needs an option, or may need it because
// the annotations do not map it. nil means all components.
func (c *Call) isNeededBy(o *catalog.Option, components []string) bool {
	needing := c.neededBy(o)
	return components == nil || len(needing) == 0 || slices.ContainsFunc(components, func(component string) bool {
		return containsComponent(needing, component)
	})
}

// neededBy returns the components that need an option according to the annotations.
func (c *Call) neededBy(o *catalog.Option) []string {
	if note := c.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil {
		return note.Value.NeededBy
	}
	return nil
}

// containsComponent reports whether a component is in the list.
func containsComponent(components []string, component string) bool {
	return slices.ContainsFunc(components, func(other string) bool { return catalog.SameComponent(other, component) })
}

// noRowsSentence returns the sentence that replaces a table without rows.
func noRowsSentence(s selection) []string {
	var scopes, sections []string
	for _, scope := range s.scopes {
		scopes = append(scopes, cmp.Or(scopePhrases[scope], "the provider "+scope))
	}
	for _, name := range s.sections {
		sections = append(sections, "["+name+"]")
	}
	text := "No option of " + strings.Join(scopes, " or of ")
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
