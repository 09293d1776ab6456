package catalog

import (
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

// A suggester holds what suggestions need beyond the catalogue. It is built for
// the first reference that is wrong, which in most runs never comes.
type suggester struct {
	*Catalog
	previous  map[string]*Section // by the name that a section had before
	elsewhere map[string]int      // how many sections declare an option of that name
	once      map[string]bool     // sections of old spellings
}

// newSuggester indexes the catalogue.
func newSuggester(c *Catalog) *suggester {
	s := &suggester{
		Catalog: c, previous: map[string]*Section{}, elsewhere: map[string]int{}, once: map[string]bool{},
	}
	for _, section := range c.sections {
		if section.PreviousName != "" {
			s.previous[section.PreviousName] = section
			s.once[section.PreviousName] = true
		}
	}
	for _, o := range c.options {
		s.elsewhere[o.Name]++
	}
	for _, note := range c.Annotations.Renamed.All() {
		s.once[note.Section] = true
	}
	return s
}

// maxRenames bounds how often an option may have been renamed in turn.
const maxRenames = 8

// Renamed returns what became of an option that is an old spelling: the option
// that the data declares today, or nil where it was removed or its new name is
// not declared; and the note that says so, the last one of a chain. It returns
// no note where the reference is no old spelling, or is declared.
func (c *Catalog) Renamed(r Reference) (*Option, *Note[Rename]) {
	if c.Find(r) != nil {
		return nil, nil
	}
	var last *Note[Rename]
	for range maxRenames {
		note := c.Annotations.Renamed.Of(r)
		if note == nil {
			break
		}
		last, r = note, note.Value.To
		if o := c.Find(r); o != nil || note.Value.Removed() {
			return o, note
		}
	}
	if last != nil {
		return nil, last
	}
	return c.renamedSection(r)
}

// renamedSection is Renamed for the options of a section that was itself renamed,
// which the data says.
func (c *Catalog) renamedSection(r Reference) (*Option, *Note[Rename]) {
	section := c.suggest().previous[r.Section]
	if section == nil {
		return nil, nil
	}
	o := c.Lookup(section.Name, r.Name)
	if o == nil {
		return nil, nil
	}
	return o, &Note[Rename]{
		Reference: r, Value: Rename{o.Reference, section.RenamedIn}, Declared: section.Declared,
	}
}

// WasSection reports whether Airflow once had a section of that name, which the
// data may or may not declare today.
func (c *Catalog) WasSection(name string) bool { return c.suggest().once[name] }

// SuggestSection returns the declared section that a name was most likely meant
// to be, or nil.
func (c *Catalog) SuggestSection(name string) *Suggestion {
	name = plain(name)
	if s := c.suggest().previous[name]; s != nil {
		return &Suggestion{Section: s, Renamed: true, Certain: true}
	}
	var best *Section
	least, second := farAway, farAway
	for _, s := range c.sections {
		if best != nil && best.Name == s.Name {
			continue
		}
		switch cost := sectionCost(name, s.Name); {
		case cost < least:
			best, least, second = s, cost, least
		case cost < second:
			second = cost
		}
	}
	if least > 3*edit || least == second {
		return nil
	}
	return &Suggestion{Section: best, Certain: least != prefix}
}

// Suggest returns the option that a reference was most likely meant to be: the
// one that it was renamed to, else the least costly one (see cost), or only a
// section, or nil. The work is bounded by the size of the data.
func (c *Catalog) Suggest(r Reference) *Suggestion {
	if o, note := c.Renamed(r); note != nil {
		if o == nil {
			return nil
		}
		return &Suggestion{Option: o, Section: c.Section(o.Section), Renamed: true, Certain: true}
	}
	r = Reference{plain(r.Section), plain(r.Name)}
	if o := c.Find(r); o != nil {
		return &Suggestion{Option: o, Section: c.Section(o.Section), Certain: true}
	}
	ranked := c.suggest().rank(r)
	if len(ranked) == 0 {
		if c.Section(r.Section) != nil {
			return nil
		}
		return c.SuggestSection(r.Section)
	}
	best := ranked[0]
	near := best.section+best.name <= 2*edit && best.section != prefix && best.name != prefix && best.section != other
	alone := len(ranked) == 1 || ranked[1].total() >= best.total()+edit
	return &Suggestion{Option: best.Option, Section: c.Section(best.Section), Certain: near && alone}
}

// plain returns a name as Airflow would spell it: lower case, "_" for "-".
func plain(name string) string {
	return strings.ReplaceAll(strings.ToLower(strings.TrimSpace(name)), "-", "_")
}

// The costs of taking one name for another, in quarters of an edit.
const (
	same    = 0
	words   = 4        // the same words in another order
	edit    = 4        // each character wrong, missing, too many or swapped
	prefix  = 5        // a word missing before or after the name, or one too many
	other   = 6        // any other section, for an option of exactly that name
	vague   = 3        // added to other where several sections have the option
	limit   = 3 * edit // what a suggestion may cost at most
	farAway = 1 << 20
)

// A ranked option is a candidate with what it costs to take the reference for it.
type ranked struct {
	*Option
	section, name int
}

// total returns the cost of both names.
func (r ranked) total() int { return r.section + r.name }

// rank returns the candidates for a reference, the least costly first; among
// equals the one that shares the longer beginning, then the one declared first.
func (s *suggester) rank(r Reference) []ranked {
	sections := make(map[string]int, len(s.bySection))
	var found []ranked
	for _, o := range s.options {
		section, ok := sections[o.Section]
		if !ok {
			section = sectionCost(r.Section, o.Section)
			sections[o.Section] = section
		}
		if c, ok := s.cost(r, o, section); ok {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		if d := a.total() - b.total(); d != 0 {
			return d
		}
		return shared(b.Name, r.Name) + shared(b.Section, r.Section) - shared(a.Name, r.Name) - shared(a.Section, r.Section)
	})
	return found
}

// cost returns what it costs to take the reference for an option whose section
// costs that much, and false for too much.
func (s *suggester) cost(r Reference, o *Option, section int) (ranked, bool) {
	name := nameCost(r.Name, o.Name)
	switch {
	case section <= limit:
		if section > 0 && name >= prefix {
			return ranked{}, false
		}
	case name != same || !s.telling(r):
		return ranked{}, false
	default:
		section = other
		if s.elsewhere[o.Name] > 1 {
			section += vague
		}
	}
	found := ranked{o, section, name}
	return found, found.total() <= limit
}

// telling reports whether an option's name alone tells that Airflow's is meant,
// though the section is far from the option's: the section is Airflow's, or the
// name is more than one word, as "port" is not.
func (s *suggester) telling(r Reference) bool {
	return s.bySection[r.Section] != nil || s.once[r.Section] || strings.Contains(r.Name, "_")
}

// sectionCost returns the cost of taking one section's name for another's.
func sectionCost(a, b string) int {
	return nameCost(strings.ReplaceAll(a, ".", "_"), strings.ReplaceAll(b, ".", "_"))
}

// nameCost returns the cost of taking the name a for b.
func nameCost(a, b string) int {
	if a == b {
		return same
	}
	if d, ok := distance(a, b, allowance(a, b)); ok {
		return d * edit
	}
	if len(a) > 4*maxWord {
		return farAway
	}
	if strings.HasSuffix(b, "_"+a) || strings.HasPrefix(b, a+"_") || strings.HasSuffix(a, "_"+b) || strings.HasPrefix(a, b+"_") {
		return prefix
	}
	if len(a) == len(b) && sameWords(a, b) {
		return words
	}
	return farAway
}

// sameWords reports whether two names have the same words in any order.
func sameWords(a, b string) bool {
	s, t := strings.Split(a, "_"), strings.Split(b, "_")
	slices.Sort(s)
	slices.Sort(t)
	return slices.Equal(s, t)
}

// shared returns the length of the beginning that two names share.
func shared(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// SuggestEnv returns the variable that an unknown one was most likely meant to
// be, with the option that it sets, or "" and nil.
func (c *Catalog) SuggestEnv(env string) (string, *Suggestion) {
	found := c.LookupEnv(env)
	team := ""
	if found.Team != "" {
		team = strings.ToUpper(found.Team) + "___"
	}
	r, ending := found.Reference, ""
	for _, suffix := range suffixes {
		if base, ok := strings.CutSuffix(r.Name, strings.ToLower(suffix.text)); ok && found.Kind == EnvUnknown {
			r.Name, ending = base, suffix.text
		}
	}
	s := c.suggestEnv(env, r)
	if s == nil || s.Option == nil {
		return "", nil
	}
	if found.Kind != EnvUnknown {
		ending = found.Suffix
	}
	if !s.Option.Sensitive {
		ending = ""
	}
	return envPrefix + team + strings.TrimPrefix(s.Option.EnvVar(), envPrefix) + ending, s
}

// suggestEnv suggests an option for a variable that was read as r, by its section
// and name, else, where its underscores went wrong, by its letters.
func (c *Catalog) suggestEnv(env string, r Reference) *Suggestion {
	if s := c.Suggest(r); s != nil && s.Option != nil {
		return s
	}
	letters := strings.ReplaceAll(strings.ToUpper(env), "_", "")
	var found *Option
	for _, o := range c.options {
		if len(env) < 4*maxWord && strings.ReplaceAll(o.EnvVar(), "_", "") == letters {
			if found != nil {
				return nil
			}
			found = o
		}
	}
	if found == nil {
		return nil
	}
	return &Suggestion{Option: found, Section: c.Section(found.Section), Certain: true}
}
