package main

import (
	"bytes"
	"cmp"
	"io"
	"math/rand/v2"
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

// TestExamineAtOnce shows that workers that share an examiner find the same in such pages,
// and make the same of them, as one that has them to itself.
func TestExamineAtOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(fixtures.Random(t), 1))
	t.Chdir(filepath.Join(fixtures.Root(), "airflow"))
	shared := newExaminer(t)
	alone := newExaminer(t)
	var drawn []expand.Page
	for range 500 {
		drawn = append(drawn, randomPage(random))
	}
	n := 0
	for got := range inOrder(slices.Values(drawn), func(page expand.Page) expand.Result { return examined(shared, page) }) {
		if want := examined(alone, drawn[n]); !sameResult(got, want) {
			t.Errorf("%q: %+v, alone %+v", drawn[n].Source, got.Findings, want.Findings)
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

// newExaminer returns the examiner of a run on the pages of the working folder.
func newExaminer(t *testing.T) *examiner {
	t.Helper()
	e := env{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}
	s := newSession(e, settings{dataSettings: dataSettings{maxSize: pages.MaxSize}}, true)
	if err := s.open([]string{"."}); err != nil {
		t.Fatal(err)
	}
	return s.examiner(expand.OutputTree)
}

// examined returns what an examiner makes of a page.
func examined(x *examiner, page expand.Page) expand.Result {
	r := &pageResult{page: pages.Page{Path: page.Path}, source: page.Source}
	x.examine(r)
	return r.Result
}

// sameResult reports whether two results say and hold the same. It sorts their findings
// as they are printed.
func sameResult(a, b expand.Result) bool {
	for _, r := range []expand.Result{a, b} {
		slices.SortStableFunc(r.Findings, func(a, b finding.Finding) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	return reflect.DeepEqual(a.Findings, b.Findings) && reflect.DeepEqual(a.Data, b.Data) &&
		a.Blocked == b.Blocked && bytes.Equal(a.Output, b.Output)
}
