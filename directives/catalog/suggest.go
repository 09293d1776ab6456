package catalog

import (
	"maps"
	"slices"
	"strings"
)

// A Suggestion is what an author most likely meant by a reference that the data
// does not declare. It never names what the data does not declare either.
type Suggestion struct {
	Option  *Option  // nil where only a section is suggested
	Section *Section // the option's, or the suggested one
	Renamed bool     // the reference is an old spelling of the option
	// Certain is set where the suggestion may be written without asking: a rename,
	// another spelling of the same name, or the only name near it.
	Certain bool
}

// String returns what to write: "[section] name", or "[section]".
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

// A suggester holds what suggestions need beyond the catalogue. It is built for
// the first reference that is wrong, which in most runs never comes.
type suggester struct {
	*Catalog
	names     *nameIndex // of options
	byName    map[string][]*Option
	sections  *nameIndex          // with "_" for dots
	former    map[string]*Section // by the names of sections before: what they are called now, nil if only options went
	variables map[string]variable // by their letters
}

// A variable is one that concerns an option; several with the same letters concern none.
type variable struct {
	*Option
	ending string // "_cmd", "_secret" or ""
}

// newSuggester indexes the catalogue.
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

// OptionsNamed returns the options of that name, which stand in as many sections.
func (c *Catalog) OptionsNamed(name string) []*Option { return c.suggest().byName[name] }

// IsOptionName reports whether a word is the name of an option and can be nothing else: it
// is more than one word.
func (c *Catalog) IsOptionName(word string) bool {
	return strings.Contains(word, "_") && len(c.OptionsNamed(word)) > 0
}

// SuggestSection returns the declared section that a name was most likely meant
// to be, or nil.
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

// Suggest returns the option that a reference was most likely meant to be: the
// one that it was renamed to, else the least costly one (see cost), or only a
// section, or nil. The work is bounded by the size of the data.
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

// plain returns a name as Airflow would spell it: lower case, "_" for "-".
func plain(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "-", "_")
}

// undotted returns a name with its full stops as underscores.
func undotted(name string) string { return strings.ReplaceAll(name, ".", "_") }
