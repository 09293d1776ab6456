package expand_test

import (
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/expand"
)

// TestDefinitions compares what is said of each directive with what it does.
func TestDefinitions(t *testing.T) {
	cat, _ := catalog.Load(demoData(t), catalog.Embedded())
	for _, d := range directives.Definitions() {
		if d.Type != strings.ToLower(d.Type) || d.Summary == "" || d.Notes == "" || len(d.Samples) == 0 {
			t.Errorf("%s is not explained", d.Type)
		}
		seen := map[string]bool{}
		for _, o := range d.Options {
			if seen[o.Name] || o.Doc == "" || o.Value == "" {
				t.Errorf("%s: option %s is there twice or not explained", d.Type, o.Name)
			}
			seen[o.Name] = true
		}
		for _, sample := range d.Samples {
			e := &expand.Expander{Catalog: cat}
			r := e.Expand(expand.Page{Path: "page.rst", Source: []byte(sample)}, e.Reader().Read([]byte(sample)))
			if len(r.Findings) > 0 || len(r.Expansions) != 1 || r.Expansions[0].Type.Value != d.Type {
				t.Errorf("%s: the sample\n%s\ndoes not expand: %v", d.Type, sample, r.Findings)
			}
		}
	}
}

// TestRole compares what is said of the role with what it does.
func TestRole(t *testing.T) {
	cat, _ := catalog.Load(demoData(t), catalog.Embedded())
	r := directives.Role()
	if r.Name != strings.ToLower(r.Name) || r.Text == "" || r.Summary == "" || r.Notes == "" || len(r.Samples) == 0 {
		t.Errorf("%s is not explained", r.Name)
	}
	for _, sample := range r.Samples {
		e := &expand.Expander{Catalog: cat}
		result := e.Expand(expand.Page{Path: "page.rst", Source: []byte(sample)}, e.Reader().Read([]byte(sample)))
		if len(result.Findings) > 0 || len(result.Expansions) != 1 || result.Expansions[0].Type.Value != r.Name {
			t.Errorf("the sample\n%s\ndoes not expand: %v", sample, result.Findings)
		}
	}
}

// TestRules checks that each rule is explained, once.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range directives.Rules() {
		if seen[r.Name] || r.Summary == "" || r.Meaning == "" || r.Wrong == "" || r.Right == "" || directives.FindRule(r.Name).Name != r.Name {
			t.Errorf("%s is there twice or not explained", r.Name)
		}
		seen[r.Name] = true
	}
}

// TestColumns checks that each column is explained, once.
func TestColumns(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range directives.Columns() {
		if seen[c.Name] || c.Header == "" || c.Doc == "" {
			t.Errorf("%s is there twice or not explained", c.Name)
		}
		seen[c.Name] = true
	}
}
