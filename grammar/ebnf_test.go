package grammar

import (
	"os"
	"strings"
	"testing"
)

// TestEBNF compares the grammars in the package comment with those that the
// parsers have.
func TestEBNF(t *testing.T) {
	page, err := pageGrammar()
	if err != nil {
		t.Fatal(err)
	}
	items, err := itemGrammar()
	if err != nil {
		t.Fatal(err)
	}
	reference, err := referenceGrammar()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range []string{page.String(), items.String(), reference.String()} {
		want := "//\t" + strings.ReplaceAll(g, "\n", "\n//\t") + "\n"
		if !strings.Contains(string(doc), want) {
			t.Errorf("the package comment does not hold\n%s", want)
		}
	}
}
