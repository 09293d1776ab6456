package grammar_test

import (
	"os"
	"strings"
	"testing"

	"windsock/grammar"
)

// TestEBNF compares the grammars in the package comment with those that the
// parsers have.
func TestEBNF(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for line := range strings.Lines(string(doc)) {
		if production, ok := strings.CutPrefix(strings.TrimSpace(line), "//\t"); ok && strings.Contains(production, "Tree = ") {
			shown[production] = false
		}
	}
	for _, g := range grammar.Grammars() {
		for production := range strings.Lines(g) {
			production = strings.TrimSpace(production)
			if _, ok := shown[production]; !ok {
				t.Errorf("the package comment does not hold\n%s", production)
			}
			shown[production] = true
		}
	}
	for production, ok := range shown {
		if !ok {
			t.Errorf("no grammar has\n%s", production)
		}
	}
}
