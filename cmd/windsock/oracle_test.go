package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"windsock/fixtures"
)

// TestOracle compares what inspect reports with what docutils and Sphinx read: on the
// cases and on a block of each directive, on pages of the corpus and of random fragments,
// and on mutants of pages.
func TestOracle(t *testing.T) {
	seed := fmt.Sprint(fixtures.Random(t))
	var compared []seenPage
	compared = append(compared, seen(t, true, append(casePages(t), directivePages(t)...))...)
	pages := corpusPages(t)
	drawn := append(sample(pages, fixtures.Rounds(10, len(pages)), seed), fragmentPages(t, fixtures.Rounds(50, 2000), seed)...)
	compared = append(compared, seen(t, false, append(drawn, mutants(t, sample(pages, fixtures.Rounds(10, len(pages)), seed+"m"), seed)...))...)
	for i, found := range disagreements(t, compared) {
		for _, d := range found {
			t.Errorf("%s: %s", compared[i].Path, d)
		}
	}
}

// A seenPage is a page with what windsock sees in it.
type seenPage struct {
	Path   string          `json:"path"`
	Sees   json.RawMessage `json:"sees"`
	Strict bool            `json:"strict"`
}

// seen inspects pages.
func seen(t *testing.T, strict bool, paths []string) (pages []seenPage) {
	t.Helper()
	objects := json.NewDecoder(strings.NewReader(printed(slices.Concat([]string{"inspect", "--format", "json", "--directive", "airflow-probe"}, paths)...)))
	for _, path := range paths {
		page := seenPage{Path: path, Strict: strict}
		must(t, objects.Decode(&page.Sees))
		pages = append(pages, page)
	}
	return pages
}

// disagreements returns, for each page, in what docutils disagrees with windsock.
func disagreements(t *testing.T, pages []seenPage) (found [][]string) {
	t.Helper()
	fixtures.Ask(t, "oracle.py", pages, &found, fixtures.Shared(t, "oracle"), "compare")
	if len(found) != len(pages) {
		t.Fatalf("docutils gave %d answers for %d pages", len(found), len(pages))
	}
	return found
}

// mutants returns the paths of mutants of pages, which the seed determines.
func mutants(t *testing.T, pages []string, seed string) (paths []string) {
	t.Helper()
	fixtures.Ask(t, "oracle.py", map[string]any{"pages": pages, "seed": seed, "folder": t.TempDir()}, &paths, fixtures.Shared(t, "oracle"), "mutate")
	return paths
}

// writtenPages writes pages into a folder of the test's own, and returns their paths, sorted.
func writtenPages(t *testing.T, pages map[string]string) (paths []string) {
	t.Helper()
	dir := t.TempDir()
	for _, name := range slices.Sorted(maps.Keys(pages)) {
		paths = append(paths, filepath.Join(dir, name))
		must(t, os.WriteFile(paths[len(paths)-1], []byte(pages[name]), 0o644))
	}
	return paths
}

// casePages returns the paths of the pages of the cases in fixtures/grammar.
func casePages(t *testing.T) []string {
	t.Helper()
	pages := make(map[string]string)
	fixtures.Cases(t, "grammar/*.txtar", func(t *testing.T, c *fixtures.Case) {
		if page, ok := c.File("page.rst"); ok {
			pages[filepath.Base(c.Path)+".rst"] = string(page)
		}
	})
	return writtenPages(t, pages)
}

// directivePages writes pages of blocks, in many forms, of each directive that docutils or
// Sphinx know, and returns their paths.
func directivePages(t *testing.T) []string {
	t.Helper()
	var types []string
	fixtures.Ask(t, "oracle.py", nil, &types, fixtures.Shared(t, "oracle"), "types")
	blocks := []string{"", " ``a``", " ``a`` ``b``", " ``a``\n   ``b``", "\n   ``a``\n   :class: b\n\n   ``c``", " ``a``\n   :caption: ``b``\n   :name: c", "\n   :d: ``e``",
		"\n\n   ``f``\n\n   .. airflow-probe:: g\n\n   * ``h``", " ``a``\n\n   T\n   =\n\n   ``i``", " ``a``\n\n   term\n      ``j``\n\n   > ``k``"}
	pages := make(map[string]string)
	for names := range slices.Chunk(types, 15) {
		for _, name := range names {
			for _, block := range blocks {
				pages[names[0]+".rst"] += ".. " + name + "::" + block + "\n\n"
			}
		}
	}
	return writtenPages(t, pages)
}

