package adopt_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/adopt"
	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/fixtures"
	"windsock/grammar"
	"windsock/render"
)

// bindings are the regions of the cases.
var bindings = []directives.Binding{{
	Begin: "START SECRETS", End: "END SECRETS",
	Directive: ".. airflow-sensitive-vars:: celery\n   :columns: env-var\n\n   **Secrets:**\n",
}}

// newAdopter returns an adopter of the demo's options.
func newAdopter(t testing.TB, project []byte) *adopt.Adopter {
	t.Helper()
	var files []catalog.File
	for _, name := range []string{"config.yml", "providers/celery/provider.yaml"} {
		data, err := os.ReadFile(filepath.Join(fixtures.Root(), "airflow", name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, catalog.File{Path: name, Data: data, Provider: name != "config.yml"})
	}
	file, bad := catalog.ParseYAML("windsock.yaml", project)
	own, worse := catalog.DecodeAnnotations(file)
	c, worst := catalog.Load(files, catalog.Embedded().Extend(own))
	if len(bad)+len(worse)+len(worst) > 0 {
		t.Fatal(bad, worse, worst)
	}
	return adopterOf(c)
}

// adopterOf returns an adopter of the options of a catalogue.
func adopterOf(c *catalog.Catalog) *adopt.Adopter {
	e := &expand.Expander{Catalog: c, Bindings: bindings}
	return &adopt.Adopter{
		Catalog: c,
		Read:    e.Reader().Read,
		Expand: func(path string, doc *grammar.Document) adopt.Expansion {
			r := e.Expand(expand.Page{Path: path, Source: doc.Source}, doc)
			regions, stale := regionsOf(e, r)
			return adopt.Expansion{Output: r.Output, Blocked: r.Blocked, Findings: r.Findings, Regions: regions, Stale: stale}
		},
		Replace: expand.Replace,
	}
}

// regionsOf returns the managed regions of a page, and why some are not current.
func regionsOf(e *expand.Expander, result expand.Result) (regions directives.Regions, stale map[*directives.Region]string) {
	stale = map[*directives.Region]string{}
	for _, x := range result.Expansions {
		if x.Region == nil {
			continue
		}
		regions = append(regions, x.Region)
		for _, reason := range e.Reasons(x) {
			stale[x.Region] = reason.Message
		}
	}
	return regions, stale
}

// adoptPage returns what becomes of a page, and what is said of its tables.
func adoptPage(t testing.TB, a *adopt.Adopter, source []byte) (adopted []byte, verdicts string) {
	t.Helper()
	r := a.Page("page.rst", source)
	adopted, err := render.Splice(source, r.Edits)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	lines := grammar.NewLines(source)
	changed := 0
	for _, v := range r.Verdicts {
		said := "kept: " + v.Reason
		if v.Reason == "" {
			said, changed = "becomes a directive", changed+1
		}
		fmt.Fprintf(&b, "%d: %s\n", lines.Number(v.Span.Start), said)
	}
	for _, f := range finding.Resolve("page.rst", source, r.Findings) {
		fmt.Fprintf(&b, "%d: %s [%s]\n", f.Start.Line, f.Message, f.Rule)
	}
	if changed != len(r.Edits) {
		t.Errorf("%d edits for %d tables and regions that become directives", len(r.Edits), changed)
	}
	return adopted, b.String()
}

// expandPage returns what a page becomes in an output tree.
func expandPage(t testing.TB, a *adopt.Adopter, source []byte) []byte {
	t.Helper()
	r := a.Expand("page.rst", a.Read(source))
	if r.Blocked {
		t.Fatalf("%s\ncannot be expanded: %v", source, r.Findings)
	}
	return r.Output
}

// TestAdopt runs the cases in fixtures/adopt: what a page becomes, and what is said
// of its tables. What is adopted, expanded, reads in docutils as the page did; line
// endings do not matter; and a second run adopts nothing more.
func TestAdopt(t *testing.T) {
	var names, before, after []string
	fixtures.Cases(t, "adopt/*.txtar", func(t *testing.T, c *fixtures.Case) {
		source, ok := c.File("page.rst")
		if !ok {
			t.Fatal("the case has no page.rst")
		}
		project, _ := c.File("windsock.yaml")
		a := newAdopter(t, project)
		_, a.KeepRegions = c.File("keep-regions")
		adopted, verdicts := adoptPage(t, a, source)
		c.Want(t, "verdicts", verdicts)
		if bytes.Equal(adopted, source) {
			c.Want(t, "adopted", "")
			return
		}
		c.Want(t, "adopted", string(adopted))
		names, before, after = append(names, c.Path), append(before, string(source)), append(after, string(expandPage(t, a, adopted)))
		if again, _ := adoptPage(t, a, adopted); !bytes.Equal(again, adopted) {
			t.Errorf("a second run gives\n%s", again)
		}
		checker := &check.Checker{Catalog: a.Catalog}
		if found := checker.Page(a.Read(adopted)).Findings; len(found) > len(checker.Page(a.Read(source)).Findings) {
			t.Errorf("what was adopted is found to be wrong: %v", found)
		}
		crlf := func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n")) }
		if bytes.Contains(source, []byte("\r")) {
			return
		}
		if got, _ := adoptPage(t, a, crlf(source)); !bytes.Equal(got, crlf(adopted)) {
			t.Errorf("with CRLF the page becomes\n%q", got)
		}
	})
	compareTrees(t, names, before, after)
}

// TestProof shows that edits after which a page would read otherwise are given up.
func TestProof(t *testing.T) {
	page := []byte(".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] parallelism``\n     - 32\n")
	for _, c := range []struct{ written, reason string }{
		{".. airflow-config-default::\n\n   [core] parallelism\n", ""},
		{".. airflow-config-default::\n   :header: Option, Value\n\n   [core] parallelism\n", "table 1"},
		{".. airflow-config-default::\n   :class: wide\n\n   [core] parallelism\n", "table 1"},
		{".. airflow-config-default::\n\n   [core] y\n", "option [core] y does not exist"},
		{"* .. airflow-config-default::\n\n     [core] parallelism\n", "table 1"},
		{"Text.\n", "0 tables, not 1"},
	} {
		a := newAdopter(t, nil)
		a.Replace = func(source []byte, _ *grammar.Directive, _ []string) (render.Edit, error) {
			return render.Edit{End: len(source), New: []byte(c.written)}, nil
		}
		r := a.Page("page.rst", page)
		if got := r.Verdicts[0].Reason; !strings.Contains(got, c.reason) || (got == "") != (c.reason == "") || (r.Edits == nil) != (c.reason != "") {
			t.Errorf("%q: %q, want %q", c.written, got, c.reason)
		}
	}
}

// compareTrees asks docutils whether pages read the same before and after.
func compareTrees(t *testing.T, names, before, after []string) {
	t.Helper()
	if len(names) == 0 {
		return
	}
	trees := fixtures.Doctrees(t, append(before, after...))
	for i := range before {
		if was, is := trees[i], trees[i+len(before)]; was != is {
			t.Errorf("%s: docutils reads\n%s\nas\n%s\nand\n%s\nas\n%s", names[i], before[i], was, after[i], is)
		}
	}
}
