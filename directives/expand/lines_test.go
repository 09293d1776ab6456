package expand_test

import (
	"strings"
	"testing"

	"windsock/directives/expand"
)

// mapsLines checks the map of the lines of an expanded page: a line of an
// expansion leads to the line of its directive or region, any other to the very
// same line, unless it is a blank one that parts two expansions. A role leaves a line
// that is still the author's, and another.
func mapsLines(t *testing.T, source []byte, r expand.Result) {
	t.Helper()
	if strings.ContainsAny(string(source), "\r\x1c\x1d\x1e\u0085\u2028\u2029") {
		return
	}
	lines, m := strings.Split(string(source), "\n"), r.Lines(source)
	for i, line := range strings.Split(string(r.Output), "\n") {
		number, name := m.Source(i + 1)
		switch from := lines[number-1]; {
		case name == "" && line != "" && !strings.Contains(from, strings.TrimLeft(strings.TrimPrefix(strings.TrimSpace(line), ".. list-table:: "), " *-")) && !strings.Contains(string(source), ":airflow-"):
			t.Errorf("line %d, %q, is said to come from line %d, %q", i+1, line, number, from)
		case name != "" && !strings.Contains(strings.ToLower(from), name) && !(name == "a managed region" && strings.Contains(from, "START")):
			t.Errorf("line %d is said to be made by %s at line %d, %q", i+1, name, number, from)
		}
	}
}
