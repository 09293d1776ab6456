package main

import (
	"bytes"
	"cmp"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/fixtures"
)

// faults are what is put at the end of pages, to have something wrong in each.
var faults = []string{
	"",
	"\n\nSet ``[core] paralelism``, or AIRFLOW__CORE__PARALELISM.\n",
	"\n\n.. airflow-config-default:: [core] paralelism\n",
	"\n\n.. airflow-config-default::\n\n   [core] parallelism\n      :default: 64\n",
	"\n\n.. airflow-sensitive-var:: core\n",
	"\n\n.. windsock: ignore[unknown-option] none\n\nText.\n",
}

// TestExamine shows that reading pages no further than need be changes nothing: the
// same is found in each of Airflow's pages, and made of it, as when all of it is
// read.
func TestExamine(t *testing.T) {
	t.Chdir(fixtures.Shared(t, "corpus", "airflow"))
	quick, whole := examiners(t)
	walk, err := pages.NewWalk([]string{"."}, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for p, err := range walk.Pages() {
		if err != nil {
			t.Fatal(err)
		}
		source, err := os.ReadFile(p.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, fault := range faults {
			want := sameExamined(t, quick, whole, expand.Page{Path: p.Path, Source: append(bytes.Clone(source), fault...)})
			found += len(want.Diagnostics)
		}
	}
	t.Logf("%d findings", found)
}

// TestExamineWords shows the same of pages that are put together at random from what
// directives, references and tables are made of.
func TestExamineWords(t *testing.T) {
	random := rand.New(rand.NewPCG(fixtures.Random(t), 0))
	t.Chdir(filepath.Join(fixtures.Root(), "airflow"))
	quick, whole := examiners(t)
	found := 0
	for range 10_000 {
		want := sameExamined(t, quick, whole, randomPage(random))
		found += len(want.Diagnostics)
		if t.Failed() {
			return
		}
	}
	if found < 1000 {
		t.Errorf("but %d findings", found)
	}
}

// TestExamineAtOnce shows that workers that share an examiner find the same in such pages,
// and make the same of them, as one that has them to itself.
func TestExamineAtOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(fixtures.Random(t), 1))
	t.Chdir(filepath.Join(fixtures.Root(), "airflow"))
	shared, _ := examiners(t)
	alone, _ := examiners(t)
	var drawn []expand.Page
	for range 500 {
		drawn = append(drawn, randomPage(random))
	}
	n := 0
	for got := range inOrder(slices.Values(drawn), func(page expand.Page) expand.Result { return examined(shared, page) }) {
		if want := examined(alone, drawn[n]); !sameResult(got, want) {
			t.Errorf("%q: %+v, alone %+v", drawn[n].Source, got.Diagnostics, want.Diagnostics)
		}
		n++
	}
}

// randomPage draws a page that is put together from examinedPieces.
func randomPage(random *rand.Rand) expand.Page {
	var page strings.Builder
	for range 1 + random.IntN(8) {
		page.WriteString(examinedPieces[random.IntN(len(examinedPieces))])
		page.WriteString(examinedGaps[random.IntN(len(examinedGaps))])
	}
	return expand.Page{Path: "docs/page.rst", Source: []byte(page.String())}
}

// The pieces of such pages, and what stands between.
var (
	examinedPieces = []string{
		".. airflow-providers-commits::", ".. airflow-config:default:: [core] parallelism", "..airflow-sensitive.vars::", ".. airflow config default::", ".. airflow\fconfig default::",
		".. airflow", ".. airflow-config-default: [core] parallelism", ".. airflow-default:: [core] parallelism", ".. AIRFLOW-config-defaults:: [core] parallelism",
		".. airflow-config-default:: [core] parallelism", ".. airflow-sensitive-vars:: core", "..airflow-sensitive-vars:: core", ".. airflow-sensitive-var:: core",
		".. airflow-sensitive-vars: core", ".. airflow_config_default::", ".. note::", ".. |x| airflow-config-default:: [core] parallelism", "|x|",
		":airflow-default:`[core] parallelism`", ":airflow-default:`[core] paralelism`", ":airflow-defaults:`[core] parallelism`", "`[core] parallelism`:airflow-default:",
		".. windsock: ignore[unknown-option]", ".. windsock: ignore-file[near-miss]", ".. windsock: end", ".. windsock: airflow-config-default:: [core] parallelism",
		"``[core] paralelism``", "``[core]``", "section", "``paralelism``", "AIRFLOW__CORE__PARALELISM", "defaults to ``99``", "``[core] parallelism``",
		".. list-table::\n   :header-rows: 1\n\n   * - Option\n     - Default\n   * - ``[core] parallelism``\n     - 99", "+---+", "| a |", "* ", "- ", "1. ", "text", "::",
		"=====  =====", "=== ===", "term", ":field:", "> ", ".. include:: x", "   [core] parallelism\n      :default: 99",
	}
	examinedGaps = []string{" ", "", "\n", "\n", "\n\n", "\n\n", "\n   ", "\n\n   ", "\r\n", "\r\n\r\n", "\t", "\u2028"}
)

// examiners returns two examiners for the data in the working folder: one that reads
// pages no further than need be, and one that reads all of them.
func examiners(t *testing.T) (quick, whole *examiner) {
	t.Helper()
	s := &session{env: env{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}, output: output{judges: true}, settings: settings{maxSize: pages.MaxSize}}
	if err := s.open([]string{"."}); err != nil {
		t.Fatal(err)
	}
	quick, whole = s.examiner(expand.OutputTree), s.examiner(expand.OutputTree)
	whole.gate = nil
	return quick, whole
}

// examined returns what an examiner makes of a page.
func examined(x *examiner, page expand.Page) expand.Result {
	r := &pageResult{page: pages.Page{Path: page.Path}, source: page.Source}
	x.examine(r)
	return r.Result
}

// sameExamined fails unless both examiners find the same in a page, and make the same
// of it, and returns what that is.
func sameExamined(t *testing.T, quick, whole *examiner, page expand.Page) expand.Result {
	t.Helper()
	got, want := examined(quick, page), examined(whole, page)
	if !sameResult(got, want) {
		t.Errorf("%s with %q: %+v, when all is read %+v", page.Path, page.Source[max(0, len(page.Source)-600):], got.Diagnostics, want.Diagnostics)
	}
	return want
}

// sameResult reports whether two results say and hold the same. It sorts their findings
// as they are printed.
func sameResult(a, b expand.Result) bool {
	for _, r := range []expand.Result{a, b} {
		slices.SortStableFunc(r.Diagnostics, func(a, b finding.Finding) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	return reflect.DeepEqual(a.Diagnostics, b.Diagnostics) && reflect.DeepEqual(a.Data, b.Data) &&
		a.Blocked == b.Blocked && bytes.Equal(a.Output, b.Output)
}
