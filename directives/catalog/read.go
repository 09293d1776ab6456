package catalog

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/grammar"
)

// maxRepeats bounds the entries that a file may repeat through aliases. Airflow's
// data has no alias; a few lines of them can spell millions of options.
const maxRepeats = 10_000

// A reader walks the tree of one file of data. What is wrong becomes a
// diagnostic, and the walk goes on with what can be read.
type reader struct {
	*YAML
	provider    *Provider // nil for core
	sections    []*Section
	options     []*Option
	keys        []*yaml.Node // the node of each option's name
	repeats     int          // entries met through aliases
	exhausted   bool         // whether repeats were too many
	diagnostics []grammar.Diagnostic
}

// read returns what one file declares.
func read(f File) *reader {
	r := &reader{}
	if f.Provider {
		r.readProvider(f)
		return r
	}
	r.YAML, r.diagnostics = ParseYAML(f.Path, f.Data)
	if len(r.diagnostics) == 0 && (r.Root == nil || typeOf(r.Root) == "null") {
		r.diagnostics = append(r.diagnostics, badData(grammar.Span{}, "the file declares no sections"))
	} else if r.Root != nil {
		r.readSections(r.Root, "the file")
	}
	return r
}

// readProvider reads a provider.yaml: its slice where that can be cut out, else
// the whole file.
func (r *reader) readProvider(f File) {
	r.provider = &Provider{Path: f.Path}
	if !r.readSlice(f) {
		r.readWhole(f)
	}
}

// readWhole reads a provider.yaml that cannot be cut.
func (r *reader) readWhole(f File) {
	r.YAML, r.diagnostics = ParseYAML(f.Path, f.Data)
	var config *yaml.Node
	for _, p := range r.entries(r.Root, "the file") {
		switch p.key.Value {
		case "package-name":
			r.provider.Package, _ = r.text(p, "package-name")
		case "config":
			config = p.value
		}
	}
	r.provider.Name = providerName(r.provider.Package, f.Path)
	r.readSections(config, "config")
}

// readSlice reads a provider.yaml's slice, or reports false.
func (r *reader) readSlice(f File) bool {
	if hasOddBreaks(f.Data) || hasLoneReturn(f.Data) {
		return false
	}
	s, certain := cutConfig(f.Data)
	if !certain || s.pkg == "" {
		return false
	}
	r.YAML = &YAML{Path: f.Path, Data: f.Data}
	r.provider.Package, r.provider.Name = s.pkg, providerName(s.pkg, f.Path)
	if s.config.Len() == 0 {
		return true
	}
	root, err := decode(s.config.Of(f.Data))
	if err != nil || root == nil {
		return false
	}
	r.Root, r.skipped = root, s.line
	for _, p := range r.entries(root, "the file") {
		if p.key.Value == "config" {
			r.readSections(p.value, "config")
		}
	}
	return true
}

// hasLoneReturn reports whether a CR stands in data without its LF.
func hasLoneReturn(data []byte) bool {
	for i, c := range data {
		if c == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			return true
		}
	}
	return false
}

