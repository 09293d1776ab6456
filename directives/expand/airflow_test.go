package expand_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/fixtures"
)

// airflowCatalog loads Airflow's own configuration data.
func airflowCatalog(t *testing.T) *catalog.Catalog {
	t.Helper()
	var files []catalog.File
	for i, f := range fixtures.Data(t) {
		files = append(files, catalog.File{Path: f.Path, Data: f.Data, Provider: i > 0})
	}
	c, findings := catalog.Load(files, catalog.Embedded())
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return c
}

// TestOutputsReadWell asks docutils about the output of every case: where the
// author made no fault, docutils has none to report.
func TestOutputsReadWell(t *testing.T) {
	var names, pages []string
	fixtures.Cases(t, "expand/*.txtar", func(_ *testing.T, c *fixtures.Case) {
		for _, form := range []string{"output", "in-place"} {
			if page, ok := c.File(form); ok {
				names, pages = append(names, filepath.Base(c.Path)+" "+form), append(pages, string(page))
			}
		}
	})
	faults := []string{"near_miss.txtar", "place_literal.txtar", "bytes_kept.txtar", "role_near_miss.txtar", "near_miss_forms.txtar", "near_miss_none.txtar", "near_miss_slips.txtar"} // of the pages themselves
	for i, reading := range fixtures.ReadBack(t, pages) {
		if name, _, _ := strings.Cut(names[i], " "); len(reading.Messages) > 0 && !slices.Contains(faults, name) {
			t.Errorf("%s: docutils says %q", names[i], reading.Messages)
		}
	}
}
