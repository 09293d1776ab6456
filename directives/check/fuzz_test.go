package check_test

import (
	"bytes"
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

// FuzzPage checks any bytes: places lie within the page, a page that does not pass the
// gate has nothing to find, fixing twice is fixing once, and a page that is fixed has the
// same structure and inline markup, and no fault that it had not before.
func FuzzPage(f *testing.F) {
	c := &check.Checker{Catalog: load(f, caseData(f), &catalog.Annotations{})}
	fixtures.Seed(f, "check/*.txtar", "page.rst")
	f.Add([]byte("In Airflow, ``[2ore] parallelism\x89?\xbb\xfd\xc1``"))
	f.Add([]byte("In Airflow 2, ``[co1e] parallelis\x7f\x7f\x7fm``"))
	f.Add([]byte("``[core] parallelism`` \x01 is ``4`` (the default)"))
	f.Add([]byte(".. windsock\x1f:\n"))
	f.Add([]byte("\x1e. airflow-config-default::"))
	f.Add([]byte("In Airflow, ``[ onfig][sore] paralelism``"))
	f.Add([]byte("``conf.get(\"cor\",\n\"parallelism\")``.\n k\n"))
	f.Fuzz(func(t *testing.T, source []byte) {
		_, report := checkPage(c, source)
		keepsNothingBack(t, gateOf(c), "page.rst", source)
		for _, r := range report.References {
			if r.Span.Start < 0 || r.Span.End < r.Span.Start || r.Span.End > len(source) {
				t.Fatalf("%+v is not in a page of %d bytes", r, len(source))
			}
		}
		fixed := fixOnce(t, source, report)
		if bytes.Equal(fixed, source) {
			return
		}
		_, after := checkPage(c, fixed)
		leavesNothingNew(t, source, fixed, report, after)
		again := fixOnce(t, fixed, after)
		if bytes.Equal(again, fixed) {
			return
		}
		_, report = checkPage(c, again)
		if thrice := fixOnce(t, again, report); !bytes.Equal(thrice, again) {
			t.Errorf("fixing again gives\n%s\nafter\n%s", thrice, again)
		}
	})
}

// leavesNothingNew fails if fixing a page changed more than words, or brought up a finding
// about another section than those of the fixes: in these, the right names may show what
// else is wrong. So may defaults, of which a row may state several.
func leavesNothingNew(t *testing.T, source, fixed []byte, before, after check.Report) {
	t.Helper()
	edits := check.Fixes(before.Findings)
	moved := render.MapOffsets(edits)
	reader := new(grammar.Reader)
	if a, b := reader.Read(source).Root, reader.Read(fixed).Root; !hasUnread(a) && !directives.SameStructure(a, b, moved) {
		t.Errorf("%q is read otherwise when it is fixed: %q", source, fixed)
	}
	type place struct {
		offset int
		rule   string
	}
	var named bytes.Buffer
	known := map[place]bool{}
	for _, f := range before.Findings {
		known[place{moved(f.Span.Start), f.Rule}] = true
	}
	for _, e := range edits {
		named.Write(bytes.ToLower(e.New))
	}
	for _, f := range before.Findings {
		if f.Certain {
			named.WriteString(f.About.Section)
		}
	}
	isNamed := func(name string) bool { return name != "" && strings.Contains(named.String(), strings.ToLower(name)) }
	for _, f := range after.Findings {
		if f.Rule != finding.WrongDefault && !known[place{f.Span.Start, f.Rule}] && !isNamed(f.About.Section) && !isNamed(f.About.Name) {
			t.Errorf("fixing %q brings up %s: %s at %q", source, f.Rule, f.Message, f.Span.Of(fixed))
		}
	}
}

// hasUnread reports whether a page has a malformed table: with the right words in a row, it may
// be one that docutils reads.
func hasUnread(root *grammar.Element) bool {
	for e := range root.All() {
		if e.Kind == grammar.Unread {
			return true
		}
	}
	return false
}

// fixOnce returns a page with the fixes made that its report has.
func fixOnce(t *testing.T, source []byte, report check.Report) []byte {
	t.Helper()
	fixed, err := render.Splice(source, check.Fixes(report.Findings))
	if err != nil {
		t.Fatal(err)
	}
	return fixed
}
