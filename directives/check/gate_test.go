package check_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"windsock/directives/expand"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/fixtures"
	"windsock/grammar"
)

// A gated is what pages are expanded and checked with, and the gate for these.
type gated struct {
	*check.Checker
	expander *expand.Expander
	passes   func(source []byte) bool
}

// gateOf returns a checker with an expander for the same data, and the gate for both.
func gateOf(c *check.Checker) *gated {
	e := &expand.Expander{Catalog: c.Catalog, Bindings: c.Bindings, LiteralDirectives: c.LiteralDirectives}
	return &gated{c, e, directives.NewGate(append(e.Triggers(), c.Triggers()...)...).Passes}
}

// keepsNothingBack fails if a page that the gate keeps back holds a reference, a finding,
// a directive of windsock's, a region or a role. It reports whether the page passes.
func keepsNothingBack(t *testing.T, g *gated, path string, source []byte) bool {
	t.Helper()
	if g.passes(source) {
		return true
	}
	doc := g.expander.Reader().Read(source)
	expanded := g.expander.Expand(expand.Page{Path: path, Source: source}, doc)
	report := g.Page(doc, expanded.Findings...)
	nodes := slices.DeleteFunc(slices.Clone(doc.Nodes), func(n grammar.Node) bool {
		return n.Directive != nil && directives.Define(n.Directive.Type.Value) == nil
	})
	if len(report.References) > 0 || len(report.Findings) > 0 || len(nodes) > 0 || len(expanded.Expansions) > 0 {
		t.Errorf("%s: the gate keeps back %d directives and comments, %d expansions, and\n%s%s\n%.2000q", path, len(nodes), len(expanded.Expansions),
			references(source, report.References), describe(finding.Resolve(path, source, report.Findings)), source)
	}
	return false
}

// TestGate reads Airflow's pages, and mutants of them, that do not pass the gate.
func TestGate(t *testing.T) {
	c, pages := corpus(t)
	g := gateOf(c)
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	passed := 0
	for _, p := range pages {
		if keepsNothingBack(t, g, p.Path, p.Data) {
			passed++
		}
		for range fixtures.Rounds(1, 3) {
			keepsNothingBack(t, g, p.Path, shuffled(p.Data, pages[random.IntN(len(pages))].Data, random))
		}
	}
	if t.Logf("%d of %d pages pass the gate", passed, len(pages)); passed*5 > 2*len(pages) {
		t.Errorf("%d of %d pages pass the gate", passed, len(pages))
	}
}

// TestGateCases reads all files of all cases that do not pass the gate.
func TestGateCases(t *testing.T) {
	g := gateOf(&check.Checker{Catalog: load(t, caseData(t), catalog.Embedded())})
	fixtures.Cases(t, "*/*.txtar", func(t *testing.T, tc *fixtures.Case) {
		for _, name := range tc.Names() {
			source, _ := tc.File(name)
			keepsNothingBack(t, g, name, source)
		}
	})
}

// TestGateWords reads pages that are put together at random from what references are made
// of: as such, and between the borders of a table.
func TestGateWords(t *testing.T) {
	g := gateOf(&check.Checker{Catalog: load(t, caseData(t), catalog.Embedded())})
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	kept := 0
	for range fixtures.Rounds(2_000, 20_000) {
		if page := wordsOf(g.Catalog.Options(), random); !keepsNothingBack(t, g, "page.rst", page) {
			kept++
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	if kept < 100 {
		t.Errorf("the gate keeps back but %d pages", kept)
	}
}

// TestGateCells holds references in cells that go on in the next line, with other cells
// between, and directives there.
func TestGateCells(t *testing.T) {
	g := gateOf(&check.Checker{Catalog: load(t, caseData(t), catalog.Embedded())})
	for _, page := range []string{
		"===== ====== =\n..           x\n      airflow-config-default:: [core] parallelism\n===== ====== =\n",
		"+------------------------------+---+\n| ..                           | x |\n| airflow-config-default:: [a] | x |\n+------------------------------+---+\n",
		"+------------------------------+---+\n| .. |x|                       | x |\n|    airflow-config-default::  | x |\n+------------------------------+---+\n",
		"+--------------+---+\n| ``core``     | x |\n| section      | x |\n| parallelism  | x |\n+--------------+---+\n",
		"+--------------+---+\n| ``core``     | x |\n| / ``dags_x`` | x |\n+--------------+---+\n",
		"core section\n============\n\n= =======\na Default\n= =======\nparallelism 5\n= =======\n",
		"core section\n============\n\n.. csv-table::\n   :delim: space\n   :header-rows: 1\n\n   a Default\n   parallelism 5\n",
	} {
		keepsNothingBack(t, g, "page.rst", []byte(page))
	}
}

// wordsOf returns a page of a few words, of which one or none is a wrong name.
func wordsOf(options []*catalog.Option, random *rand.Rand) (page []byte) {
	section := options[random.IntN(len(options))].Section
	words := 2 + random.IntN(8)
	wrong := random.IntN(2 * words)
	for i := range words {
		piece := gatePieces[random.IntN(len(gatePieces))]
		if i == wrong || random.IntN(4) == 0 {
			o := options[random.IntN(len(options))]
			name := []byte(o.Name)
			if i == wrong {
				name[random.IntN(len(name))] = 'q'
			}
			form := gateNames[random.IntN(len(gateNames))]
			if random.IntN(2) == 0 {
				section = o.Section
			}
			piece = strings.NewReplacer("SECTION", strings.ToUpper(section), "NAME", strings.ToUpper(string(name)), "section", section, "name", string(name)).Replace(form)
		}
		page = append(append(page, piece...), gateGaps[random.IntN(len(gateGaps))]...)
	}
	return page
}

// The pieces of such pages, the forms of names in them, and what stands between.
var (
	gatePieces = []string{
		"section", "sections", "Section", "of", "called", "in", "the", "and", "option", "to", "airflow.cfg", "``airflow.cfg``",
		"configuration", "defaults to", "by default", "Default", "(default)", "``5``", "* ", "- ", "#. ", "1. ", "a) ", "/", "|", ":",
		".", "::\n\n ", ".. note::", "deprecated", "+---+\n", "=== ===\n", "\u00a0", "\x1c", "**", "* - ", ".. list-table::\n\n",
		"term\n  ", "[config]", "` ", "\n\n   ", "conf.get('", "airflow config get-value", "Airflow added a word_of_more",
	}
	gateNames = []string{
		"``name``", "``name``", "``section``", "``section``", "``[section]``", "``[section]``", "``[section] name``", "``section.name``",
		"[section]\n", "[section]", "[section] name", "name = 1\n", "section name", "``[section]name = 1``", "``x [section] name``",
		"AIRFLOW__SECTION__NAME", "``AIRFLOW__SECTION__NAME``", ":ref:`config:section__name`", "https://x.org/#config:section__name",
		"``[section] name is``", "``[section] fixed a``",
	}
	gateGaps = []string{" ", " ", " ", "", "\n", "\n\n", "\n  ", "  ", "\r\n", ": ", ", ", ".\n\n", ":\n\n", "\n" + strings.Repeat(" ", 50)}
)

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