// readSections reads the mapping of sections: all of config.yml, or the value of
// config in a provider.yaml.
func (r *reader) readSections(n *yaml.Node, what string) {
	for _, p := range r.entries(n, what) {
		if r.named(p, "a section") {
			r.readSection(p)
		}
	}
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
func (r *reader) readSection(section entry) {
	s := &Section{Name: section.key.Value, Provider: r.name(), Declared: r.Place(section.key)}
	r.sections = append(r.sections, s)
	what := "section [" + s.Name + "]"
	for _, p := range r.entries(section.value, what) {
		switch p.key.Value {
		case "description":
			s.Description, _ = r.text(p, "the description of "+what)
		case "renamed":
			r.readRenamed(p, s)
		case "options":
			r.readOptions(p.value, s.Name)
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

// readRenamed reads a section's former name.
func (r *reader) readRenamed(renamed entry, s *Section) {
	what := "renamed of section [" + s.Name + "]"
	for _, p := range r.entries(renamed.value, what) {
		switch p.key.Value {
		case "previous_name":
			s.PreviousName, _ = r.text(p, "previous_name of section ["+s.Name+"]")
		case "version":
			s.RenamedIn, _ = r.text(p, "version of "+what)
		}
	}
}

// readOptions reads the options of a section.
func (r *reader) readOptions(n *yaml.Node, section string) {
	for _, p := range r.entries(n, "options of section ["+section+"]") {
		if r.named(p, "an option") {
			r.readOption(p, section)
		}
	}
}

// readOption reads one option.
func (r *reader) readOption(option entry, section string) {
	o := &Option{Reference: Reference{section, option.key.Value}, Provider: r.name(), Declared: r.Place(option.key)}
	r.options = append(r.options, o)
	r.keys = append(r.keys, option.key)
	for _, p := range r.entries(option.value, o.String()) {
		r.readField(p, o)
	}
}

// readField reads one of an option's keys.
func (r *reader) readField(p entry, o *Option) {
	what := func() string { return p.key.Value + " of " + o.String() }
	switch p.key.Value {
	case "description":
		o.Description, _ = r.textOf(p, what)
	case "version_added":
		o.VersionAdded, _ = r.textOf(p, what)
	case "version_deprecated":
		o.VersionDeprecated, _ = r.textOf(p, what)
	case "deprecation_reason":
		o.DeprecationReason, _ = r.textOf(p, what)
	case "see_also":
		o.SeeAlso, _ = r.textOf(p, what)
	case "type":
		o.Type = r.optionType(p, what)
	case "default":
		o.Default = r.optionalText(p, what)
	case "example":
		o.Example = r.example(p, what)
	case "sensitive":
		o.Sensitive = r.boolean(p, what)
	case "is_template":
		o.IsTemplate = r.boolean(p, what)
	default:
		r.unknownKey(p, o.String(), optionKeys)
	}
}

// optionTypes are the types that Airflow's schema allows.
var optionTypes = []string{"string", "boolean", "integer", "float"}

// optionType reads an option's type.
func (r *reader) optionType(p entry, what func() string) string {
	s, ok := r.textOf(p, what)
	if ok && !slices.Contains(optionTypes, s) {
		d := r.bad(p.value, "%s is %q; it must be string, boolean, integer or float", what(), s)
		d.Suggestion, _ = Nearest(s, optionTypes)
	}
	return s
}

// example reads an option's example, which Airflow's schema lets be a number too.
func (r *reader) example(p entry, what func() string) *string {
	if t := typeOf(p.value); t == "integer" || t == "float" {
		return &p.value.Value
	}
	return r.optionalText(p, what)
}

// boolean reads true or false; anything else, a quoted word too, is bad data and
// taken for false.
func (r *reader) boolean(p entry, what func() string) bool {
	if t := typeOf(p.value); t != "boolean" {
		d := r.bad(p.value, "%s must be true or false, not a %s", what(), t)
		if s := strings.ToLower(p.value.Value); t == "string" && (s == "true" || s == "false") {
			d.Help = "write " + s + " without quotes"
		}
		return false
	}
	switch strings.ToLower(p.value.Value) {
	case "true", "yes", "on":
		return true
	}
	return false
}

// optionalText reads a string or null, and returns nil for null.
func (r *reader) optionalText(p entry, what func() string) *string {
	if s, ok := r.textOf(p, what); ok {
		return &s
	}
	return nil
}

// text is textOf with a name that is known already.
func (r *reader) text(p entry, what string) (string, bool) {
	return r.textOf(p, func() string { return what })
}

// textOf reads a string; it reports false for null. Another scalar is bad data,
// since Airflow would change it (2.10 is read as 2.1), and is returned as it is
// written.
func (r *reader) textOf(p entry, what func() string) (string, bool) {
	switch t := typeOf(p.value); t {
	case "string":
		return p.value.Value, true
	case "null":
		return "", false
	case "mapping", "list":
		r.bad(p.value, "%s must be a string, not a %s", what(), t)
		return "", false
	default:
		d := r.bad(p.value, "%s must be a string, not a %s; quote it", what(), t)
		d.Suggestion = strconv.Quote(p.value.Value)
		return p.value.Value, true
	}
}

// unknownKey reports a key that looks like one of known, misspelt.
func (r *reader) unknownKey(p entry, what string, known []string) {
	if near, ok := Nearest(p.key.Value, known); ok {
		r.bad(p.key, "%s has the key %q; did you mean %s?", what, p.key.Value, near).Suggestion = near
	}
}

// named reports whether an entry's key is a name, and reports it if not.
func (r *reader) named(p entry, what string) bool {
	if t := typeOf(p.key); t != "string" {
		r.bad(p.key, "the name of %s must be a string, not a %s", what, t)
		return false
	}
	if p.key.Value == "" {
		r.bad(p.key, "the name of %s is empty", what)
		return false
	}
	return true
}

// bad reports bad data at a node. The diagnostic that it returns is valid until
// the next one, to be filled in further.
func (r *reader) bad(n *yaml.Node, message string, args ...any) *grammar.Diagnostic {
	r.diagnostics = append(r.diagnostics, badData(r.Span(n), message, args...))
	return &r.diagnostics[len(r.diagnostics)-1]
}

// An entry is one key of a mapping with its value, both without aliases.
type entry struct{ key, value *yaml.Node }

// entries returns the entries of a mapping, aliases resolved and merge keys
// ("<<") merged. It reports what is no mapping and keys that stand twice, of
// which the first counts. A nil node has no entries.
func (r *reader) entries(n *yaml.Node, what string) []entry {
	if n == nil {
		return nil
	}
	if t := typeOf(resolve(n)); t != "mapping" {
		r.bad(n, "%s must be a mapping, not %s", what, article(t))
		return nil
	}
	list := make([]entry, 0, len(n.Content)/2)
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	var merged []*yaml.Node
	for e := range r.pairs(n) {
		if e.key.Tag == "!!merge" {
			merged = append(merged, r.mergeList(e.value)...)
			continue
		}
		if first := seen[e.key.Value]; first != nil {
			d := r.bad(e.key, "%s has the key %s twice; the first is on line %d", what, strconv.Quote(e.key.Value), r.Place(first).Line)
			d.Declared = r.Place(first)
			continue
		}
		seen[e.key.Value] = e.key
		list = append(list, e)
	}
	return r.merge(list, seen, merged, what)
}

// merge adds to list the entries of merged mappings whose keys it has not yet.
func (r *reader) merge(list []entry, seen map[string]*yaml.Node, merged []*yaml.Node, what string) []entry {
	for len(merged) > 0 {
		n := merged[0]
		merged = merged[1:]
		if t := typeOf(resolve(n)); t != "mapping" {
			r.bad(n, "a merge key of %s must name mappings, not %s", what, article(t))
			continue
		}
		for e := range r.pairs(n) {
			if e.key.Tag == "!!merge" {
				merged = append(merged, r.mergeList(e.value)...)
			} else if seen[e.key.Value] == nil {
				seen[e.key.Value] = e.key
				list = append(list, e)
			}
		}
	}
	return list
}

// mergeList returns the mappings that the value of a merge key names.
func (r *reader) mergeList(n *yaml.Node) []*yaml.Node {
	list := []*yaml.Node{n}
	if resolve(n).Kind == yaml.SequenceNode {
		list = resolve(n).Content
	}
	if r.repeats += len(list); r.repeats > maxRepeats {
		return nil
	}
	return list
}

// pairs yields the keys and values of a mapping, aliases resolved, as long as
// aliases do not repeat more than maxRepeats of them.
func (r *reader) pairs(n *yaml.Node) func(yield func(entry) bool) {
	return func(yield func(entry) bool) {
		m := resolve(n)
		for i := 0; i+1 < len(m.Content); i += 2 {
			if m != n {
				r.repeats++
			}
			if r.repeats > maxRepeats {
				r.tooMany(n)
				return
			}
			if !yield(entry{resolve(m.Content[i]), resolve(m.Content[i+1])}) {
				return
			}
		}
	}
}

// tooMany reports, once, that aliases repeat too much.
func (r *reader) tooMany(n *yaml.Node) {
	if !r.exhausted {
		r.bad(n, "aliases repeat more than %d entries", maxRepeats)
		r.exhausted = true
	}
}

// resolve returns the node that an alias stands for, or the node itself.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// article returns the name of a type with its article, as messages need it.
func article(t string) string {
	switch t {
	case "null":
		return t
	case "integer":
		return "an " + t
	}
	return fmt.Sprintf("a %s", t)
}
