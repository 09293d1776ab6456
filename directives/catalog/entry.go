package catalog

import (
	"iter"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
)

// An Entry is one key of a mapping with its value, both without aliases.
type Entry struct{ Key, Value *yaml.Node }

// Entries returns the entries of a mapping, which what names in messages: aliases are
// resolved, and merge keys ("<<") merged. It returns what is wrong with them.
func (y *YAML) Entries(n *yaml.Node, what string) ([]Entry, []finding.Finding) {
	r := &reader{YAML: y}
	list := r.entries(n, what)
	return list, r.findings
}

// entries returns the entries of a mapping, aliases resolved and merge keys
// ("<<") merged. It reports what is no mapping and keys that stand twice, of
// which the first counts. A nil node has no entries.
func (r *reader) entries(n *yaml.Node, what string) []Entry {
	if n == nil {
		return nil
	}
	if t := TypeOf(Resolve(n)); t != "mapping" {
		r.bad(n, "%s must be a mapping, not %s", what, article(t))
		r.hides = true
		return nil
	}
	list := make([]Entry, 0, len(n.Content)/2)
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	var merged []*yaml.Node
	for e := range r.pairs(n) {
		if e.Key.Tag == "!!merge" {
			merged = append(merged, r.mergeList(e.Value)...)
			continue
		}
		if first := seen[e.Key.Value]; first != nil {
			at := r.Place(first)
			r.bad(e.Key, "%q stands twice in %s; first at %s:%d", e.Key.Value, what, at.Path, at.Line).Declared = at
			continue
		}
		seen[e.Key.Value] = e.Key
		list = append(list, e)
	}
	return r.merge(list, seen, merged, what)
}

// merge adds to list the entries of merged mappings whose keys it has not yet.
func (r *reader) merge(list []Entry, seen map[string]*yaml.Node, merged []*yaml.Node, what string) []Entry {
	for len(merged) > 0 {
		n := merged[0]
		merged = merged[1:]
		if t := TypeOf(Resolve(n)); t != "mapping" {
			r.bad(n, "a merge key of %s must name mappings, not %s", what, article(t))
			continue
		}
		for e := range r.pairs(n) {
			if e.Key.Tag == "!!merge" {
				merged = append(merged, r.mergeList(e.Value)...)
			} else if seen[e.Key.Value] == nil {
				seen[e.Key.Value] = e.Key
				list = append(list, e)
			}
		}
	}
	return list
}

// mergeList returns the mappings that the value of a merge key names.
func (r *reader) mergeList(n *yaml.Node) []*yaml.Node {
	list := []*yaml.Node{n}
	if Resolve(n).Kind == yaml.SequenceNode {
		list = Resolve(n).Content
	}
	if r.visited += len(list); r.visited > r.most() {
		return nil
	}
	return list
}

// slack is how many entries aliases may add to a file of few bytes.
const slack = 10_000

// most returns how many entries of a file are read. Without aliases each takes several
// bytes, so only aliases reach the limit: a few lines of them can stand for millions.
func (r *reader) most() int { return len(r.Data) + slack }

// pairs yields the keys and values of a mapping, aliases resolved, as long as
// the file has not too many.
func (r *reader) pairs(n *yaml.Node) iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		m := Resolve(n)
		for i := 0; i+1 < len(m.Content); i += 2 {
			if r.visited++; r.visited > r.most() {
				r.tooMany(n)
				return
			}
			if !yield(Entry{Resolve(m.Content[i]), Resolve(m.Content[i+1])}) {
				return
			}
		}
	}
}

// tooMany reports, once, that aliases stand for too many entries.
func (r *reader) tooMany(n *yaml.Node) {
	if !r.exhausted {
		r.bad(n, "aliases spell more than %d entries", r.most())
		r.exhausted = true
	}
}

// Resolve returns the node that an alias stands for, or the node itself.
func Resolve(n *yaml.Node) *yaml.Node {
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
	return "a " + t
}
