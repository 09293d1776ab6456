package project

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A decoder turns the tree of a project file into a Project. What is wrong
// becomes a finding, and the decoder goes on with the rest.
type decoder struct {
	*catalog.YAML
	folder   string   // that paths are relative to
	rules    []string // known to the key "rules"
	findings []finding.Finding
}

// decode reads the bytes of the project file into p.
func (p *Project) decode(data []byte, rules []string) []finding.Finding {
	file, wrong := catalog.ParseYAML(p.Path, data)
	if len(wrong) > 0 {
		return relabel(unquoted(data, wrong))
	}
	if file.Root == nil || catalog.TypeOf(file.Root) == "null" {
		return nil
	}
	d := &decoder{YAML: file, folder: p.Folder, rules: rules}
	readKeys(d, "the project file", file.Root, p, projectKeys, catalog.AnnotationKeys)
	if len(d.findings) > 0 {
		return d.findings
	}
	p.Annotations, wrong = catalog.DecodeAnnotations(file)
	return relabel(wrong)
}

// Accepts reports whether data could be the project file: nothing is wrong with it.
func (p *Project) Accepts(data []byte, rules []string) bool {
	return len((&Project{Path: p.Path}).decode(data, rules)) == 0
}

// relabel makes findings about data findings about the project file.
func relabel(findings []finding.Finding) []finding.Finding {
	for i := range findings {
		findings[i].Rule = BadProject
	}
	return findings
}

// needsQuotes finds a value or an item that begins as only quoted strings may:
// an option reference, which YAML takes for a list, or a glob with a star or an
// exclamation mark, which it takes for an alias or a tag.
var needsQuotes = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(?:^[ \t]*-|[:,\[{])[ \t]+?(\[[\w.-]+\][ \t]+[\w*]+|[*!][^\s,\]}]+)|[\[,]([*!][^\s,\]}]+)`)
})

// unquoted says which words to quote, where a file is not YAML because they are
// not; else it returns the findings given.
func unquoted(data []byte, wrong []finding.Finding) []finding.Finding {
	if wrong[0].Suggestion != "" {
		return wrong
	}
	m := needsQuotes().FindSubmatchIndex(data)
	if m == nil {
		return wrong
	}
	span := grammar.Span{Start: max(m[2], m[4]), End: max(m[3], m[5])}
	suggestion := `"` + string(span.Of(data)) + `"`
	return []finding.Finding{{
		Span:       span,
		Severity:   finding.Error,
		Message:    "quote this word, which begins with what means something else to YAML",
		Help:       "write " + suggestion,
		Suggestion: suggestion,
	}}
}

// entries returns the entries of a mapping, and reports what is wrong with them.
func (d *decoder) entries(what string, n *yaml.Node) []catalog.Entry {
	entries, wrong := d.Entries(n, what)
	d.findings = append(d.findings, relabel(wrong)...)
	return entries
}

// readKeys reads a mapping's values into a T. Keys that are neither in keys nor
// among those read elsewhere are reported.
func readKeys[T any](d *decoder, what string, n *yaml.Node, into *T, keys []key[T], elsewhere []string) {
	for _, e := range d.entries(what, n) {
		at := slices.IndexFunc(keys, func(k key[T]) bool { return k.name == e.Key.Value })
		switch {
		case at < 0 && !slices.Contains(elsewhere, e.Key.Value):
			d.unknown("key", e.Key, append(keyNames(keys), elsewhere...))
		case at >= 0 && catalog.TypeOf(e.Value) != "null":
			keys[at].read(d, into, e.Value)
		}
	}
}

// wrong reports what is wrong with a node. The finding returned may be filled
// in further, until the next one.
func (d *decoder) wrong(n *yaml.Node, format string, args ...any) *finding.Finding {
	d.findings = append(d.findings, finding.Finding{
		Span:     d.Span(n),
		Rule:     BadProject,
		Severity: finding.Error,
		Message:  fmt.Sprintf(format, args...),
	})
	return &d.findings[len(d.findings)-1]
}

// unknown reports a word that is none of known, and names the nearest.
func (d *decoder) unknown(what string, n *yaml.Node, known []string) {
	if n.Kind != yaml.ScalarNode {
		d.wrong(n, "a key must be a word, not %s; quote this key", kind(n))
		return
	}
	near, found := catalog.Nearest(strings.ToLower(n.Value), known)
	message := fmt.Sprintf("there is no %s %q", what, n.Value)
	if found {
		message += "; did you mean " + near + "?"
	}
	problem := d.wrong(n, "%s", message)
	problem.Suggestion = near
	problem.Help = "known are " + strings.Join(known, ", ")
}

// list returns the strings of a list; a string alone is a list of one.
func (d *decoder) list(key, of string, n *yaml.Node) []*yaml.Node {
	if n.Kind == yaml.ScalarNode {
		n = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{n}}
	}
	if n.Kind != yaml.SequenceNode {
		d.wrong(n, "%s must be a list of %s, not %s", key, of, kind(n))
		return nil
	}
	var items []*yaml.Node
	for _, item := range n.Content {
		if item = catalog.Resolve(item); d.isText("an item of "+key+" must be text", item) {
			items = append(items, item)
		}
	}
	return items
}

// isText reports whether a node is a string that holds something, and says so
// if it is not.
func (d *decoder) isText(must string, n *yaml.Node) bool {
	switch {
	case n.Kind != yaml.ScalarNode || catalog.TypeOf(n) == "null":
		d.wrong(n, "%s, not %s", must, kind(n))
	case n.ShortTag() != "!!str" && strings.HasPrefix(n.Tag, "!") && !strings.HasPrefix(n.Tag, "!!"):
		d.wrong(n, "%s; quote what begins with \"!\", which is a tag to YAML", must)
	case strings.TrimSpace(n.Value) == "":
		d.wrong(n, "%s, not an empty word", must)
	default:
		return true
	}
	return false
}

// words returns the values of nodes.
func words(nodes []*yaml.Node) []string {
	var values []string
	for _, n := range nodes {
		values = append(values, n.Value)
	}
	return values
}

// kind says what a node is.
func kind(n *yaml.Node) string {
	switch t := catalog.TypeOf(n); t {
	case "mapping", "list":
		return "a " + t
	case "null":
		return "nothing"
	}
	return fmt.Sprintf("%q", n.Value)
}
