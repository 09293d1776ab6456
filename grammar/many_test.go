package grammar_test

import (
	"strings"
	"testing"

	"windsock/grammar"
)

// TestMoreThanAMillion reads a directive with more lines than participle would take.
func TestMoreThanAMillion(t *testing.T) {
	const n = 1_000_001
	r := &grammar.Reader{Directives: []string{"a"}}
	d := r.Read([]byte(".. a::\n\n" + strings.Repeat(" b\n", n))).Nodes[0].Directive
	if d == nil || len(d.Content) != n {
		t.Errorf("a directive with %d lines is read as %.100v", n, d)
	}
}
