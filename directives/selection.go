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
	core       bool
	all        bool     // every provider
	providers  []string // or these
	sections   []string // nil: any
	components []string // as the annotations spell them; nil: any
}

// selection reads the argument and the options that select. Words that select
// nothing are reported.
func (c *Call) selection() selection {
	s := selection{sections: c.sections(), components: c.components()}
	args := c.wordsIn(c.Directive.Arguments, true)
	seen := map[string]bool{}
	for _, w := range args {
		what, name := "word", strings.ToLower(w.Value)
		switch name {
		case "core":
			s.core = true
		case "providers":
			s.all = true
		case "all":
			s.core, s.all = true, true
		default:
			if name = c.provider(w); name == "" {
				continue
			}
			s.providers = append(s.providers, name)
			what = "provider"
		}
		c.once(seen, what, name, w)
	}
	if len(args) == 0 {
		s.core, s.all = true, true
	}
	return s
}

// provider returns the name of the provider that a word of the argument means, or
// reports that there is none and returns "".
func (c *Call) provider(w grammar.Text) string {
	if strings.EqualFold(w.Value, "self") {
		if p := c.Catalog.ProviderAt(c.Folder, c.Path); p != nil {
			return p.Name
		}
		c.Errorf(w.Span, "name the provider", "this page lies in no provider's folder, so \"self\" selects nothing")
		return ""
	}
	if p := c.Catalog.ProviderByName(w.Value); p != nil {
		return p.Name
	}
	c.misspelt("provider", w, append([]string{"core", "providers", "all", "self"}, c.providerNames()...))
	return ""
}

// once reports a word whose meaning was seen before, and remembers it; what says
// what the word names.
func (c *Call) once(seen map[string]bool, what, meaning string, w grammar.Text) {
	if seen[meaning] {
		c.Errorf(w.Span, "", "%s %s is named twice", what, Quote(w.Value))
	}
	seen[meaning] = true
}

// sections reads the option "section", nil if the author did not write it.
func (c *Call) sections() []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range c.listed("section", true) {
		name := strings.Trim(w.Value, "[]`")
		if c.Catalog.Section(name) == nil {
			c.misspelt("section", grammar.Text{Span: w.Span, Value: name}, c.sectionNames())
			continue
		}
		c.once(seen, "section", name, w)
		out = append(out, name)
	}
	return out
}

// components reads the option "component", nil if the author did not write it.
func (c *Call) components() []string {
	known := c.Catalog.Annotations.Components()
	var out []string
	seen := map[string]bool{}
	for _, w := range c.listed("component", false) {
		i := slices.IndexFunc(known, func(k string) bool { return catalog.SameComponent(k, w.Value) })
		if i < 0 {
			c.noComponent(w, known)
			continue
		}
		c.once(seen, "component", known[i], w)
		out = append(out, known[i])
	}
	return out
}

// noComponent reports a word that is none of the components, and names the one that does
// the work of an old one today.
func (c *Call) noComponent(w grammar.Text, known []string) {
	if now := catalog.Successor(w.Value); slices.Contains(known, now) {
		c.reject(finding.Finding{
			Span: w.Span, Message: fmt.Sprintf("component %s is called %s since Airflow 3.0", Quote(w.Value), now), Suggestion: now,
		})
		return
	}
	c.misspelt("component", w, known)
}

// listed returns the words of an option's value, divided by commas, and by blanks
// too if blanks is set. One that holds nothing but commas is reported.
func (c *Call) listed(name string, blanks bool) []grammar.Text {
	o := c.given(name)
	if o == nil || len(o.Value) == 0 {
		return nil
	}
	list := c.wordsIn(o.Value, blanks)
	if len(list) == 0 {
		c.Errorf(grammar.Join(o.Value).Span, "", "option %s names nothing", Quote(name))
	}
	return list
}

// hasProviders reports whether any provider is selected.
func (s selection) hasProviders() bool { return s.all || len(s.providers) > 0 }

// holds reports whether an option is selected by its section and its provider.
func (s selection) holds(o *catalog.Option) bool {
	if s.sections != nil && !slices.Contains(s.sections, o.Section) {
		return false
	}
	return s.isOf(o.Provider)
}

// isOf reports whether options of a provider are selected, of core's if that is "".
func (s selection) isOf(provider string) bool {
	if provider == "" {
		return s.core
	}
	return s.all || slices.Contains(s.providers, provider)
}

// sensitiveOptions returns the options to list, sorted by environment variable.
func (c *Call) sensitiveOptions(s selection) []*catalog.Option {
	var out []*catalog.Option
	for _, o := range c.Catalog.Options() {
		if o.Sensitive && s.holds(o) && c.needs(o, s.components) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Option) int { return cmp.Compare(a.EnvVar(), b.EnvVar()) })
	return out
}

// needs reports whether one of the components needs the option, as far as
// anybody said; nil components are all of them.
func (c *Call) needs(o *catalog.Option, components []string) bool {
	needed := c.needers(o)
	return components == nil || len(needed) == 0 || slices.ContainsFunc(components, func(component string) bool {
		return isNeeder(needed, component)
	})
}

// isNeeder reports whether a component is among those that need an option.
func isNeeder(needers []string, component string) bool {
	return slices.ContainsFunc(needers, func(n string) bool { return catalog.SameComponent(n, component) })
}

// noRows returns the sentence for a table without rows, which names the selection.
func noRows(s selection) []string {
	text := "No option of " + strings.Join(s.declarers(), " or of ")
	if len(s.sections) > 0 {
		text += " in " + strings.Join(plainSections(s.sections), " or ")
	}
	text += " is marked as sensitive"
	if len(s.components) > 0 {
		text += " and needed by " + strings.Join(s.components, " or ")
	}
	lines, _ := render.Text(text + ".")
	return lines
}

// declarers names who declares the options asked for, for a sentence.
func (s selection) declarers() []string {
	var out []string
	if s.core {
		out = append(out, "Airflow itself")
	}
	if s.all {
		return append(out, "the providers")
	}
	for _, p := range slices.Sorted(slices.Values(s.providers)) {
		out = append(out, "the provider "+p)
	}
	return out
}

// plainSections writes the names of sections in their brackets.
func plainSections(sections []string) []string {
	out := make([]string, len(sections))
	for i, name := range sections {
		out[i] = "[" + name + "]"
	}
	return out
}
