package directives

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestTypeLikes holds the search for what is like a directive against asking the
// regular expression at each line.
func TestTypeLikes(t *testing.T) {
	everywhere := regexp.MustCompile("(?m)" + typeLike().String())
	for _, page := range []string{
		"", "..airflow-x::", "..airflow-x::\n", "Text\n.. airflow-x::\n  - ..airflow-x::\n* .. \tairflow_y ::\n",
		"...airflow-x::\n", "a ..airflow-x::\n", "..airflow-x:\n", "\n\n\f..airflow-x::\r\n..airflow-y::", "+ + ..airflow-x::\n", "..\nairflow-x::\n",
		strings.Repeat("..airflow-x:: ", 3) + "\n..airflow-z::", ".. ..airflow-x::\n",
	} {
		got, want := typeLikes([]byte(page), func(int) bool { return false }), everywhere.FindAllSubmatchIndex([]byte(page), -1)
		if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Errorf("%q: %v, want %v", page, got, want)
		}
	}
	const marked = "\ufeff..airflow-x::"
	if got := typeLikes([]byte(marked), func(int) bool { return false }); len(got) != 1 || got[0][2] != strings.Index(marked, "..") {
		t.Errorf("%q: %v", marked, got)
	}
}
