package lazyregexp

import (
	"testing"
)

// TestNew compiles an expression once, and none that is not asked for.
func TestNew(t *testing.T) {
	New(`(`) // which would panic
	digits := New(`[0-9]+`)
	if got := digits().FindString("a 12"); got != "12" {
		t.Errorf("found %q", got)
	}
	if first, second := digits(), digits(); first != second {
		t.Error("the expression was compiled twice")
	}
}
