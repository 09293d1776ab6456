package directives

import (
	"fmt"
	"slices"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// resolve returns the option that a reference names or, if there is none, a
// diagnostic that says so and what may have been meant. Its span and rule are the
// caller's to set.
func (e *Expander) resolve(ref grammar.Reference) (*catalog.Option, finding.Finding) {
	var o *catalog.Option
	r := catalog.Reference{Section: ref.Section.Value, Name: ref.Name.Value}
	if ref.Form != grammar.Bracketed && ref.Form != grammar.Dotted {
		env := e.Catalog.LookupEnv("AIRFLOW__" + ref.Section.Value + "__" + ref.Name.Value)
		o, r = env.Option, env.Reference
		if o != nil && env.Kind != catalog.EnvOption {
			return nil, finding.Finding{
				Message:    fmt.Sprintf("%s says where the value of %s is to be found, and is no option", ref, o),
				Suggestion: o.String(), Declared: o.Declared,
			}
		}
	} else {
		o = e.Catalog.Lookup(r.Section, r.Name)
	}
	if o != nil {
		return o, finding.Finding{}
	}
	return nil, e.unknown(r)
}

// unknown says that no data declares an option, and what may have been meant.
func (e *Expander) unknown(r catalog.Reference) finding.Finding {
	d := finding.Finding{Message: fmt.Sprintf("option %s does not exist", r)}
	if e.Catalog.MayHide(r.Section) {
		d.Message = fmt.Sprintf("option %s is not in the data that was read", r)
	}
	if o, note := e.Catalog.Renamed(r); note != nil {
		if o == nil && e.Catalog.MayHide(note.Value.To.Section) {
			return d
		}
		if o == nil && !note.Value.Removed() {
			d.Message = fmt.Sprintf("option %s was replaced by %s, which the data does not declare either", r, note.Value.To)
			return d
		}
		if o == nil {
			d.Message = fmt.Sprintf("option %s was removed", r)
			return d
		}
		d.Message, d.Declared = fmt.Sprintf("option %s is now %s", r, o), o.Declared
		d.Suggestion, d.Certain = o.String(), true
		return d
	}
	s := e.Catalog.Suggest(r)
	switch {
	case s != nil && s.Option != nil:
		d.Message += "; did you mean " + s.Option.String() + "?"
		d.Suggestion, d.Certain, d.Declared = s.Option.String(), s.Certain, s.Option.Declared
	case s != nil && s.Section.Name != r.Section:
		d.Message += "; there is a section [" + s.Section.Name + "]"
	}
	return d
}

// unitOf returns the unit that the project file gives an option, "" if none.
func (e *Expander) unitOf(o *catalog.Option) string { return valueOf(&e.Catalog.Annotations.Units, o) }

// effective returns the value that the code uses where the data has no default.
func (e *Expander) effective(o *catalog.Option) (string, bool) {
	note := e.Catalog.Annotations.Effective.Of(o.Reference)
	if note == nil {
		return "", false
	}
	return note.Value, true
}

// valueOf returns the note about an option, "" if there is none.
func valueOf(notes *catalog.Notes[string], o *catalog.Option) string {
	if note := notes.Of(o.Reference); note != nil {
		return note.Value
	}
	return ""
}

// needers returns the components that need a sensitive option, as far as anybody
// said.
func (e *Expander) needers(o *catalog.Option) []string {
	if note := e.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil {
		return note.Value.NeededBy
	}
	return nil
}

// named returns the options of that name.
func (e *Expander) named(name string) []string {
	var options []string
	for _, o := range e.Catalog.Options() {
		if o.Name == name {
			options = append(options, o.String())
		}
	}
	return options
}

// sectionNames returns the names of all sections, each once.
func (e *Expander) sectionNames() []string {
	var names []string
	for _, s := range e.Catalog.Sections() {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	return names
}

// providerNames returns the names of all providers.
func (e *Expander) providerNames() []string {
	var names []string
	for _, p := range e.Catalog.Providers() {
		names = append(names, p.Name)
	}
	return names
}
