package project

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// A key is one key of a mapping in the project file.
type key[T any] struct {
	name string
	read func(d *decoder, into *T, value *yaml.Node)
}

// keyNames returns the names of keys.
func keyNames[T any](keys []key[T]) []string {
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	return names
}

// projectKeys are the keys of the project file, beside the annotations.
var projectKeys = []key[Project]{
	{"requires", func(d *decoder, p *Project, n *yaml.Node) { p.Requires = d.requires(n) }},
	{"config", func(d *decoder, p *Project, n *yaml.Node) { p.Config = d.globs("config", n) }},
	{"providers", func(d *decoder, p *Project, n *yaml.Node) { p.Providers = d.globs("providers", n) }},
	{"airflow", func(d *decoder, p *Project, n *yaml.Node) { p.Airflow = d.folders("airflow", n) }},
	{"docs", func(d *decoder, p *Project, n *yaml.Node) { p.Docs = d.globs("docs", n) }},
	{"expand", func(d *decoder, p *Project, n *yaml.Node) { p.Expand = d.expand(n) }},
	{"ignore", func(d *decoder, p *Project, n *yaml.Node) { p.Ignore = d.ignore(n) }},
	{"literal-directives", func(d *decoder, p *Project, n *yaml.Node) {
		p.LiteralDirectives = words(d.list("literal-directives", "directive types", n))
	}},
	{"rules", func(d *decoder, p *Project, n *yaml.Node) { p.Rules = d.severities(n) }},
	{"baseline", func(d *decoder, p *Project, n *yaml.Node) { p.Baseline = d.path("baseline", n) }},
	{"regions", func(d *decoder, p *Project, n *yaml.Node) { p.Regions = d.regions(n) }},
}

// minimum matches a condition on the version of windsock.
var minimum = regexp.MustCompile(`^>= *v?(\d+(?:\.\d+)*)$`)

// requires reads the version of windsock that the project needs, such as ">=1.4".
func (d *decoder) requires(n *yaml.Node) *Requirement {
	m := minimum.FindStringSubmatch(n.Value)
	if m == nil {
		d.wrong(n, "requires must be a version of windsock, such as \">=1.4\", not %s", kind(n))
		return nil
	}
	at := finding.Finding{Span: d.Span(n), Rule: BadProject, Severity: finding.Error}
	return &Requirement{catalog.Version(m[1]), finding.Resolve(d.Path, d.Data, []finding.Finding{at})[0]}
}

// expand reads "in-place" or {to: DIR}.
func (d *decoder) expand(n *yaml.Node) (e Expand) {
	if n.Kind == yaml.ScalarNode && n.Value == "in-place" {
		return Expand{InPlace: true}
	}
	if n.Kind != yaml.MappingNode {
		d.wrong(n, "expand must be in-place or {to: FOLDER}")
		return e
	}
	readKeys(d, "expand", n, &e, []key[Expand]{
		{"to", func(d *decoder, e *Expand, n *yaml.Node) { e.To = d.path("to", n) }},
	}, nil)
	if e.To == "" && len(d.findings) == 0 {
		d.wrong(n, "expand must be in-place or {to: FOLDER}")
	}
	return e
}

// path reads a path, and returns it as messages name it.
func (d *decoder) path(key string, n *yaml.Node) string {
	if !d.isText(key+" must be a path", n) {
		return ""
	}
	return within(d.folder, n.Value)
}

// folders reads a list of paths of folders, and returns them as messages name them.
func (d *decoder) folders(key string, n *yaml.Node) []string {
	var paths []string
	for _, item := range d.list(key, "folders", n) {
		paths = append(paths, within(d.folder, item.Value))
	}
	return paths
}

// within returns name, if relative, from folder on.
func within(folder, name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(folder, name)
}

// severities reads a mapping of rules to "off", "warning" or "error".
func (d *decoder) severities(n *yaml.Node) map[string]finding.Severity {
	severities := make(map[string]finding.Severity)
	for _, e := range d.entries("rules", n) {
		if !slices.Contains(d.rules, e.Key.Value) {
			d.unknown("rule", e.Key, d.rules)
			continue
		}
		severities[e.Key.Value] = d.severity(e.Value)
	}
	return severities
}

// severity reads one severity. YAML may take an unquoted "off" for the boolean
// false; that means the same.
func (d *decoder) severity(n *yaml.Node) finding.Severity {
	switch strings.ToLower(n.Value) {
	case "off", "false":
		return finding.Off
	case "warning":
		return finding.Warning
	case "error":
		return finding.Error
	}
	problem := d.wrong(n, "a rule is off, warning or error, not %q", n.Value)
	problem.Suggestion, _ = catalog.Nearest(strings.ToLower(n.Value), []string{"off", "warning", "error"})
	return finding.Off
}
