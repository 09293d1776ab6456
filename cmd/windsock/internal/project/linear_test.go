package project

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"

	"windsock/cmd/windsock/internal/pages"
)

// TestManyGlobs reads project files of many globs and other entries: the memory that it
// takes must not grow faster than the file.
func TestManyGlobs(t *testing.T) {
	for key, entry := range map[string]string{
		"docs": "  - path%d\n", "config": "  - path%d\n", "ignore": "  - path%d\n", "literal-directives": "  - path%d\n",
		"units": "  \"[core] x%d\": seconds\n", "rules": "  rule%d: off\n", "regions": "  - {begin: b%d, end: e%d}\n",
	} {
		text := &strings.Builder{}
		fmt.Fprintf(text, "%s:\n", key)
		for i := range 10_000 {
			fmt.Fprintf(text, strings.ReplaceAll(entry, "%d", "%[1]d"), i)
		}
		p := &Project{Path: FileName}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p.decode([]byte(text.String()), knownRules)
		runtime.ReadMemStats(&after)
		if used := (after.TotalAlloc - before.TotalAlloc) / uint64(text.Len()); used > 200 {
			t.Errorf("%s: reading the project file takes %d times its size in memory", key, used)
		}
	}
}

// A project file that is larger than anybody's is refused.
func TestLargeProject(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile(FileName, []byte("# "+strings.Repeat("a", mostProject)+"\n"), 0o666))
	_, err := Find(".", nil, knownRules)
	if want := "cannot read windsock.yaml: it holds more than 4MB"; err == nil || err.Error() != want || !errors.As(err, &pages.TooLarge{}) {
		t.Errorf("%v, want %s", err, want)
	}
}
