package catalog

import (
	"slices"
	"strconv"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// A reader reads the declarations of one file.
type reader struct {
	from File
	Decoder
	provider *Provider // nil for core
	name     string    // the provider's, "" for core
	sections []*Section
	options  []*Option
	keys     []*yaml.Node // the node of each option's name
	hides    bool         // whether the part that could not be read may declare options
	notes    []finding.Finding
}

// read reads the file.
func (r *reader) read() {
	r.isData = true
	if r.from.Provider {
		r.readProvider()
		return
	}
	r.YAML, r.Findings = ParseYAML(r.from.Path, r.from.Data)
	if len(r.Findings) == 0 && (r.Root == nil || r.Root.Kind != yaml.ScalarNode && len(r.Root.Content) == 0) {
		r.Findings = append(r.Findings, badData(grammar.Span{}, "the file declares no sections"))
	}
	r.hides = len(r.Findings) > 0
	r.readSections("the file", r.Root)
}

// readProvider reads a provider.yaml, or a Python module. It reads and checks only the keys that
// windsock needs.
func (r *reader) readProvider() {
	parse := parseProvider
	if r.from.Function != "" {
		parse = parsePython
	}
	r.YAML, r.Findings = parse(r.from)
	if r.from.Found && len(r.Findings) > 0 {
		r.notes, r.Findings = r.Findings, nil
		return
	}
	r.hides = len(r.Findings) > 0
	r.provider = &Provider{Path: r.from.Path, Release: r.from.Release}
	var config *yaml.Node
	keys := []Key{
		{"package-name", r.text(&r.provider.Package)},
		{"config", func(e Entry) { config = e.Value }},
	}
	r.Read(r.entries("the file", r.Root, KeyNames(keys)...), keys)
	if config == nil && r.provider.Package == "" && len(r.Findings) == 0 {
		r.Findings = append(r.Findings, badData(grammar.Span{}, "the file is not a provider.yaml: it has neither package-name nor config"))
	}
	r.name = providerName(r.provider.Package, r.from.Path)
	r.provider.Name = r.name
	r.readSections("config", config)
}

// entries is Entries. It sets hides if the node is not a mapping.
func (r *reader) entries(name string, n *yaml.Node, only ...string) []Entry {
	r.hides = r.hides || n != nil && Resolve(n).Kind != yaml.MappingNode
	return r.Entries(name, n, only...)
}

// readSections reads the mapping of sections: a whole config.yml, or "config" in a
// provider.yaml.
func (r *reader) readSections(name string, n *yaml.Node) {
	for _, e := range r.members(name, n) {
		if r.provider == nil && e.Key.Value == "package-name" {
			r.Bad(e.Key, "the file is a provider.yaml, and no config.yml; name it under providers")
			return
		}
		s := &Section{Name: e.Key.Value, Provider: r.name, Declared: r.Place(e.Key)}
		r.sections = append(r.sections, s)
		r.Read(r.entries(s.Name, e.Value), []Key{
			{"description", r.text(&s.Description)},
			{"options", func(e Entry) { r.readOptions(e, s.Name) }},
			{"renamed", func(e Entry) {
				r.Read(r.entries(e.Key.Value, e.Value), []Key{{"previous_name", r.text(&s.Renamed.From)}, {"version", r.text(&s.Renamed.In)}})
			}},
			{"provider", r.frozenProvider(&s.Provider)},
		})
	}
}

// readOptions reads the options of a section. It only checks the keys of Airflow's schema that
// windsock does not need.
func (r *reader) readOptions(options Entry, section string) {
	for _, e := range r.members(options.Key.Value, options.Value) {
		o := &Option{Reference: Reference{section, e.Key.Value}, Provider: r.name, Declared: r.Place(e.Key)}
		r.options = append(r.options, o)
		r.keys = append(r.keys, e.Key)
		r.Read(r.entries(o.Name, e.Value), []Key{
			{"description", r.text(&o.Description)},
			{"version_added", r.text(&o.VersionAdded)},
			{"type", func(e Entry) { o.Type = r.optionType(e) }},
			{"example", func(e Entry) { o.Example = r.optionalValue(e) }},
			{"default", func(e Entry) { o.Default = r.optionalValue(e) }},
			{"sensitive", func(e Entry) { o.Sensitive = r.boolean(e) }},
			{"is_template", func(e Entry) { r.boolean(e) }},
			{"version_deprecated", r.text(&o.VersionDeprecated)},
			{"deprecation_reason", r.text(&o.DeprecationReason)},
			{"see_also", r.text(new(string))},
			{"provider", r.frozenProvider(&o.Provider)},
		})
	}
}

// members returns the sections or options of a mapping. Until Airflow 2.5 they were lists, with
// items that have a key "name".
func (r *reader) members(name string, n *yaml.Node) []Entry {
	if n != nil && Resolve(n).Kind == yaml.SequenceNode {
		n = r.byName(name, Resolve(n))
	}
	return slices.DeleteFunc(r.entries(name, n), func(e Entry) bool { return !r.isName(e.Key) })
}

// byName converts a list of mappings with names to a mapping.
func (r *reader) byName(name string, list *yaml.Node) *yaml.Node {
	mapping := &yaml.Node{Kind: yaml.MappingNode, Line: list.Line, Column: list.Column}
	for _, item := range list.Content {
		unnamed := *Resolve(item)
		i := slices.IndexFunc(unnamed.Content, func(n *yaml.Node) bool { return n.Value == "name" })
		if unnamed.Kind != yaml.MappingNode || i < 0 || i%2 != 0 {
			r.Bad(item, "an item of %s must be a mapping with a name", name)
			r.hides = true
			continue
		}
		mapping.Content = append(mapping.Content, unnamed.Content[i+1], &unnamed)
		unnamed.Content = slices.Concat(unnamed.Content[:i], unnamed.Content[i+2:])
	}
	return mapping
}

// isName reports whether a key is a name. If it is not, a finding says so.
func (r *reader) isName(key *yaml.Node) bool {
	switch {
	case TypeOf(key) != "string":
		r.Bad(key, "a name must be a string, not %s; quote it", article(key))
	case key.Value == "":
		r.Bad(key, "a name is empty")
	default:
		return true
	}
	return false
}

// providerPath returns the path of a provider's file, or "" for core.
func (r *reader) providerPath() string {
	if r.from.Provider {
		return r.from.Path
	}
	return ""
}

// frozenProvider returns a function that reads the package of a section or an option in a frozen
// file. In other files the key has no meaning.
func (r *reader) frozenProvider(into *string) func(Entry) {
	return func(e Entry) {
		if pkg, ok := r.string(e); ok && r.provider == nil {
			*into = providerName(pkg, "")
		}
	}
}

// optionTypes lists the types in Airflow's schema.
var optionTypes = []string{"string", "boolean", "integer", "float"}

// optionType reads an option's type.
func (r *reader) optionType(e Entry) string {
	s, ok := r.string(e)
	if ok && !slices.Contains(optionTypes, s) {
		bad := r.Bad(e.Value, "type is %q; it must be string, boolean, integer or float", s)
		bad.Suggestion, _ = Nearest(s, optionTypes)
	}
	return s
}

// optionalValue reads a default or an example, which is a string, a number or null in Airflow's
// schema. It returns nil for null.
func (r *reader) optionalValue(e Entry) *string {
	if t := TypeOf(e.Value); t == "integer" || t == "float" {
		text := pythonText(e.Value)
		return &text
	}
	if s, ok := r.string(e); ok {
		return &s
	}
	return nil
}

// text returns a function that reads a string into a variable.
func (r *reader) text(into *string) func(Entry) {
	return func(e Entry) { *into, _ = r.string(e) }
}

// string reads a string, and reports false for null. Any other scalar is bad data, because
// Airflow would change it (2.10 becomes 2.1); string returns its text.
func (r *reader) string(e Entry) (string, bool) {
	switch t := TypeOf(e.Value); t {
	case "string":
		return e.Value.Value, true
	case "null":
		return "", false
	case "mapping", "list":
		r.Bad(e.Value, "%s must be a string, not %s", e.Key.Value, article(e.Value))
		return "", false
	}
	bad := r.Bad(e.Value, "%s must be a string, not %s; quote it", e.Key.Value, article(e.Value))
	bad.Suggestion = strconv.Quote(e.Value.Value)
	return e.Value.Value, true
}
