package expand_test

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/fixtures"
	"windsock/grammar"
)

// TestExpand runs the cases in fixtures/expand. A case holds page.rst, may hold
// config.yml, providers/*/provider.yaml and windsock.yaml (annotations), and says
// what is expected as "output" (an output tree), "in-place" and "findings".
func TestExpand(t *testing.T) {
	fixtures.Cases(t, "expand/*.txtar", func(t *testing.T, c *fixtures.Case) {
		source, ok := c.File("page.rst")
		if !ok {
			t.Fatal("the case has no page.rst")
		}
		cat := loadCase(t, c)
		path := "page.rst"
		if p, ok := c.File("path"); ok {
			path = strings.TrimSpace(string(p))
		}
		for _, form := range []struct {
			name string
			mode expand.Mode
		}{{"output", expand.OutputTree}, {"in-place", expand.InPlace}} {
			e := &expand.Expander{Catalog: cat, Mode: form.mode, Bindings: bindings}
			r := e.Expand(expand.Page{Path: path, Source: source}, e.Reader().Read(source))
			if form.mode == expand.OutputTree {
				c.Want(t, "findings", findingsText(source, r))
			}
			if r.Blocked {
				if !bytes.Equal(r.Output, source) {
					t.Error("a blocked page was changed")
				}
				continue
			}
			if roles := unexpanded(r); len(roles) > 0 {
				if _, ok := c.File("in-place findings"); ok {
					c.Want(t, "in-place findings", findingsText(source, expand.Result{Findings: roles}))
				}
				continue
			}
			c.Want(t, form.name, string(r.Output))
			mapsLines(t, source, r)
			keepsPromises(t, e, path, source, r)
		}
	})
}

// unexpanded returns the findings of roles that stay, as all do in place.
func unexpanded(r expand.Result) []finding.Finding {
	var roles []finding.Finding
	for _, d := range r.Findings {
		if d.Rule == finding.Unexpanded {
			roles = append(roles, d)
		}
	}
	return roles
}

// bindings are the seed's regions, much shortened.
var bindings = []directives.Binding{{
	Begin: "START SECRETS", End: "END SECRETS",
	Directive: ".. airflow-sensitive-vars:: core\n   :columns: env-var\n\n   **Secrets:**\n",
}}

// keepsPromises checks what holds for every page: the output holds no directive
// of windsock's, expanding it again changes nothing, and line endings do not
// matter.
func keepsPromises(t *testing.T, e *expand.Expander, path string, source []byte, r expand.Result) {
	t.Helper()
	doc := e.Reader().Read(r.Output)
	for _, n := range doc.Nodes {
		if n.Directive != nil && directives.Define(n.Directive.Type.Value) != nil {
			t.Errorf("the output holds a directive: %q", n.Span.Of(r.Output))
		}
	}
	for in := range rolesOf(doc) {
		t.Errorf("the output holds a role: %q", in.Span.Of(r.Output))
	}
	again := e.Expand(expand.Page{Path: path, Source: r.Output}, doc)
	if !bytes.Equal(again.Output, r.Output) {
		t.Errorf("expanding the output changes it:\n%s", again.Output)
	}
	sameWithCRLF(t, e, path, source, r)
}

// sameWithCRLF checks that a page with CRLF for LF expands to the same.
func sameWithCRLF(t *testing.T, e *expand.Expander, path string, source []byte, r expand.Result) {
	t.Helper()
	if bytes.Contains(source, []byte("\r")) {
		return
	}
	crlf := bytes.ReplaceAll(source, []byte("\n"), []byte("\r\n"))
	other := e.Expand(expand.Page{Path: path, Source: crlf}, e.Reader().Read(crlf))
	if want := bytes.ReplaceAll(r.Output, []byte("\n"), []byte("\r\n")); !bytes.Equal(other.Output, want) {
		t.Errorf("with CRLF the output is another:\n%q\nwant\n%q", other.Output, want)
	}
}

// rolesOf yields the roles of windsock's in a page.
func rolesOf(doc *grammar.Document) iter.Seq[grammar.Inline] {
	return func(yield func(grammar.Inline) bool) {
		if doc.Root == nil {
			return
		}
		for e := range doc.Root.All() {
			for _, in := range e.Inlines {
				if in.Kind == grammar.Role && strings.EqualFold(in.Name.Value, directives.Role().Name) && !yield(in) {
					return
				}
			}
		}
	}
}

// loadCase loads the data of a case, or the data that cases share.
func loadCase(t *testing.T, c *fixtures.Case) *catalog.Catalog {
	t.Helper()
	var files []catalog.File
	for _, name := range c.Names() {
		if data, _ := c.File(name); strings.HasSuffix(name, "provider.yaml") || name == "config.yml" {
			files = append(files, catalog.File{Path: name, Data: data, Provider: name != "config.yml"})
		}
	}
	if files == nil {
		files = demoData(t)
	}
	annotations := catalog.Embedded()
	if data, ok := c.File("windsock.yaml"); ok {
		file, bad := catalog.ParseYAML("windsock.yaml", data)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		own, bad := catalog.DecodeAnnotations(file)
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		annotations = annotations.Extend(own)
	}
	cat, findings := catalog.Load(files, annotations)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return cat
}

// demoData reads the configuration data of the demo.
func demoData(t testing.TB) []catalog.File {
	t.Helper()
	root := filepath.Join(fixtures.Root(), "airflow")
	var files []catalog.File
	for _, name := range []string{"config.yml", "providers/celery/provider.yaml", "providers/cncf/kubernetes/provider.yaml", "providers/keycloak/provider.yaml"} {
		data, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, catalog.File{Path: name, Data: data, Provider: name != "config.yml"})
	}
	return files
}

// findingsText writes findings as cases hold them: place, message, the words that
// are marked, help.
func findingsText(source []byte, r expand.Result) string {
	var b strings.Builder
	for _, f := range append(finding.Resolve("page.rst", source, r.Findings), r.Data...) {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", f.Path, f.Start.Line, f.Start.Column, f.Severity, f.Message, f.Rule)
		if f.Text != "" {
			fmt.Fprintf(&b, "  at: %s\n", strings.ReplaceAll(f.Text, "\n", "\n      "))
		}
		if f.Help != "" {
			fmt.Fprintf(&b, "  help: %s\n", strings.ReplaceAll(strings.TrimSpace(f.Help), "\n", "\n        "))
		}
	}
	return b.String()
}
