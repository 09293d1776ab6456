package directives_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers are the packages below cmd and what each may import of the others.
var layers = map[string][]string{
	"windsock/grammar":            {},
	"windsock/render":             {},
	"windsock/directives/finding": {"windsock/grammar"},
	"windsock/directives/catalog": {"windsock/grammar", "windsock/render", "windsock/directives/finding"},
	"windsock/directives":         {"windsock/grammar", "windsock/render", "windsock/directives/finding", "windsock/directives/catalog"},
}

// TestImports compares the imports of the packages with their order: grammar and render,
// finding, catalog, directives; then expand, check and adopt, which do not import each other.
func TestImports(t *testing.T) {
	workers := append([]string{"windsock/directives"}, layers["windsock/directives"]...)
	for _, name := range []string{"expand", "check", "adopt"} {
		layers["windsock/directives/"+name] = workers
	}
	format := `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`
	out, err := exec.Command("go", "list", "-f", format, "windsock/grammar", "windsock/render", "windsock/directives/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		imports := strings.Fields(line)
		allowed, known := layers[imports[0]]
		for _, path := range imports[1:] {
			own := strings.HasPrefix(path, "windsock/") && !strings.Contains(path, "/internal/")
			if known && own && !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", imports[0], path)
			}
		}
		delete(layers, imports[0])
	}
	for path := range layers {
		t.Errorf("there is no package %s", path)
	}
}
