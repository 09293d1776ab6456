package project

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/fixtures"
)

// TestManyGlobs reads project files of many globs and other entries: the memory that it
// takes must not grow faster than the file.
func TestManyGlobs(t *testing.T) {
	for key, entry := range map[string]string{
		"docs": "  - path%d\n", "config": "  - path%d\n", "ignore": "  - path%d\n", "literal-directives": "  - path%d\n",
		"units": "  \"[core] x%d\": seconds\n", "rules": "  rule%d: off\n", "regions": "  - {begin: b%d, end: e%[1]d}\n",
	} {
		fixtures.Linear(t, key, 1000, func(n int) {
			text := []byte(key + ":\n")
			for i := range n {
				text = fmt.Appendf(text, entry, i)
			}
			(&Project{Path: FileName}).decode(text, knownRules)
		})
	}
}

// A project file that is larger than anybody's is refused.
func TestLargeProject(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile(FileName, []byte("# "+strings.Repeat("a", maxProjectSize)+"\n"), 0o666))
	_, err := Find(".", "", nil, knownRules)
	if want := "cannot read windsock.yaml: it is larger than 4MB"; err == nil || err.Error() != want || !errors.As(err, &pages.TooLarge{}) {
		t.Errorf("%v, want %s", err, want)
	}
}
