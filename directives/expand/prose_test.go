package expand_test

import (
	"fmt"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/grammar"
	"windsock/render"
)

// docutils drops a page with too long a line, so no description may
// make one, whether it is passed on, shown as text or cut to a sentence. A
// description that is twice as long must not need four times the work, which a test
// that hangs would show.
func TestLongDescriptionsAreCut(t *testing.T) {
	for _, word := range []string{
		"word ", "name_ ", "* item ", "x", "- ", "``a. b`` ", "e.g. ", `\`, "`", "*x ", "| ", "\t", "- x\n", "x\n\n", "text::\n\n  y\n\n", "a: ::\n", "`a <http://b>`_ ", "====\n", "é ",
	} {
		description := strings.Repeat(word, (2*render.MaxLine)/len(word)) + "."
		data := fmt.Sprintf("core:\n  options:\n    a: {type: string, default: ~, sensitive: true, description: %q}\n", description)
		cat, findings := catalog.Load([]catalog.File{{Path: "config.yml", Data: []byte(data)}}, catalog.Embedded())
		if len(findings) > 0 {
			t.Fatal(findings)
		}
		e := &expand.Expander{Catalog: cat}
		for _, source := range []string{
			".. airflow-config-default:: [core] *\n   :columns: description\n",
			".. airflow-sensitive-vars:: core\n   :describe: data\n",
		} {
			doc := (&grammar.Reader{Directives: directives.Types()}).Read([]byte(source))
			result := e.Expand(expand.Page{Path: "page.rst", Source: []byte(source)}, doc)
			if len(result.Expansions) != 1 {
				t.Fatal(result.Findings)
			}
			for _, l := range strings.Split(string(result.Output), "\n") {
				if len(l) > render.MaxLine {
					t.Errorf("%q makes a line of %d characters", word, len(l))
				}
			}
		}
	}
}
