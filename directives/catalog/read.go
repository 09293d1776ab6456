package catalog

import (
	"slices"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A reader walks the tree of one file of data. What is wrong becomes a
// finding, and the walk goes on with what can be read.
type reader struct {
	from File // what a catalogue is loaded from
	*YAML
	provider  *Provider // nil for core
	sections  []*Section
	options   []*Option
	keys      []*yaml.Node // the node of each option's name
	visited   int          // entries read, those that aliases repeat each time
	exhausted bool         // whether those were too many
	hides     bool         // whether options may stand in what could not be read
	findings  []finding.Finding
	notes     []finding.Finding
}

// read reads what the file declares.
func (r *reader) read() {
	if r.from.Provider {
		r.readProvider(r.from)
		return
	}
	r.YAML, r.findings = ParseYAML(r.from.Path, r.from.Data)
	r.hides = len(r.findings) > 0
	if len(r.findings) == 0 && isEmpty(r.Root) {
		r.findings = append(r.findings, badData(grammar.Span{}, "the file declares no sections"))
		r.hides = true
		return
	}
	r.readSections(r.Root, "the file")
}

// isEmpty reports whether a file says nothing.
func isEmpty(n *yaml.Node) bool {
	return n == nil || TypeOf(n) == "null" || n.Kind != yaml.ScalarNode && len(n.Content) == 0
}

// readProvider reads a provider.yaml, or what stands for one. Of its keys it considers those that are windsock's
// business: another that stands twice, of which Airflow takes the last, is for others to
// report.
func (r *reader) readProvider(f File) {
	parse := parseProvider
	if f.Function != "" {
		parse = parsePython
	}
	r.YAML, r.findings = parse(f)
	if f.Found && len(r.findings) > 0 {
		r.notes, r.findings = r.findings, nil
		return
	}
	r.provider = &Provider{Path: f.Path, Release: f.Release}
	r.hides = len(r.findings) > 0
	var config *yaml.Node
	for _, p := range r.entries(keep(r.Root, "package-name", "config"), "the file") {
		switch p.Key.Value {
		case "package-name":
			r.provider.Package, _ = r.text(p, "package-name")
		case "config":
			config = p.Value
		}
	}
	if config == nil && r.provider.Package == "" && len(r.findings) == 0 {
		r.findings = append(r.findings, badData(grammar.Span{}, "the file is no provider.yaml: it has neither package-name nor config"))
	}
	r.provider.Name = providerName(r.provider.Package, f.Path)
	r.readSections(config, "config")
}

// parseProvider decodes what a provider.yaml says to windsock, or all of the file where
// that cannot be cut out.
func parseProvider(f File) (*YAML, []finding.Finding) {
	if cut, ok := cutProvider(f.Data); ok && !hasOddBreaks(f.Data) && !hasLoneReturn(f.Data) {
		if root, err := decode(cut); err == nil && root != nil {
			return &YAML{Path: f.Path, Data: f.Data, Root: root}, nil
		}
	}
	return ParseYAML(f.Path, f.Data)
}

// keep returns a mapping less its entries with other keys than these and merge keys;
// what is no mapping it returns as it is.
func keep(n *yaml.Node, keys ...string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return n
	}
	kept := *n
	kept.Content = nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := Resolve(n.Content[i]); key.Tag == "!!merge" || slices.Contains(keys, key.Value) {
			kept.Content = append(kept.Content, n.Content[i], n.Content[i+1])
		}
	}
	return &kept
}

// readSections reads the mapping of sections: all of config.yml, or the value of
// config in a provider.yaml.
func (r *reader) readSections(n *yaml.Node, what string) {
	for _, p := range r.members(n, what) {
		if r.provider == nil && p.Key.Value == "package-name" {
			r.bad(p.Key, "the file is a provider.yaml, and no config.yml; name it under providers")
			return
		}
		if r.named(p, "a section") {
			r.readSection(p)
		}
	}
}

// members returns the sections or options that a mapping declares by their names. In the
// config.yml of Airflow up to 2.5 it is a list, whose items have a key "name".
func (r *reader) members(n *yaml.Node, what string) []Entry {
	if n == nil || Resolve(n).Kind != yaml.SequenceNode {
		return r.entries(n, what)
	}
	byName := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column}
	for _, item := range Resolve(n).Content {
		name, rest := cutName(Resolve(item))
		if name == nil {
			r.bad(item, "an item of %s must be a mapping with a name", what)
			r.hides = true
			continue
		}
		byName.Content = append(byName.Content, name, rest)
	}
	return r.entries(byName, what)
}

