package check_test

import (
	"math/rand/v2"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/fixtures"
)

// TestFilter holds the filter against the checks: a page that it keeps back has
// nothing to report, be it one of Airflow's, a mutant of one, or a case.
func TestFilter(t *testing.T) {
	c, pages := corpus(t)
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	kept := 0
	for _, p := range pages {
		if c.MayFind(p.source) {
			kept++
		} else {
			wantNothing(t, c, p.path, p.source)
		}
		for range 3 {
			m := shuffled(p.source, pages[random.IntN(len(pages))].source, random)
			if !c.MayFind(m) {
				wantNothing(t, c, p.path, m)
			}
		}
	}
	t.Logf("%d of %d pages pass the filter", kept, len(pages))
	if kept*10 > len(pages) {
		t.Errorf("%d of %d pages pass the filter", kept, len(pages))
	}
}

// TestFilterCases holds the filter against the cases.
func TestFilterCases(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	fixtures.Cases(t, "check/*.txtar", func(t *testing.T, tc *fixtures.Case) {
		source, _ := tc.File("page.rst")
		if !c.MayFind(source) {
			wantNothing(t, c, tc.Path, source)
		}
	})
}

// wantNothing fails if a page has anything to report.
func wantNothing(t *testing.T, c *check.Checker, path string, source []byte) {
	t.Helper()
	if found, _ := checkPage(c, source); len(found) > 0 {
		t.Errorf("%s: the filter keeps back %s", path, describe(found))
	}
}

// BenchmarkFilter looks through Airflow's pages.
func BenchmarkFilter(b *testing.B) {
	c, pages := corpus(b)
	b.SetBytes(sizeOf(pages))
	for b.Loop() {
		for _, p := range pages {
			c.MayFind(p.source)
		}
	}
}

// shuffled returns a page with a piece of another in the place of one of its own.
func shuffled(page, other []byte, random *rand.Rand) []byte {
	if len(page) == 0 || len(other) == 0 {
		return page
	}
	at, from := random.IntN(len(page)), random.IntN(len(other))
	end, to := at+random.IntN(min(200, len(page)-at)+1), from+random.IntN(min(400, len(other)-from)+1)
	out := append([]byte(nil), page[:at]...)
	return append(append(out, other[from:to]...), page[end:]...)
}
