package expand_test

import (
	"slices"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
)

// TestDefinitions checks that each directive, its options, the role, each rule and each column
// is explained, once, and that the samples of directives and of the role expand.
func TestDefinitions(t *testing.T) {
	seen := map[string]bool{}
	explained := func(of, name string, texts ...string) {
		if seen[of+name] || name != strings.ToLower(name) || slices.Contains(texts, "") {
			t.Errorf("%s%s is there twice or not explained", of, name)
		}
		seen[of+name] = true
	}
	cat, _ := catalog.Load(demoData(t), catalog.Embedded())
	expanded := func(name string, samples []string) {
		if len(samples) == 0 {
			t.Errorf("%s has no sample", name)
		}
		for _, sample := range samples {
			if r := expandPage(t, cat, sample); len(r.Findings) > 0 || len(r.Expansions) != 1 || r.Expansions[0].Type.Value != name {
				t.Errorf("%s: the sample\n%s\ndoes not expand: %v", name, sample, r.Findings)
			}
		}
	}
	for _, d := range directives.Definitions() {
		explained("", d.Type, d.Summary, d.Notes)
		expanded(d.Type, d.Samples)
		for _, o := range d.Options {
			explained(d.Type+" ", o.Name, o.Doc, o.Value)
		}
	}
	role := directives.Role()
	explained("", role.Name, role.Text, role.Summary, role.Notes)
	expanded(role.Name, role.Samples)
	for _, r := range directives.Rules() {
		explained("rule ", r.Name, r.Summary, r.Meaning, r.Wrong, r.Right, directives.FindRule(r.Name).Name)
	}
	for _, c := range directives.Columns() {
		explained("column ", c.Name, c.Header, c.Doc)
	}
}
