package main

import (
	"fmt"
	"runtime"
	"testing"
)

// TestManyWorkers shows that many workers find the same in the pages of all cases, and make the
// same of them, as one that has them to itself.
func TestManyWorkers(t *testing.T) {
	t.Chdir(t.TempDir())
	useDemoData(t)
	writeFiles(t, caseFiles(t, "docs", "page.rst"))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	var found, made []string
	for _, workers := range []int{1, 8} {
		runtime.GOMAXPROCS(workers)
		out := fmt.Sprint("out", workers)
		found = append(found, printed("check", "--format", "json", "docs"))
		printed("expand", "docs", "-o", out)
		t.Chdir(out)
		made = append(made, treeText(t, "."))
		t.Chdir("..")
	}
	if found[0] != found[1] || made[0] != made[1] {
		t.Error("many workers do not find, or make, what one does")
	}
}