// corpusPages returns the paths of the pages of the corpus.
func corpusPages(t *testing.T) (paths []string) {
	t.Helper()
	root := fixtures.Shared(t, "corpus", "airflow")
	for _, page := range fixtures.Pages(t) {
		paths = append(paths, filepath.Join(root, page.Path))
	}
	return paths
}

// fragments are what fragmentPages puts together. U+2028 is not among them: it puts
// two directives on one line, which probe.py cannot tell apart; nor are glossaries, which
// are read as RST (fixtures/grammar/disagreements.txtar).
var fragments = []string{
	"``a``", " ", "\n", "\n\n", "  ", "   ", "* ", "- ", "1. ", "#. ", "(a) ", "i. ", ":f: ", "-a  ", "--b=c  ", "| ", ">>> ",
	".. ", "..\n", ".. note::", ".. airflow-probe:: x", ".. |s| airflow-probe:: y", ".. [1] ", ".. _t: ", "__ ", "::",
	"====", "----", "~~", "+---+", "| a |", "+===+", "=== ===", "a   b", "--- --", "===  =====", "text", "term : c", "\t",
	"-- x", ":opt: v", "`r`", ":ref:`x`", "*e*", "**s**", "|u|", "_`t`", "n_", "\\", "'", "\"", "(", ")", "`", "``",
	":a:`b`_", "`c`:d:", "[2]_", "\u00a0", "é", "風", "e\u0301", ".. code-block:: py", ".. list-table:: t",
	".. only:: h", ".. epigraph::", ".. parsed-literal::",
}

// fragmentPages writes n pages of random fragments, and returns their paths.
func fragmentPages(t *testing.T, n int, seed string) []string {
	t.Helper()
	random := randomOf(seed)
	pages := make(map[string]string)
	for i := range n {
		var page strings.Builder
		for range 3 + random.IntN(40) {
			page.WriteString(fragments[random.IntN(len(fragments))])
			if random.IntN(3) == 0 {
				page.WriteString("\n" + strings.Repeat(" ", max(random.IntN(8)-3, 0)))
			}
		}
		pages[fmt.Sprintf("%d.rst", i)] = page.String()
	}
	return writtenPages(t, pages)
}

// randomOf returns the random numbers that the seed determines.
func randomOf(seed string) *rand.Rand {
	var key [32]byte
	copy(key[:], seed)
	return rand.New(rand.NewChaCha8(key))
}

// sample returns n of the pages, which the seed determines.
func sample(pages []string, n int, seed string) []string {
	order := randomOf(seed).Perm(len(pages))
	picked := make([]string, 0, n)
	for _, i := range order[:min(n, len(order))] {
		picked = append(picked, pages[i])
	}
	return picked
}

// windsock returns a path under which this test binary is windsock.
func windsock(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	path := filepath.Join(t.TempDir(), "windsock")
	must(t, os.Symlink(self, path))
	return path
}

// TestKnownDisagreements goes through the pages on which windsock and docutils
// are known to disagree. One that they agree on must be taken from the list.
func TestKnownDisagreements(t *testing.T) {
	cases, err := txtar.ParseFile(filepath.Join(fixtures.Root(), "grammar", "disagreements.txtar"))
	must(t, err)
	pages := make(map[string]string)
	for _, c := range cases.Files {
		pages[c.Name] = string(c.Data)
	}
	paths := writtenPages(t, pages)
	for i, found := range disagreements(t, seen(t, true, paths)) {
		if len(found) == 0 {
			t.Errorf("%s: windsock and docutils agree now; take it from the list", filepath.Base(paths[i]))
		}
	}
}
