package catalog_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/fixtures"
)

// TestScalars shows that a plain scalar is what PyYAML makes of it, which
// fixtures/catalog/pyyaml.tsv says: strings and numbers are defaults, as Python writes
// them, null is none, and anything else is bad data.
func TestScalars(t *testing.T) {
	table, err := os.ReadFile(filepath.Join(fixtures.Root(), "catalog", "pyyaml.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(table)), "\n")
	if len(lines) < 100 {
		t.Errorf("only %d scalars are compared", len(lines))
	}
	for _, line := range lines {
		scalar, of, _ := strings.Cut(line, "\t")
		kind, want, _ := strings.Cut(of, "\t")
		data := "core:\n  options:\n    a:\n      default: " + scalar + "\n"
		c, findings := catalog.Load([]catalog.File{{Path: "config.yml", Data: []byte(data)}}, nil)
		if isGood := kind == "string" || kind == "integer" || kind == "float" || kind == "null"; isGood != (len(findings) == 0) {
			t.Errorf("%s is a %s, and the findings are %v", scalar, kind, findings)
			continue
		} else if !isGood {
			continue
		}
		got := c.Options()[0].Default
		switch {
		case kind == "null" && got != nil:
			t.Errorf("%s is %q, want none", scalar, *got)
		case kind != "null" && (got == nil || *got != want):
			t.Errorf("%s is %v, want %q", scalar, got, want)
		}
	}
}
