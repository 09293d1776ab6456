package catalog

import (
	"slices"
	"strings"
	"windsock/directives/finding"
	"windsock/grammar"

	"gopkg.in/yaml.v3"
)

// AnnotationKeys are the keys of the project file that [DecodeAnnotations] reads.
var AnnotationKeys = []string{"sensitive", "renamed", "undeclared", "effective", "units", "defaults", "key-free", "families", "complete", "version"}

// DecodeAnnotations reads the annotations of a project file, whose other keys it
// passes over. Whatever it cannot read exactly is a finding at the word.
func DecodeAnnotations(file *YAML) (*Annotations, []finding.Finding) {
	d := &decoder{reader: &reader{YAML: file}, known: Embedded().Components()}
	d.file = file
	d.decode()
	return &d.Annotations, d.findings
}

// A decoder reads annotations out of a tree.
type decoder struct {
	*reader
	Annotations
	embedded bool
	known    []string // the components that are embedded; none while these are read
}

// decode reads the annotation keys of the file.
func (d *decoder) decode() {
	if d.Root == nil || TypeOf(d.Root) == "null" {
		return
	}
	for _, e := range d.entries(d.Root, "the file") {
		if TypeOf(e.Value) == "null" {
			continue // a key whose entries are all commented out
		}
		switch e.Key.Value {
		case "sensitive":
			notes(d, e, &d.Sensitive, d.sensitivity)
		case "renamed":
			notes(d, e, &d.Renamed, d.rename)
		case "undeclared":
			notes(d, e, &d.Undeclared, d.words)
		case "effective":
			notes(d, e, &d.Effective, d.words)
		case "units":
			notes(d, e, &d.Units, d.words)
		case "defaults":
			notes(d, e, &d.Defaults, d.words)
		case "key-free":
			d.KeyFree = d.list(e)
		case "families":
			d.Families = d.families(e)
		case "complete":
			d.Complete = d.boolean(e, "complete")
		case "version":
			d.Version = d.version(e)
		}
	}
}

// notes reads the mapping of one annotation, from option references to values.
func notes[T any](d *decoder, annotation Entry, into *Notes[T], value func(Entry, Reference) (T, bool)) {
	for _, e := range joinProse(d.entries(annotation.Value, annotation.Key.Value), isReference) {
		r, ok := d.reference(e.Key)
		if !ok {
			continue
		}
		if into.Of(r) != nil {
			d.bad(e.Key, "%s names %s twice", annotation.Key.Value, r)
			continue
		}
		v, ok := value(e, r)
		if !ok {
			continue
		}
		note := Note[T]{Reference: r, Value: v, Embedded: d.embedded}
		if !d.embedded {
			note.Key, note.Declared = d.Span(e.Key), d.Place(e.Key)
		}
		into.set(note)
	}
}

// joinProse mends prose that a comma cut: within braces, the text of
// {"[a] b": read by the code, declared nowhere} ends at its comma for YAML, and
// what follows is a key without a value. Such a key goes back to the text before
// it, unless it is a key that may stand there.
func joinProse(entries []Entry, isKey func(string) bool) []Entry {
	var joined []Entry
	for _, e := range entries {
		n := len(joined)
		prose := n > 0 && e.Value.Tag == "!!null" && e.Value.Value == "" && e.Key.Style == 0 && !isKey(e.Key.Value)
		if !prose || joined[n-1].Value.Kind != yaml.ScalarNode || joined[n-1].Value.Style != 0 {
			joined = append(joined, e)
			continue
		}
		whole := *joined[n-1].Value
		whole.Value += ", " + e.Key.Value
		joined[n-1].Value = &whole
	}
	return joined
}

// isReference reports whether s is meant for an option reference.
func isReference(s string) bool {
	_, ok := ParseReference(s)
	return ok || strings.HasPrefix(s, "[")
}

// reference reads an option reference.
func (d *decoder) reference(n *yaml.Node) (Reference, bool) {
	if n.Kind == yaml.ScalarNode {
		if section, ok := strings.CutSuffix(n.Value, "] "+opened); ok && strings.HasPrefix(section, "[") {
			return Reference{section[1:], opened}, true
		}
		if r, ok := ParseReference(n.Value); ok {
			return r, true
		}
	}
	d.bad(n, "%q is no option; write \"[section] name\"", n.Value)
	return Reference{}, false
}

// words reads a note that is text.
func (d *decoder) words(e Entry, r Reference) (string, bool) {
	if e.Value.Kind != yaml.ScalarNode || TypeOf(e.Value) == "null" {
		d.bad(e.Value, "the value for %s must be text, not %s", r, article(TypeOf(e.Value)))
		return "", false
	}
	return e.Value.Value, true
}

