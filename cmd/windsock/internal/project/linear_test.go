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
		few, many := memoryPerByte(key, entry, 1_000), memoryPerByte(key, entry, 10_000)
		if many > 2*few {
			t.Errorf("%s: reading the project file takes %d times its size in memory, a tenth of it %d times", key, many, few)
		}
	}
}

// memoryPerByte returns how many times its size it takes to read a project file of so many
// entries.
func memoryPerByte(key, entry string, entries int) uint64 {
	text := &strings.Builder{}
	fmt.Fprintf(text, "%s:\n", key)
	for i := range entries {
		fmt.Fprintf(text, strings.ReplaceAll(entry, "%d", "%[1]d"), i)
	}
	p := &Project{Path: FileName}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p.decode([]byte(text.String()), knownRules)
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / uint64(text.Len())
}

// A project file that is larger than anybody's is refused.
func TestLargeProject(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile(FileName, []byte("# "+strings.Repeat("a", mostProject)+"\n"), 0o666))
	_, err := Find(".", "", nil, knownRules)
	if want := "cannot read windsock.yaml: it holds more than 4MB"; err == nil || err.Error() != want || !errors.As(err, &pages.TooLarge{}) {
		t.Errorf("%v, want %s", err, want)
	}
}
