package check_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/fixtures"
	"windsock/grammar"
	"windsock/render"
)

// caseData returns the files of data of the cases in fixtures/check.
func caseData(t testing.TB) []catalog.File {
	t.Helper()
	var files []catalog.File
	for _, name := range []string{"config.yml", "provider.yaml"} {
		data, err := os.ReadFile(filepath.Join(fixtures.Root(), "check", name))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, catalog.File{Path: name, Data: data, Provider: name == "provider.yaml"})
	}
	return files
}

// annotations decodes the annotations of a project file.
func annotations(t testing.TB, file []byte) *catalog.Annotations {
	t.Helper()
	y, problems := catalog.ParseYAML("windsock.yaml", file)
	a, more := catalog.DecodeAnnotations(y)
	if len(problems)+len(more) > 0 {
		t.Fatal(problems, more)
	}
	return a
}

// load loads data with Airflow's annotations and those of a project.
func load(t testing.TB, files []catalog.File, project *catalog.Annotations) *catalog.Catalog {
	t.Helper()
	c, findings := catalog.Load(files, catalog.Embedded().Extend(project))
	for _, f := range findings {
		t.Fatalf("%s:%d: %s", f.Path, f.Start.Line, f.Message)
	}
	return c
}

// checkPage returns what is wrong in a page, and its references.
func checkPage(c *check.Checker, source []byte) ([]finding.Located, check.Report) {
	report := c.Page(c.Reader().Read(source))
	return finding.Resolve("page.rst", source, report.Findings), report
}

// TestCases checks the pages in fixtures/check: what is found, which references
// there are, and what --fix makes of the page. What is found does not depend on
// line endings, and fixing twice is fixing once. A case may have a project file.
func TestCases(t *testing.T) {
	shared := load(t, caseData(t), &catalog.Annotations{})
	fixtures.Cases(t, "check/*.txtar", func(t *testing.T, tc *fixtures.Case) {
		c := &check.Checker{Catalog: shared}
		c.Bindings = []directives.Binding{{Begin: "START TABLE", End: "END TABLE", Directive: ".. airflow-sensitive-vars:: core"}}
		if file, ok := tc.File("windsock.yaml"); ok {
			c.Catalog = load(t, caseData(t), annotations(t, file))
		}
		source, ok := tc.File("page.rst")
		if !ok {
			t.Fatal("the case has no page.rst")
		}
		findings, report := checkPage(c, source)
		tc.Want(t, "findings", describe(findings))
		if _, ok := tc.File("references"); ok {
			tc.Want(t, "references", references(source, report.References))
		}
		fixed := fix(t, c, source)
		if !bytes.Equal(fixed, source) {
			tc.Want(t, "fixed.rst", string(fixed))
		} else {
			tc.Want(t, "fixed.rst", "")
		}
		if again := fix(t, c, fixed); !bytes.Equal(again, fixed) {
			t.Errorf("fixing twice gives\n%s", again)
		}
		if !bytes.Contains(source, []byte("\r")) {
			crlf, _ := checkPage(c, bytes.ReplaceAll(source, []byte("\n"), []byte("\r\n")))
			if got, want := describe(crlf), describe(findings); strings.ReplaceAll(got, "\r", "") != want {
				t.Errorf("with CRLF:\n%s", got)
			}
		}
	})
}

// fix returns a page with the certain fixes written.
func fix(t *testing.T, c *check.Checker, source []byte) []byte {
	t.Helper()
	_, report := checkPage(c, source)
	out, err := render.Splice(source, check.Fixes(report.Findings))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// describe writes findings: the place, the message, the words, what to write.
func describe(findings []finding.Located) string {
	slices.SortStableFunc(findings, finding.Compare)
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s]\n", f.Start.Line, f.Start.Column, f.Severity, f.Message, f.Rule)
		fmt.Fprintf(&b, "    words: %s\n", strings.Join(strings.Fields(f.Text), " "))
		if f.Suggestion != "" {
			word := "write"
			if f.Certain {
				word = "fix"
			}
			fmt.Fprintf(&b, "    %s: %s\n", word, f.Suggestion)
		}
		if f.Help != "" {
			fmt.Fprintf(&b, "    help: %s\n", strings.ReplaceAll(f.Help, "\n", "\n    "))
		}
		if f.Declared.Line > 0 {
			fmt.Fprintf(&b, "    declared: %s:%d\n", f.Declared.Path, f.Declared.Line)
		}
	}
	return b.String()
}

// references writes references, a line each.
func references(source []byte, refs []check.Reference) string {
	lines := grammar.NewLines(source)
	var b strings.Builder
	for _, r := range refs {
		at := lines.Position(r.Span.Start)
		fmt.Fprintf(&b, "%d:%d: %s %q: [%s] %s: %s\n", at.Line, at.Column, r.Kind, r.Text, r.Section, r.Option, r.Status)
	}
	return b.String()
}