// sensitivityKeys and renameKeys are the keys that their notes may have.
var (
	sensitivityKeys = []string{"description", "needed-by"}
	renameKeys      = []string{"to", "since"}
)

// sensitivity reads {description: …, needed-by: […]}.
func (d *decoder) sensitivity(e Entry, r Reference) (s Sensitivity, ok bool) {
	isKey := func(word string) bool { return slices.Contains(sensitivityKeys, word) }
	for _, f := range joinProse(d.entries(e.Value, r.String()), isKey) {
		switch f.Key.Value {
		case "description":
			s.Description, _ = d.words(f, r)
		case "needed-by":
			s.NeededBy = d.list(f)
			d.components(f)
		default:
			d.unknown(f, r.String(), sensitivityKeys)
		}
	}
	return s, true
}

// components reports what is no component, or probably another one than it says.
func (d *decoder) components(list Entry) {
	items := []*yaml.Node{list.Value}
	if list.Value.Kind == yaml.SequenceNode {
		items = list.Value.Content
	}
	for _, n := range items {
		n = Resolve(n)
		word := canonicalComponent(n.Value)
		if word == "" && strings.TrimSpace(n.Value) != "" {
			d.bad(n, "%q is no component", n.Value)
		}
		for _, k := range d.known {
			if OneSlip(word, canonicalComponent(k)) {
				d.bad(n, "there is no component %q; did you mean %s?", n.Value, k).Suggestion = k
			}
		}
	}
}

// rename reads "[section] name", {to: …, since: …}, or "removed" or nothing for
// an option that is gone.
func (d *decoder) rename(e Entry, r Reference) (to Rename, ok bool) {
	if e.Value.Kind != yaml.MappingNode {
		to.To, ok = d.destination(e.Value)
		return to, ok
	}
	ok = true
	for _, f := range d.entries(e.Value, r.String()) {
		switch f.Key.Value {
		case "to":
			to.To, ok = d.destination(f.Value)
		case "since":
			to.Since, _ = d.words(f, r)
		default:
			d.unknown(f, r.String(), renameKeys)
		}
	}
	return to, ok
}

// destination reads what an option was renamed to; nothing, if it was removed.
func (d *decoder) destination(n *yaml.Node) (Reference, bool) {
	if TypeOf(n) == "null" || n.Kind == yaml.ScalarNode && n.Value == "removed" {
		return Reference{}, true
	}
	return d.reference(n)
}

// list reads a list of words, or a single one.
func (d *decoder) list(e Entry) []string {
	items := []*yaml.Node{e.Value}
	if e.Value.Kind == yaml.SequenceNode {
		items = e.Value.Content
	}
	list := make([]string, 0, len(items))
	for _, n := range items {
		if n = Resolve(n); n.Kind != yaml.ScalarNode || TypeOf(n) == "null" {
			d.bad(n, "%s must be a list of words", e.Key.Value)
			continue
		}
		if strings.TrimSpace(n.Value) == "" {
			d.bad(n, "%s has an empty word", e.Key.Value)
			continue
		}
		list = append(list, n.Value)
	}
	return list
}

// families reads the list of families and drops the "<KEY>" at their ends.
func (d *decoder) families(e Entry) []string {
	list := d.list(e)
	for i, s := range list {
		prefix, _, ok := strings.Cut(s, "<")
		if !ok || !strings.HasPrefix(s, grammar.EnvPrefix) || !strings.HasSuffix(s, ">") {
			d.bad(e.Key, "%q is no family of variables; write AIRFLOW__SECTION__NAME__<KEY>", s)
		}
		list[i] = prefix
	}
	return list
}

// version reads the version of Airflow. YAML takes 2.10 without quotes for a number; it is
// the version all the same.
func (d *decoder) version(e Entry) Version {
	v := Version(e.Value.Value)
	if !v.IsValid() {
		d.bad(e.Value, "%q is no version of Airflow; write one such as \"2.11\"", e.Value.Value)
	}
	return v
}

// unknown reports a key that does not belong, with the nearest one that does.
func (d *decoder) unknown(e Entry, what string, known []string) {
	bad := d.bad(e.Key, "%s has no key %q; the keys are %s", what, e.Key.Value, strings.Join(known, ", "))
	if near, ok := Nearest(e.Key.Value, known); ok {
		bad.Message = what + " has no key " + e.Key.Value + "; did you mean " + near + "?"
		bad.Suggestion = near
	}
}
