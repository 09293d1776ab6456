package catalog

import (
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/finding"
)

// A Decoder reads YAML nodes. It does not decode into structs, where the last of two equal keys
// would win, and the string "false" would be true. It reports errors as findings of the rule
// bad-data at the word, and continues.
type Decoder struct {
	*YAML
	Findings []finding.Finding

	isData  bool // the file is Airflow's data: unknown keys are skipped, and null is a value
	visited int  // entries read; an alias counts each time
}

// An Entry is one key of a mapping with its value, both without aliases.
type Entry struct{ Key, Value *yaml.Node }

// A Key is a known key of a mapping, and the function that reads its entry.
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

// slack is the number of entries that aliases may add to a small file.
const slack = 10_000

// Entries returns the entries of a mapping, or only those with some keys. It reports a node
// that is not a mapping, by its name, and duplicate keys, of which it returns the first. A nil
// node has no entries.
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
	most := len(d.Data) + slack // a few lines of aliases can expand to millions of entries
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

// Read reads the entries with known keys, and reports the others.
func (d *Decoder) Read(entries []Entry, keys []Key) {
	for _, e := range entries {
		i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == e.Key.Value })
		switch {
		case i < 0:
			d.Unknown("key", e.Key, KeyNames(keys))
		case d.isData || TypeOf(e.Value) != "null": // in a project file, all entries of a key can be commented out
			keys[i].Read(e)
		}
	}
}

// Unknown reports an unknown word, and suggests a similar known one. In Airflow's data it
// reports only words with a suggestion, and skips the others, as Airflow does.
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

// List returns the items of a list of words; a single word is a list of one. of names the
// items in messages.
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

// IsText reports whether a node is a scalar that is not empty. If it is not, a finding says so,
// whose message begins with must.
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

// boolean reads true or false. Anything else, including a quoted word, is bad data and counts
// as false.
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

// maxFaults limits the findings in one file. Each finding costs as much as the line that it
// shows, and a file can be a single line.
const maxFaults = 100

// Bad reports an error in a node. The caller may fill in the returned finding until the next
// call. After maxFaults findings, one more says that there are others.
func (d *Decoder) Bad(at *yaml.Node, message string, args ...any) *finding.Finding {
	n := len(d.Findings)
	switch {
	case n < maxFaults:
		d.Findings = append(d.Findings, badData(d.Span(at), message, args...))
		return &d.Findings[n]
	case n == maxFaults:
		const more = "the file has more errors from here on; correct the ones before first"
		d.Findings = append(d.Findings, badData(d.Span(at), more))
	}
	return &finding.Finding{}
}

// Resolve returns the target of an alias, or the node itself.
func Resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// article returns the name of a node's type with its article.
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
