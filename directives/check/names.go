package check

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// The name of an option alone says which is meant where the section is certain: in a section of
// the page that also names the option in full, and at the head of an item of a list of the
// options of one section. Only there a word that is nearly such a name is a misspelling of it:
// other programs, operators and connections have names like those of Airflow's options.

// sectionOf returns the section of the page that an element stands in, nil for none.
func sectionOf(e *grammar.Element) *grammar.Element {
	for e != nil && e.Kind != grammar.Section {
		e = e.Parent
	}
	return e
}

// learn notes that a section of the page names an option in full.
func (p *page) learn(e *grammar.Element, o *catalog.Option) {
	e = sectionOf(e)
	if p.known[e] == nil {
		p.known[e] = map[string]*catalog.Option{}
	}
	if other, known := p.known[e][o.Name]; known && other != o {
		p.known[e][o.Name] = nil // which of the two the name alone means is not certain
		return
	}
	p.known[e][o.Name] = o
}

// knownAt returns what the sections that an element stands in name in full, the innermost first
// where two of them name options of one name.
func (p *page) knownAt(e *grammar.Element) map[string]*catalog.Option {
	known := map[string]*catalog.Option{}
	for section := sectionOf(e); ; section = sectionOf(section.Parent) {
		for name, o := range p.known[section] {
			if _, isKnown := known[name]; !isKnown {
				known[name] = o
			}
		}
		if section == nil {
			return known
		}
	}
}

// readNames reads the words of running text that are names of options alone. What the section of
// the page names in full must be known by then.
func (s *sentences) readNames() {
	known := s.knownAt(s.element)
	if len(known) == 0 {
		return
	}
	for i := range s.words {
		w := &s.words[i]
		name := strings.ToLower(w.name)
		if w.used || w.bracketed || w.isPattern || !strings.Contains(name, "_") && !s.names(known[name]) {
			continue
		}
		if v := s.resolveName(name, known, false); v.About.Name != "" {
			s.addWord(Name, w, v, likeCase(w.name, nameIn(v.About.Section, v)))
		}
	}
}

// resolveName says what a name without a section is, if that is certain: one of those that are
// known, or a misspelling of one or, of any, the name of one option alone.
func (p *page) resolveName(name string, known map[string]*catalog.Option, ofAny bool) catalog.Resolution {
	o, isKnown := known[name]
	if o != nil {
		return catalog.Resolution{About: o.Reference, Option: o}
	}
	o = misspeltName(name, maps.Values(known))
	if ofAny && !isKnown {
		if only := p.onlyOption(name); only != nil && only.Name == name {
			return catalog.Resolution{About: only.Reference, Option: only}
		} else if former := p.onlyFormer(name); former != nil {
			return p.resolve(*former)
		} else if o == nil {
			o = only
		}
	}
	if o != nil && len(p.Catalog.OptionsNamed(name)) == 0 {
		if v := p.resolve(catalog.Reference{Section: o.Section, Name: name}); v.Misspelt && isOf(v, o.Section) {
			return v
		}
	}
	return catalog.Resolution{}
}

// names reports whether the text names an option.
func (s *sentences) names(o *catalog.Option) bool {
	return slices.ContainsFunc(s.options, func(n named) bool { return n.option == o })
}

// likeCase returns a name in capitals, if a word is.
func likeCase(word, name string) string {
	if word == strings.ToUpper(word) {
		return strings.ToUpper(name)
	}
	return name
}

// misspeltName returns the one option whose name a word is but for one slip, which must not
// make another word of one of its words: "dag_folder" may be a name of its own.
func misspeltName(name string, options iter.Seq[*catalog.Option]) (found *catalog.Option) {
	for o := range options {
		if o == nil || !catalog.OneSlip(name, o.Name) || isInflected(name, o.Name) {
			continue
		}
		if found != nil && found.Name != o.Name {
			return nil
		}
		found = o
	}
	return found
}

// isInflected reports whether two names differ only by a letter at the end of a word, or by a
// "_" between two.
func isInflected(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == len(b) {
		return false
	}
	at := 0
	for at < len(a) && a[at] == b[at] {
		at++
	}
	return b[at] == '_' || at+1 == len(b) || b[at+1] == '_'
}

// placeholderVariable finds the section of a variable that has a placeholder for the name.
var placeholderVariable = lazyregexp.New(`AIRFLOW__([A-Z0-9_]+?)__[<{]`)

// listedSections returns the sections of which the page writes a variable with a placeholder.
func (p *page) listedSections() []string {
	if p.listed == nil {
		p.listed = []string{}
		for _, m := range placeholderVariable().FindAllSubmatch(p.source, -1) {
			variable := p.Catalog.LookupEnv(grammar.EnvPrefix + string(m[1]) + grammar.Separator + "X")
			if section := variable.Reference.Section; p.Catalog.Section(section) != nil {
				p.listed = append(p.listed, section)
			}
		}
	}
	return p.listed
}

// head finds the name at the head of an item: "NAME - what it is".
var head = lazyregexp.New("^(?:``)?([A-Za-z][A-Za-z0-9_]+)(?:``)?(?: - | – | — |: )")

// optionList reads a list whose items begin with the names of the options of one section: at
// least half of them do.
func (d *document) optionList(list *grammar.Element) {
	for _, section := range d.listedSections() {
		var heads []*sentences
		options := 0
		for _, item := range list.Children {
			if item.Kind != grammar.ListItem || len(item.Children) == 0 || len(item.Children[0].Text) == 0 {
				continue
			}
			s := d.sentences(item.Children[0], item.Children[0].Text)
			if m := head().FindStringSubmatchIndex(s.flow.text); m != nil {
				name := part{m[2], m[3]}
				s.words = []word{{part: name, text: name, name: s.in(name)}}
				heads = append(heads, s)
				if d.Catalog.Lookup(section, strings.ToLower(s.in(name))) != nil {
					options++
				}
			}
		}
		if options < 2 || 2*options < len(heads) {
			continue
		}
		for _, s := range heads {
			w := &s.words[0]
			v := d.resolve(catalog.Reference{Section: section, Name: strings.ToLower(w.name)})
			s.addWord(Name, w, v, likeCase(w.name, nameIn(section, v)))
			w.used, s.head = true, w.to
			d.heads[s.element] = s
		}
		return
	}
}