// cutName returns the value of the key "name" in a mapping, and the mapping without it; nil
// if there is none.
func cutName(n *yaml.Node) (name, rest *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "name" {
			unnamed := *n
			unnamed.Content = slices.Concat(n.Content[:i], n.Content[i+2:])
			return Resolve(n.Content[i+1]), &unnamed
		}
	}
	return nil, nil
}

// sectionKeys and optionKeys are the keys that Airflow's schema knows. Others
// are passed over, as Airflow does, unless they look like one of these misspelt.
var (
	sectionKeys = []string{"description", "options", "renamed"}
	optionKeys  = []string{
		"description", "version_added", "type", "example", "default", "sensitive", "is_template",
		"version_deprecated", "deprecation_reason", "see_also",
	}
)

// readSection reads one section.
func (r *reader) readSection(section Entry) {
	s := &Section{Name: section.Key.Value, Provider: r.name(), Declared: r.Place(section.Key)}
	s.isForeign = r.provider != nil && r.provider.isForeign()
	r.sections = append(r.sections, s)
	what := "section [" + s.Name + "]"
	for _, p := range r.entries(section.Value, what) {
		switch p.Key.Value {
		case "description":
			s.Description, _ = r.text(p, "the description of "+what)
		case "renamed":
			r.readRenamed(p, s)
		case "provider":
			s.Provider, s.isForeign = r.frozenProvider(p, s.Provider)
		case "options":
			r.readOptions(p.Value, s.Name)
		default:
			r.unknownKey(p, what, sectionKeys)
		}
	}
}

// name returns the provider's name, or "" for core.
func (r *reader) name() string {
	if r.provider == nil {
		return ""
	}
	return r.provider.Name
}

// frozenProvider reads the package that declares a section or an option of a frozen file. In
// other files the key means nothing.
func (r *reader) frozenProvider(p Entry, name string) (provider string, isForeign bool) {
	pkg, _ := r.text(p, "provider")
	if r.provider != nil || pkg == "" {
		return name, false
	}
	of := &Provider{Package: pkg}
	return providerName(pkg, ""), of.isForeign()
}

// readRenamed reads a section's former name.
func (r *reader) readRenamed(renamed Entry, s *Section) {
	what := "renamed of section [" + s.Name + "]"
	for _, p := range r.entries(renamed.Value, what) {
		switch p.Key.Value {
		case "previous_name":
			s.PreviousName, _ = r.text(p, "previous_name of section ["+s.Name+"]")
		case "version":
			s.RenamedIn, _ = r.text(p, "version of "+what)
		}
	}
}

// readOptions reads the options of a section.
func (r *reader) readOptions(n *yaml.Node, section string) {
	for _, p := range r.members(n, "options of section ["+section+"]") {
		if r.named(p, "an option") {
			r.readOption(p, section)
		}
	}
}

// readOption reads one option.
func (r *reader) readOption(option Entry, section string) {
	o := &Option{Reference: Reference{section, option.Key.Value}, Provider: r.name(), Declared: r.Place(option.Key)}
	r.options = append(r.options, o)
	r.keys = append(r.keys, option.Key)
	for _, p := range r.entries(option.Value, o.String()) {
		r.readField(p, o)
	}
}

// unknownKey reports a key that looks like one of known, misspelt.
func (r *reader) unknownKey(p Entry, what string, known []string) {
	if near, ok := Nearest(p.Key.Value, known); ok {
		r.bad(p.Key, "%s has the key %q; did you mean %s?", what, p.Key.Value, near).Suggestion = near
	}
}

// named reports whether an entry's key is a name, and reports it if not.
func (r *reader) named(p Entry, what string) bool {
	if t := TypeOf(p.Key); t != "string" {
		r.bad(p.Key, "the name of %s must be a string, not %s; quote it", what, article(t))
		return false
	}
	if p.Key.Value == "" {
		r.bad(p.Key, "the name of %s is empty", what)
		return false
	}
	return true
}

// maxFaults bounds the findings of one file: each costs as much as the line that
// it shows, and a file may be one line.
const maxFaults = 100

// bad reports bad data at a node. The finding that it returns is valid until
// the next one, to be filled in further. After maxFaults of them it says only
// that there are more.
func (r *reader) bad(at *yaml.Node, message string, args ...any) *finding.Finding {
	switch n := len(r.findings); {
	case n < maxFaults:
		r.findings = append(r.findings, badData(r.Span(at), message, args...))
		return &r.findings[n]
	case n == maxFaults:
		const more = "the file has more faults from here on, to be told when those before are mended"
		r.findings = append(r.findings, badData(r.Span(at), more))
	}
	return &finding.Finding{}
}
