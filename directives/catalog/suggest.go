package catalog

import (
	"maps"
	"slices"
	"strings"
)

// A Suggestion is the declared option or section that an undeclared name probably means.
type Suggestion struct {
	Option  *Option  // nil if only a section is suggested
	Section *Section // the section of Option, or the suggested one
	Renamed bool     // whether the name is a former name of the option
	// Certain is set if the suggestion can be applied without asking: a rename, another
	// spelling of the same name, or the only similar name.
	Certain bool
}

// String returns "[section] name" or "[section]".
func (s *Suggestion) String() string {
	if s.Option != nil {
		return s.Option.String()
	}
	return "[" + s.Section.Name + "]"
}

// suggestion returns the suggestion of an option.
func (c *Catalog) suggestion(o *Option, isCertain bool) *Suggestion {
	return &Suggestion{Option: o, Section: c.Section(o.Section), Certain: isCertain}
}

// A suggester has the indexes for suggestions. It is built for the first wrong name.
type suggester struct {
	*Catalog
	names     *nameIndex // of options
	byName    map[string][]*Option
	sections  *nameIndex          // with "_" for dots
	former    map[string]*Section // by former name: the section, or nil if only options were removed or renamed
	variables map[string]variable // by lettersOf
}

// A variable is the environment variable of an option, or the zero value if variables of several
// options have the same letters.
type variable struct {
	*Option
	ending string // "_cmd", "_secret" or ""
}

// newSuggester builds the indexes of a catalogue.
func newSuggester(c *Catalog) *suggester {
	s := &suggester{
		Catalog: c, byName: map[string][]*Option{}, former: map[string]*Section{}, variables: map[string]variable{},
	}
	for _, note := range c.Annotations.Renamed {
		s.former[note.Section] = nil
	}
	for _, section := range c.sections {
		if section.Renamed.From != "" {
			s.former[section.Renamed.From] = section
		}
	}
	for _, o := range c.options {
		s.byName[o.Name] = append(s.byName[o.Name], o)
		endings := []string{""}
		if o.Sensitive {
			endings = append(endings, "_cmd", "_secret")
		}
		for _, ending := range endings {
			letters, of := lettersOf(o.EnvVar()+ending), variable{o, ending}
			if _, isTaken := s.variables[letters]; isTaken {
				of = variable{}
			}
			s.variables[letters] = of
		}
	}
	s.names, s.sections = newNameIndex(slices.Collect(maps.Keys(s.byName))), newNameIndex(slices.Collect(maps.Keys(c.bySection)))
	return s
}

// OptionsNamed returns the options with that name, each in another section.
func (c *Catalog) OptionsNamed(name string) []*Option { return c.suggest().byName[name] }

// IsOptionName reports whether a name with several words is that of an option. A name of one
// word can mean something else.
func (c *Catalog) IsOptionName(word string) bool {
	return strings.Contains(word, "_") && len(c.OptionsNamed(word)) > 0
}

// SuggestSection returns the declared section that a name probably means, or nil.
func (c *Catalog) SuggestSection(name string) *Suggestion {
	name = plain(name)
	if s := c.suggest().former[name]; s != nil {
		return &Suggestion{Section: s, Renamed: true, Certain: true}
	}
	best, least, isTie := "", farAway, false
	for section, cost := range c.suggest().sections.costs(undotted(name)) {
		switch {
		case cost < least:
			best, least, isTie = section, cost, false
		case cost == least:
			isTie = true
		}
	}
	if best == "" || isTie {
		return nil
	}
	return &Suggestion{Section: c.bySection[best][0], Certain: isNear(least)}
}

// Suggest returns the option that a reference probably means: its successor, or the option with
// the lowest cost (see cost.go); or only a section; or nil.
func (c *Catalog) Suggest(r Reference) *Suggestion {
	if o, note := c.Renamed(r); note != nil {
		if o == nil {
			return nil
		}
		to := c.suggestion(o, true)
		to.Renamed = true
		return to
	}
	r = Reference{plain(r.Section), plain(r.Name)}
	if o := c.Find(r); o != nil {
		return c.suggestion(o, true)
	}
	best, second := c.suggest().best(r)
	switch {
	case best.Option == nil && c.Section(r.Section) != nil:
		return nil
	case best.Option == nil:
		return c.SuggestSection(r.Section)
	}
	isNear := best.total() <= 2*edit && isNear(best.section) && isNear(best.name)
	return c.suggestion(best.Option, isNear && second >= best.total()+edit)
}

// plain returns a name in Airflow's spelling: in lower case, with "_" instead of "-".
func plain(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "-", "_")
}

// undotted returns a name with underscores instead of dots.
func undotted(name string) string { return strings.ReplaceAll(name, ".", "_") }
