package check_test

import (
	"bytes"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/fixtures"
	"windsock/render"
)

// FuzzPage checks any bytes: places lie within the page, a page that does not pass the
// gate has nothing to find, and fixing twice is fixing once.
func FuzzPage(f *testing.F) {
	c := &check.Checker{Catalog: load(f, caseData(f), &catalog.Annotations{})}
	fixtures.Seed(f, "check/*.txtar", "page.rst")
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
		_, report = checkPage(c, fixed)
		again := fixOnce(t, fixed, report)
		if bytes.Equal(again, fixed) {
			return
		}
		_, report = checkPage(c, again)
		if thrice := fixOnce(t, again, report); !bytes.Equal(thrice, again) {
			t.Errorf("fixing again gives\n%s\nafter\n%s", thrice, again)
		}
	})
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
