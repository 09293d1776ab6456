package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
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
	fixed := append(casePages(t), directivePages(t)...)
	t.Run("fixed", func(t *testing.T) { probe(t, fixed, "--plain", "--per-file", "0", "--strict") })
	seed := fmt.Sprint(fixtures.Random(t))
	pages := corpusPages(t)
	drawn := append(sample(pages, fixtures.Rounds(30, len(pages)), seed), fragmentPages(t, fixtures.Rounds(80, 2000), seed)...)
	t.Run("drawn", func(t *testing.T) { probe(t, drawn, "--plain", "--per-file", "0") })
	mutated := sample(pages, fixtures.Rounds(30, len(pages)), seed+"m")
	t.Run("mutants", func(t *testing.T) { probe(t, mutated, "--per-file", "1", "--seed", seed) })
}

// casePages returns the paths of the pages of the cases in fixtures/grammar.
func casePages(t *testing.T) []string {
	t.Helper()
	var pages []string
	dir := t.TempDir()
	fixtures.Cases(t, "grammar/*.txtar", func(t *testing.T, c *fixtures.Case) {
		page, ok := c.File("page.rst")
		if !ok {
			return
		}
		path := filepath.Join(dir, filepath.Base(c.Path)+".rst")
		if err := os.WriteFile(path, page, 0o644); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, path)
	})
	return pages
}

// directivePages writes pages of blocks, in many forms, of each directive that docutils or
// Sphinx know, and returns their paths.
func directivePages(t *testing.T) (pages []string) {
	t.Helper()
	list := exec.Command(fixtures.Python(t), "-c", "import oracle; print(*oracle.SPECS)")
	list.Dir = fixtures.Shared(t, "oracle")
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	blocks := []string{"", " ``a``", " ``a`` ``b``", " ``a``\n   ``b``", "\n   ``a``\n   :class: b\n\n   ``c``", " ``a``\n   :caption: ``b``\n   :name: c", "\n   :d: ``e``",
		"\n\n   ``f``\n\n   .. airflow-probe:: g\n\n   * ``h``", " ``a``\n\n   T\n   =\n\n   ``i``", " ``a``\n\n   term\n      ``j``\n\n   > ``k``"}
	dir := t.TempDir()
	for names := range slices.Chunk(strings.Fields(string(out)), 15) {
		var page strings.Builder
		for _, name := range names {
			for _, block := range blocks {
				page.WriteString(".. " + name + "::" + block + "\n\n")
			}
		}
		path := filepath.Join(dir, names[0]+".rst")
		if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, path)
	}
	return pages
}

// corpusPages returns the paths of the pages of the corpus.
func corpusPages(t *testing.T) []string {
	t.Helper()
	var pages []string
	root := fixtures.Shared(t, "corpus", "airflow")
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if filepath.Ext(path) == ".rst" {
			pages = append(pages, path)
		}
		return err
	})
	if err != nil || len(pages) == 0 {
		t.Fatalf("%d pages in %s: %v", len(pages), root, err)
	}
	return pages
}

// fragments are what fragmentPages puts together. U+2028 is not among them: it puts
// two directives on one line, which probe.py cannot tell apart.
var fragments = []string{
	"``a``", " ", "\n", "\n\n", "  ", "   ", "* ", "- ", "1. ", "#. ", "(a) ", "i. ", ":f: ", "-a  ", "--b=c  ", "| ", ">>> ",
	".. ", "..\n", ".. note::", ".. airflow-probe:: x", ".. |s| airflow-probe:: y", ".. [1] ", ".. _t: ", "__ ", "::",
	"====", "----", "~~", "+---+", "| a |", "+===+", "=== ===", "a   b", "--- --", "===  =====", "text", "term : c", "\t",
	"-- x", ":opt: v", "`r`", ":ref:`x`", "*e*", "**s**", "|u|", "_`t`", "n_", "\\", "'", "\"", "(", ")", "`", "``",
	":a:`b`_", "`c`:d:", "[2]_", "\u00a0", "é", "風", "e\u0301", ".. code-block:: py", ".. list-table:: t",
	".. glossary::", ".. only:: h", ".. epigraph::", ".. parsed-literal::",
}

// fragmentPages writes n pages of random fragments, and returns their paths.
func fragmentPages(t *testing.T, n int, seed string) []string {
	t.Helper()
	random := randomOf(seed)
	dir := t.TempDir()
	var pages []string
	for i := range n {
		var page strings.Builder
		for range 3 + random.IntN(40) {
			page.WriteString(fragments[random.IntN(len(fragments))])
			if random.IntN(3) == 0 {
				page.WriteString("\n" + strings.Repeat(" ", max(random.IntN(8)-3, 0)))
			}
		}
		path := filepath.Join(dir, fmt.Sprintf("%d.rst", i))
		if err := os.WriteFile(path, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, path)
	}
	return pages
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

// probe compares windsock with the oracle on the pages, and fails if they
// disagree in anything.
func probe(t *testing.T, pages []string, flags ...string) {
	t.Helper()
	list := filepath.Join(t.TempDir(), "pages")
	if err := os.WriteFile(list, []byte(strings.Join(pages, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	args := append([]string{
		fixtures.Shared(t, "oracle", "probe.py"),
		"--cmd", windsock(t) + " inspect --format json --directive airflow-probe {files}",
	}, flags...)
	out, err := exec.Command(fixtures.Python(t), append(args, "@"+list)...).CombinedOutput()
	if err != nil {
		t.Fatalf("probe.py %s: %v\n%s", strings.Join(flags, " "), err, out)
	}
	if !bytes.Contains(out, fmt.Appendf(nil, "of %d files", len(pages))) {
		t.Fatalf("probe.py did not look at %d files:\n%s", len(pages), out)
	}
}

// windsock returns a path under which this test binary is windsock.
func windsock(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "windsock")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestKnownDisagreements goes through the pages on which windsock and docutils
// are known to disagree. One that they agree on must be taken from the list.
func TestKnownDisagreements(t *testing.T) {
	cases, err := txtar.ParseFile(filepath.Join(fixtures.Root(), "grammar", "disagreements.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, c := range cases.Files {
		path := filepath.Join(dir, c.Name)
		if err := os.WriteFile(path, c.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		ours := seenBy(t, windsock(t), "inspect", "--format", "json", "--directive", "airflow-probe", path)
		theirs := seenBy(t, fixtures.Python(t), fixtures.Shared(t, "oracle", "oracle.py"), path)
		if reflect.DeepEqual(ours, theirs) {
			t.Errorf("%s: windsock and docutils agree now; take it from the list", c.Name)
		}
	}
}

// A sighting is what must be equal in what two programs see.
type sighting struct {
	Directives []struct {
		Line            int
		Name, Arguments string
		Options         map[string]string
	}
	Literals []struct {
		Line int
		Text string
	}
	Roles []struct {
		Line       int
		Role, Text string
	}
	LiteralBlocks []struct{ Line int } `json:"literal_blocks"`
}

// seenBy runs a program that prints what it sees in a page.
func seenBy(t *testing.T, program string, args ...string) (s sighting) {
	t.Helper()
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	if err := json.Unmarshal(out, &s); err != nil {
		t.Fatal(err)
	}
	return s
}
