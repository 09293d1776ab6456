package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestJudge shows that ratios are those of single turns, by whatever they are
// measured, and that a bound that is missed is marked.
func TestJudge(t *testing.T) {
	took := func(times ...time.Duration) (runs []run) {
		for _, d := range times {
			runs = append(runs, run{wall: d, cpu: d / 2, peak: 40 << 20})
		}
		return runs
	}
	// The machine was ten times as slow in one turn, and once busy with something else.
	a := &row{name: "(a) read", pages: 10, bytes: 1000, runs: took(10, 100, 10)}
	r := &row{name: "check", pages: 20, bytes: 500, runs: took(20, 200, 90)}
	r.runs[0].cpu, r.runs[1].cpu = 15, 150
	for _, c := range []struct {
		bound bound
		want  string
	}{
		{bound{to: "(a)"}, "2.00 × (cpu 3.00 ×) (a)"},
		{bound{to: "(a)", most: 2}, "2.00 × (cpu 3.00 ×) (a), bound 2"},
		{bound{to: "(a)", most: 1.9}, "2.00 × (cpu 3.00 ×) (a), bound 1.9 MISSED"},
		{bound{to: "(a)", most: 1.1, per: "page"}, "1.00 × (cpu 1.50 ×) (a) a page, bound 1.1"},
		{bound{to: "(a)", per: "byte"}, "4.00 × (cpu 6.00 ×) (a) a byte"},
		{bound{memory: 32 << 20}, "40 of 32 MB MISSED"},
		{bound{to: "(z)", most: 1}, ""},
	} {
		if got := c.bound.judge(r, []*row{a, r}); got != c.want {
			t.Errorf("%+v: %q, want %q", c.bound, got, c.want)
		}
	}
	faster := bound{to: "check", faster: 15}
	if got := faster.judge(a, []*row{a, r}); got != "2 × (cpu 3 ×) faster than check, bound 15 MISSED" {
		t.Errorf("%q", got)
	}
}

// TestMultiply shows that a tree has as many pages as asked for, and its data once.
func TestMultiply(t *testing.T) {
	corpus := t.TempDir()
	for _, name := range []string{"a.rst", "docs/b.rst", "docs/conf.py", configFile, "providers/x/provider.yaml"} {
		if err := writeFile(filepath.Join(corpus, name), "x\n"); err != nil {
			t.Fatal(err)
		}
	}
	made, err := multiply(corpus, t.TempDir(), 5)
	if err != nil || made.pages != 5 || made.bytes != 10 {
		t.Errorf("%+v, %v", made, err)
	}
	count := map[bool]int{}
	files(made.folder, func(rel string) error { count[isPage(rel)]++; return nil })
	if count[true] != 5 || count[false] != 2 {
		t.Errorf("%d pages and %d files of data", count[true], count[false])
	}
}

// TestAddedFile shows that a file is taken out of a patch that adds several.
func TestAddedFile(t *testing.T) {
	patch := filepath.Join(t.TempDir(), "patch")
	text := "diff --git a/x b/x\n--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+other\ndiff --git a/y/z.py b/y/z.py\n--- /dev/null\n+++ b/y/z.py\n@@ -0,0 +1,2 @@\n+one\n+\n"
	if err := os.WriteFile(patch, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	if got, err := addedFile(patch, "y/z.py"); err != nil || got != "one\n\n" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := addedFile(patch, "z.py"); err == nil {
		t.Error("a file is found that the patch does not add")
	}
}
