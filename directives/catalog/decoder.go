package catalog

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
)

// A Decoder reads the tree of a file of YAML by hand, since decoding into structs would let
// the last of two equal keys win and would take the string "false" for true. Whatever is
// wrong becomes a finding of the rule bad-data at the word, and the reading goes on.
type Decoder struct {
	*YAML
	Findings []finding.Finding

	isData  bool // the file is Airflow's: unknown keys are passed over, and null is a value
	visited int  // entries read, those that aliases repeat each time
}

// An Entry is one key of a mapping with its value, both without aliases.
type Entry struct{ Key, Value *yaml.Node }

// A Key is a key that a mapping may have, and what reads it. Messages call the value by the
// key's name.
type Key struct {
	Name string
	Read func(Entry)
}

// KeyNames returns the names of keys.
func KeyNames(keys []Key) []string {
	var names []string
	for _, k := range keys {
		names = append(names, k.Name)
	}
	return names
}

// slack is how many entries aliases may add to a file of few bytes.
const slack = 10_000

// Entries returns the entries of a mapping, which has a name in messages; if only some keys
// are named, those with them. It reports what is no mapping and keys that stand twice, of
// which the first counts. A nil node has no entries.
func (d *Decoder) Entries(name string, n *yaml.Node, only ...string) []Entry {
	if n == nil {
		return nil
	}
	if n = Resolve(n); n.Kind != yaml.MappingNode {
		d.Bad(n, "%s must be a mapping, not %s", name, article(n))
		return nil
	}
	list := make([]Entry, 0, len(n.Content)/2)
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	most := len(d.Data) + slack // only aliases reach this: a few lines of them can stand for millions
	for i := 0; i+1 < len(n.Content) && d.visited <= most; i += 2 {
		e := Entry{Resolve(n.Content[i]), Resolve(n.Content[i+1])}
		d.visited++
		switch first := seen[e.Key.Value]; {
		case d.visited > most:
			d.Bad(n, "aliases spell more than %d entries", most)
		case len(only) > 0 && !slices.Contains(only, e.Key.Value):
		case e.Key.Tag == "!!merge":
			d.Bad(e.Key, "merge keys are not read; write the entries out")
		case first != nil:
			at := d.Place(first)
			d.Bad(e.Key, "%q is given twice; first at %s:%d", e.Key.Value, at.Path, at.Line).Declared = at
		default:
			seen[e.Key.Value] = e.Key
			list = append(list, e)
		}
	}
	return list
}

// Read reads entries whose keys are known, and reports the others.
func (d *Decoder) Read(entries []Entry, keys []Key) {
	for _, e := range entries {
		i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == e.Key.Value })
		switch {
		case i < 0:
			d.Unknown("key", e.Key, KeyNames(keys))
		case d.isData || TypeOf(e.Value) != "null": // in a project file the entries may all be commented out
			keys[i].Read(e)
		}
	}
}

// Unknown reports a word that is none of known, and names the nearest. In Airflow's data it
// reports only words that have a nearest: others are passed over, as Airflow does.
func (d *Decoder) Unknown(what string, n *yaml.Node, known []string) {
	if n.Kind != yaml.ScalarNode {
		d.Bad(n, "a key must be a word, not %s; quote this key", article(n))
		return
	}
	near, found := Nearest(strings.ToLower(n.Value), known)
	if d.isData && !found {
		return
	}
	bad := d.Bad(n, "there is no %s %q", what, n.Value)
	bad.Help = "known are " + strings.Join(known, ", ")
	if found {
		bad.Message += "; did you mean " + near + "?"
		bad.Suggestion = near
	}
}

// List returns the items of a list of words; a word alone is a list of one. of says of what
// it must be a list.
func (d *Decoder) List(e Entry, of string) []*yaml.Node {
	list := []*yaml.Node{e.Value}
	switch e.Value.Kind {
	case yaml.ScalarNode:
	case yaml.SequenceNode:
		list = e.Value.Content
	default:
		d.Bad(e.Value, "%s must be a list of %s, not %s", e.Key.Value, of, article(e.Value))
		return nil
	}
	var items []*yaml.Node
	for _, item := range list {
		if item = Resolve(item); d.IsText("an item of "+e.Key.Value+" must be text", item) {
			items = append(items, item)
		}
	}
	return items
}

// Words returns the values of nodes.
func Words(nodes []*yaml.Node) []string {
	words := make([]string, 0, len(nodes))
	for _, n := range nodes {
		words = append(words, n.Value)
	}
	return words
}

// IsText reports whether a node is a scalar that says something, and reports it if not: must
// is the beginning of that message.
func (d *Decoder) IsText(must string, n *yaml.Node) bool {
	switch {
	case n.Kind != yaml.ScalarNode || TypeOf(n) == "null":
		d.Bad(n, "%s, not %s", must, article(n))
	case n.ShortTag() != "!!str" && strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!"):
		d.Bad(n, "%s; quote what begins with \"!\", which is a tag to YAML", must)
	case strings.TrimSpace(n.Value) == "":
		d.Bad(n, "%s, not an empty word", must)
	default:
		return true
	}
	return false
}

// boolean reads true or false; anything else, a quoted word too, is bad data and
// taken for false.
func (d *Decoder) boolean(e Entry) bool {
	if TypeOf(e.Value) == "boolean" {
		return pythonText(e.Value) == "True"
	}
	bad := d.Bad(e.Value, "%s must be true or false, not %s", e.Key.Value, article(e.Value))
	if s := strings.ToLower(e.Value.Value); s == "true" || s == "false" {
		bad.Help = "write " + s + " without quotes"
	}
	return false
}

// maxFaults bounds the findings of one file: each costs as much as the line that
// it shows, and a file may be one line.
const maxFaults = 100

// Bad reports what is wrong with a node. The finding that it returns is valid until
// the next one, to be filled in further. After maxFaults of them it says only
// that there are more.
func (d *Decoder) Bad(at *yaml.Node, message string, args ...any) *finding.Finding {
	n := len(d.Findings)
	switch {
	case n < maxFaults:
		d.Findings = append(d.Findings, badData(d.Span(at), message, args...))
		return &d.Findings[n]
	case n == maxFaults:
		const more = "the file has more faults from here on, to be told when those before are mended"
		d.Findings = append(d.Findings, badData(d.Span(at), more))
	}
	return &finding.Finding{}
}

// Resolve returns the node that an alias stands for, or the node itself.
func Resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// article returns the name of a node's type with its article, as messages need it.
func article(n *yaml.Node) string {
	switch t := TypeOf(n); t {
	case "null":
		return t
	case "integer":
		return "an " + t
	default:
		return "a " + t
	}
}
