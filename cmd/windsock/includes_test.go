package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestIncludesAreReadOnce checks pages that include all files of a chain. It would not end
// if each page, or each file, had the files behind it read again.
func TestIncludesAreReadOnce(t *testing.T) {
	const files = 200
	t.Chdir(t.TempDir())
	var all strings.Builder
	tree := map[string]string{"windsock.yaml": "config: [config.yml]\n", "config.yml": "core: {options: {parallelism: {type: integer, default: \"32\"}}}\n"}
	for i := range files {
		tree[fmt.Sprintf("docs/%d.txt", i)] = fmt.Sprintf(".. include:: %d.txt\n", i+1)
		fmt.Fprintf(&all, ".. include:: %d.txt\n\n", i)
	}
	for i := range 10 {
		tree[fmt.Sprintf("docs/%d.rst", i)] = all.String()
	}
	writeFiles(t, tree)
	if got := printed("check", "docs"); got != "10 pages checked, nothing wrong\n" {
		t.Errorf("got %.200s", got)
	}
	writeFiles(t, map[string]string{fmt.Sprintf("docs/%d.txt", files): ".. airflow-config-default:: [core] parallelism\n"})
	if got := strings.Count(printed("check", "docs"), "[unexpanded]"); got != 10*files {
		t.Errorf("%d findings", got)
	}
}
