package catalog

import (
	"cmp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
	"windsock/grammar"
)

// DecodeAnnotations reads the annotations in a project file, and skips all other keys.
func DecodeAnnotations(file *YAML) (*Annotations, []finding.Finding) {
	a, d := &Annotations{}, &Decoder{YAML: file}
	keys := d.AnnotationKeys(a)
	d.Read(d.Entries("the file", file.Root, KeyNames(keys)...), keys)
	return a, d.Findings
}

// AnnotationKeys returns the keys of a project file that are about options. They read into a.
func (d *Decoder) AnnotationKeys(a *Annotations) []Key {
	return d.annotationKeys(a, Embedded().Components())
}

// annotationKeys is AnnotationKeys with the known components; there are none while the embedded
// annotations are read.
func (d *Decoder) annotationKeys(a *Annotations, known []string) []Key {
	a.file = d.YAML
	c := components{known, map[string]string{}}
	for _, name := range known {
		c.names[canonicalComponent(name)] = name
	}
	return []Key{
		{"sensitive", notes(d, &a.Sensitive, func(e Entry) (Sensitivity, bool) { return d.sensitivity(e, c), true })},
		{"renamed", notes(d, &a.Renamed, d.rename)},
		{"undeclared", notes(d, &a.Undeclared, d.words)},
		{"effective", notes(d, &a.Effective, d.words)},
		{"units", notes(d, &a.Units, d.words)},
		{"defaults", notes(d, &a.Defaults, d.words)},
		{"key-free", func(e Entry) { a.KeyFree = Words(d.List(e, "sections")) }},
		{"families", func(e Entry) { a.Families = d.families(e) }},
		{"complete", func(e Entry) { a.Complete = d.boolean(e) }},
		{"version", func(e Entry) { a.Version = d.version(e) }},
	}
}

// notes returns a function that reads one annotation: a mapping from options to values.
func notes[T any](d *Decoder, into *Notes[T], value func(Entry) (T, bool)) func(Entry) {
	return func(annotation Entry) {
		for _, e := range joinProse(d.Entries(annotation.Key.Value, annotation.Value)) {
			r, ok := d.reference(e.Key)
			if !ok {
				continue
			}
			if into.Of(r) != nil {
				d.Bad(e.Key, "%s names %s twice", annotation.Key.Value, r)
				continue
			}
			if v, ok := value(e); ok {
				*into = append(*into, Note[T]{Reference: r, Value: v, Key: d.Span(e.Key), Declared: d.Place(e.Key), env: r.EnvVar()})
			}
		}
	}
}

// joinProse joins text that YAML splits at a comma. In
// {"[a] b": read by the code, declared nowhere} the value ends at the comma, and the rest is
// a key without a value. joinProse appends such a key to the value before it.
func joinProse(entries []Entry) []Entry {
	var joined []Entry
	for _, e := range entries {
		n := len(joined)
		isProse := n > 0 && e.Value.Tag == "!!null" && e.Value.Value == "" && e.Key.Style == 0 && !strings.HasPrefix(e.Key.Value, "[")
		if !isProse || joined[n-1].Value.Kind != yaml.ScalarNode || joined[n-1].Value.Style != 0 {
			joined = append(joined, e)
			continue
		}
		whole := *joined[n-1].Value
		whole.Value += ", " + e.Key.Value
		joined[n-1].Value = &whole
	}
	return joined
}

// reference reads an option reference.
func (d *Decoder) reference(n *yaml.Node) (Reference, bool) {
	section, name, _ := strings.Cut(strings.TrimPrefix(n.Value, "["), "] ")
	if isEmbedded := d.Path == embeddedPath; name == opened || isEmbedded {
		return Reference{section, name}, true // all embedded references have this form
	}
	r, ok := ParseReference(n.Value)
	if !ok {
		d.Bad(n, "%q is not an option; write \"[section] name\"", n.Value)
	}
	return r, ok
}

// words reads a note that is a text.
func (d *Decoder) words(e Entry) (string, bool) {
	if e.Value.Kind != yaml.ScalarNode || TypeOf(e.Value) == "null" {
		d.Bad(e.Value, "the value for %s must be text, not %s", e.Key.Value, article(e.Value))
		return "", false
	}
	return e.Value.Value, true
}

// sensitivity reads {description: …, needed-by: […]}.
func (d *Decoder) sensitivity(e Entry, c components) (s Sensitivity) {
	d.Read(joinProse(d.Entries(e.Key.Value, e.Value)), []Key{
		{"description", func(e Entry) { s.Description, _ = d.words(e) }},
		{"needed-by", func(e Entry) { s.NeededBy = d.neededBy(e, c) }},
	})
	return s
}

// components are the names of components in annotations.
type components struct {
	known []string          // the embedded ones
	names map[string]string // the first spelling of each, by canonicalComponent
}

// neededBy reads a list of components. It returns each once, in the spelling used first.
func (d *Decoder) neededBy(e Entry, c components) []string {
	list := []string{}
	for _, n := range d.List(e, "components") {
		word := canonicalComponent(n.Value)
		if strings.TrimSpace(word) == "" {
			d.Bad(n, "%q is not a component", n.Value)
		}
		for _, known := range c.known {
			if OneSlip(word, canonicalComponent(known)) {
				d.Bad(n, "there is no component %q; did you mean %s?", n.Value, known).Suggestion = known
			}
		}
		c.names[word] = cmp.Or(c.names[word], n.Value)
		if !slices.Contains(list, c.names[word]) {
			list = append(list, c.names[word])
		}
	}
	return list
}

// rename reads "[section] name" or {to: …, since: …}; "removed" or nothing for a removed
// option.
func (d *Decoder) rename(e Entry) (to Rename, ok bool) {
	if e.Value.Kind != yaml.MappingNode {
		to.To, ok = d.destination(e.Value)
		return to, ok
	}
	ok = true
	d.Read(d.Entries(e.Key.Value, e.Value), []Key{
		{"to", func(e Entry) { to.To, ok = d.destination(e.Value) }},
		{"since", func(e Entry) { to.Since, _ = d.words(e) }},
	})
	return to, ok
}

// destination reads the new name of an option, the zero value if it was removed.
func (d *Decoder) destination(n *yaml.Node) (Reference, bool) {
	if TypeOf(n) == "null" || n.Value == "removed" {
		return Reference{}, true
	}
	return d.reference(n)
}

// families reads the list of families, and removes the "<KEY>" at their ends.
func (d *Decoder) families(e Entry) (list []string) {
	for _, n := range d.List(e, "variables") {
		prefix, _, ok := strings.Cut(n.Value, "<")
		if !ok || !strings.HasPrefix(prefix, grammar.EnvPrefix) || !strings.HasSuffix(n.Value, ">") {
			d.Bad(n, "%q is not a family of variables; write AIRFLOW__SECTION__NAME__<KEY>", n.Value)
		}
		list = append(list, prefix)
	}
	return list
}

// version reads the version of Airflow. It uses the text of the scalar, since to YAML an
// unquoted 2.10 is a number.
func (d *Decoder) version(e Entry) Version {
	v := Version(e.Value.Value)
	if !v.IsValid() {
		d.Bad(e.Value, "%q is not a version of Airflow; write one such as \"2.11\"", e.Value.Value)
	}
	return v
}
