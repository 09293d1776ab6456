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

// A name without a section is a reference where the section is certain: in a section of the page
// that also names the option in full, and at the start of an item in a list of the options of one
// section. Only there, a similar word is a misspelling: other programs, operators and connections
// have names similar to Airflow's options.

// sectionOf returns the section of the page that contains an element, nil if there is none.
func sectionOf(e *grammar.Element) *grammar.Element {
	for e != nil && e.Kind != grammar.Section {
		e = e.Parent
	}
	return e
}

// learn records that a section of the page names an option in full.
func (p *page) learn(e *grammar.Element, o *catalog.Option) {
	e = sectionOf(e)
	if p.known[e] == nil {
		p.known[e] = map[string]*catalog.Option{}
	}
	if other, known := p.known[e][o.Name]; known && other != o {
		p.known[e][o.Name] = nil // the name is ambiguous
		return
	}
	p.known[e][o.Name] = o
}

// knownAt returns the options that the sections around an element name in full, by name. An inner
// section has priority over an outer one.
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

// readNames checks the words of running text that are option names without a section. It needs the
// options that the sections of the page name in full.
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

// resolveName resolves a name without a section, if that is certain: one of the known options,
// perhaps misspelt; or, with ofAny, the only option with that name.
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

// likeCase returns a name in capitals if a word is in capitals.
func likeCase(word, name string) string {
	if word == strings.ToUpper(word) {
		return strings.ToUpper(name)
	}
	return name
}

// misspeltName returns the only option whose name differs from a word by one edit, or nil. An edit
// that may give another proper name does not count, such as "dag_folder" for "dags_folder".
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

// isInflected reports whether two names differ only by a letter at the end of a word, or by a "_".
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

// placeholderVariable matches a variable with a placeholder for the option, and its section.
var placeholderVariable = lazyregexp.New(`AIRFLOW__([A-Z0-9_]+?)__[<{]`)

// listedSections returns the sections for which the page has a variable with a placeholder.
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

// itemName matches the name at the start of an item: "NAME - description".
var itemName = lazyregexp.New("^(?:``)?([A-Za-z][A-Za-z0-9_]+)(?:``)?(?: - | – | — |: )")

// optionList checks a list in which at least half of the items begin with options of one section.
func (d *document) optionList(list *grammar.Element) {
	for _, section := range d.listedSections() {
		var heads []*sentences
		options := 0
		for _, item := range list.Children {
			if item.Kind != grammar.ListItem || len(item.Children) == 0 || len(item.Children[0].Text) == 0 {
				continue
			}
			s := d.sentences(item.Children[0], item.Children[0].Text)
			if m := itemName().FindStringSubmatchIndex(s.flow.text); m != nil {
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
