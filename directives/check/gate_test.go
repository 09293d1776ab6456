package check_test

import (
	"math/rand/v2"
	"slices"
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
