package main

import (
	"bytes"
	"cmp"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/fixtures"
)

// TestExamineAtOnce shows that workers that share an examiner find the same in the pages of
// all cases, and make the same of them, as one that has them to itself.
func TestExamineAtOnce(t *testing.T) {
	var drawn []expand.Page
	for _, text := range caseFiles(t, "docs", "page.rst") {
		drawn = append(drawn, expand.Page{Path: "docs/page.rst", Source: []byte(text)})
	}
	t.Chdir(filepath.Join(fixtures.Root(), "airflow"))
	shared, alone, n := newExaminer(t), newExaminer(t), 0
	for got := range inOrder(slices.Values(drawn), func(page expand.Page) expand.Result { return examined(shared, page) }) {
		if want := examined(alone, drawn[n]); !sameResult(got, want) {
			t.Errorf("%q: %+v, alone %+v", drawn[n].Source, got.Findings, want.Findings)
		}
		n++
	}
}

// newExaminer returns the examiner of a run on the pages of the working folder.
func newExaminer(t *testing.T) *examiner {
	t.Helper()
	e := env{stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" }}
	s := newSession(e, settings{}, true)
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
