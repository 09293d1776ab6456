package check_test

import (
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/fixtures"
)

// TestFilter holds the filter against the checks: to look only where something is
// suspected finds the same, be the page one of Airflow's, a mutant of one, or a case.
func TestFilter(t *testing.T) {
	c, pages := corpus(t)
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	passed := 0
	for _, p := range pages {
		if sameFound(t, c, p.path, p.source) > 0 {
			passed++
		}
		for range 3 {
			sameFound(t, c, p.path, shuffled(p.source, pages[random.IntN(len(pages))].source, random))
		}
	}
	t.Logf("%d of %d pages pass the filter", passed, len(pages))
	if passed*10 > len(pages) {
		t.Errorf("%d of %d pages pass the filter", passed, len(pages))
	}
}

// TestFilterCases holds the filter against the cases.
func TestFilterCases(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	fixtures.Cases(t, "check/*.txtar", func(t *testing.T, tc *fixtures.Case) {
		source, _ := tc.File("page.rst")
		sameFound(t, c, tc.Path, source)
	})
}

// TestFilterColumns holds the filter against literals in cells that go on in the next line,
// with other cells between. Nothing is written in the place of those.
func TestFilterColumns(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	for _, page := range []string{
		"=  =========================  =\na  ``[zz]                     5\n   jwt_cli_expiration_time``\n=  =========================  =\n",
		"= ========================= =\na xxxxxxxxxxxxxxxxxx ``[zz] 5\n  jwt_cli_expiration_time``\n= ========================= =\n",
		"=== =============== =\na   ``[core]        5\n    paralellism``   6\n=== =============== =\n",
		"+---------------+---+\n| ``[core]      | 5 |\n| paralellism`` | 6 |\n+---------------+---+\n",
	} {
		sameFound(t, c, "page.rst", []byte(page))
		found := c.Page(c.Reader().ReadAll([]byte(page))).Diagnostics
		if len(found) != 1 {
			t.Errorf("%q: %d findings", page, len(found))
		}
		if edits := check.Fixes(found); len(edits) > 0 {
			t.Errorf("%q: the fix is %+v", page, edits)
		}
	}
}

// TestFilterWords holds the filter against pages that are put together at random from
// what references are made of: some nearly say something wrong.
func TestFilterWords(t *testing.T) {
	c := &check.Checker{Catalog: load(t, caseData(t), &catalog.Annotations{})}
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	kept := 0
	for range 50_000 {
		page := wordsOf(c.Catalog.Options(), random)
		if sameFound(t, c, "page.rst", page) == 0 {
			kept++
		}
		if t.Failed() {
			t.Fatalf("%q", page)
		}
	}
	if kept < 10_000 {
		t.Errorf("the filter keeps back but %d pages", kept)
	}
}

// wordsOf returns a page of a few words, of which one or none is a wrong name.
func wordsOf(options []*catalog.Option, random *rand.Rand) (page []byte) {
	section := options[random.IntN(len(options))].Section
	words := 2 + random.IntN(8)
	wrong := random.IntN(2 * words)
	for i := range words {
		piece := filterPieces[random.IntN(len(filterPieces))]
		if i == wrong || random.IntN(4) == 0 {
			o := options[random.IntN(len(options))]
			name := []byte(o.Name)
			if i == wrong {
				name[random.IntN(len(name))] = 'q'
			}
			form := filterNames[random.IntN(len(filterNames))]
			if random.IntN(2) == 0 {
				section = o.Section
			}
			piece = strings.NewReplacer("SECTION", strings.ToUpper(section), "NAME", strings.ToUpper(string(name)), "section", section, "name", string(name)).Replace(form)
		}
		page = append(append(page, piece...), filterGaps[random.IntN(len(filterGaps))]...)
	}
	return page
}

// The pieces of such pages, the forms of names in them, and what stands between.
var (
	filterPieces = []string{
		"section", "sections", "Section", "of", "called", "in", "the", "and", "option", "to", "airflow.cfg", "``airflow.cfg``",
		"configuration", "defaults to", "by default", "Default", "(default)", "``5``", "* ", "- ", "#. ", "1. ", "a) ", "/", "|", ":",
		".", "::\n\n ", ".. note::", "deprecated", "+---+\n", "=== ===\n", "\u00a0", "\x1c", "**", "* - ", ".. list-table::\n\n",
		"term\n  ", "[config]", "` ", "\n\n   ", "conf.get('", "airflow config get-value", "Airflow added a word_of_more",
	}
	filterNames = []string{
		"``name``", "``name``", "``section``", "``section``", "``[section]``", "``[section]``", "``[section] name``", "``section.name``",
		"[section]\n", "[section]", "[section] name", "name = 1\n", "section name", "``[section]name = 1``", "``x [section] name``",
		"AIRFLOW__SECTION__NAME", "``AIRFLOW__SECTION__NAME``", ":ref:`config:section__name`", "https://x.org/#config:section__name",
		"``[section] name is``", "``[section] fixed a``",
	}
	filterGaps = []string{" ", " ", " ", "", "\n", "\n\n", "\n  ", "  ", "\r\n", ": ", ", ", ".\n\n", ":\n\n", "\n" + strings.Repeat(" ", 50)}
)

// sameFound fails unless to look only where something is suspected finds all that there
// is to find, and returns the number of suspects.
func sameFound(t *testing.T, c *check.Checker, path string, source []byte) int {
	t.Helper()
	suspects := c.Suspects(source)
	want := c.Page(c.Reader().ReadAll(source)).Diagnostics
	if got := c.Findings(c.Reader().ReadAround(source, suspects), suspects); !reflect.DeepEqual(got, want) {
		t.Errorf("%s: with suspects %d the filter leaves %s of %s", path, suspects,
			describe(finding.Resolve(path, source, got)), describe(finding.Resolve(path, source, want)))
	}
	return len(suspects)
}

// BenchmarkFilter looks through Airflow's pages.
func BenchmarkFilter(b *testing.B) {
	c, pages := corpus(b)
	b.SetBytes(sizeOf(pages))
	for b.Loop() {
		for _, p := range pages {
			c.Suspects(p.source)
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
