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

// keys returns the keys of the project file. Each stores its value in p.
func (d *decoder) keys(p *Project) []catalog.Key {
	return append([]catalog.Key{
		{Name: "requires", Read: func(e catalog.Entry) { p.Requires = d.requires(e.Value) }},
		{Name: "config", Read: func(e catalog.Entry) { p.Config = d.globs(e) }},
		{Name: "providers", Read: func(e catalog.Entry) { p.Providers = d.globs(e) }},
		{Name: "airflow", Read: func(e catalog.Entry) { p.Airflow = d.folders(e) }},
		{Name: "docs", Read: func(e catalog.Entry) { p.Docs = d.globs(e) }},
		{Name: "expand", Read: func(e catalog.Entry) { p.Expand = d.expand(e) }},
		{Name: "ignore", Read: func(e catalog.Entry) { p.Ignore = d.ignore(e) }},
		{Name: "literal-directives", Read: func(e catalog.Entry) { p.LiteralDirectives = catalog.Words(d.List(e, "directive types")) }},
		{Name: "rules", Read: func(e catalog.Entry) { p.Rules = d.severities(e) }},
		{Name: "baseline", Read: func(e catalog.Entry) { p.Baseline = d.path(e) }},
		{Name: "regions", Read: func(e catalog.Entry) { p.Regions = d.regions(e.Value) }},
	}, d.AnnotationKeys(p.Annotations)...)
}

// minimumPattern matches the value of "requires".
var minimumPattern = regexp.MustCompile(`^>= *v?(\d+(?:\.\d+)*)$`)

// requires reads the minimum version of windsock, such as ">=1.4".
func (d *decoder) requires(n *yaml.Node) *Requirement {
	m := minimumPattern.FindStringSubmatch(n.Value)
	if m == nil {
		d.Bad(n, "requires must be a version of windsock, such as \">=1.4\"")
		return nil
	}
	return &Requirement{catalog.Version(m[1]), d.YAML, d.Span(n)}
}

// expand reads "in-place" or {to: DIR}.
func (d *decoder) expand(e catalog.Entry) (x Expand) {
	switch {
	case e.Value.Kind == yaml.ScalarNode && e.Value.Value == "in-place":
		return Expand{InPlace: true}
	case e.Value.Kind == yaml.MappingNode && len(e.Value.Content) > 0:
		d.Read(d.Entries("expand", e.Value), []catalog.Key{{Name: "to", Read: func(e catalog.Entry) { x.To = d.path(e) }}})
	default:
		d.Bad(e.Value, "expand must be in-place or {to: FOLDER}")
	}
	return x
}

// path reads a path, and returns it as shown in messages.
func (d *decoder) path(e catalog.Entry) string {
	if !d.IsText(e.Key.Value+" must be a path", e.Value) {
		return ""
	}
	return resolvePath(d.folder, e.Value.Value)
}

// folders reads a list of folders, and returns their paths as shown in messages.
func (d *decoder) folders(e catalog.Entry) []string {
	var paths []string
	for _, item := range d.List(e, "folders") {
		paths = append(paths, resolvePath(d.folder, item.Value))
	}
	return paths
}

// resolvePath returns name if it is absolute, and else joins it to folder.
func resolvePath(folder, name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(folder, name)
}

// severityNames are the names of the severities in the project file, in order.
var severityNames = []string{finding.Off.String(), finding.Warning.String(), finding.Error.String()}

// severities reads a mapping of rules to "off", "warning" or "error". The boolean false also
// means "off": it is what YAML 1.1 makes of an unquoted off.
func (d *decoder) severities(rules catalog.Entry) map[string]finding.Severity {
	severities := make(map[string]finding.Severity)
	for _, e := range d.Entries("rules", rules.Value) {
		word := strings.ToLower(e.Value.Value)
		if word == "false" {
			word = finding.Off.String()
		}
		severity := slices.Index(severityNames, word)
		switch {
		case !slices.Contains(d.rules, e.Key.Value):
			d.Unknown("rule", e.Key, d.rules)
		case severity < 0:
			problem := d.Bad(e.Value, "a rule is off, warning or error, not %q", e.Value.Value)
			problem.Suggestion, _ = catalog.Nearest(word, severityNames)
		default:
			severities[e.Key.Value] = finding.Severity(severity)
		}
	}
	return severities
}
