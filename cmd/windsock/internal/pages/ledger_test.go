package pages

import (
	"strings"
	"testing"
)

// TestLedger shows that lines of any length are read back as they were added, behind
// those of a manifest that was read, and that they share few pieces of memory.
func TestLedger(t *testing.T) {
	var read strings.Builder
	read.WriteString("a.rst\n")
	l := ledger{[]*strings.Builder{&read}}
	lines, places := []string{"a.rst"}, []place{{}}
	for i := range 3000 {
		line := strings.Repeat("x", i%100)
		if i%1000 == 0 {
			line = strings.Repeat("y", pieceSize+i)
		}
		lines, places = append(lines, line), append(places, l.add(line))
	}
	for i, at := range places {
		if got := l.line(at); got != lines[i] {
			t.Fatalf("line %d has %d bytes, want %d", i, len(got), len(lines[i]))
		}
	}
	if size := 3*pieceSize + 3000*100; len(l.pieces) > 1+size/pieceSize {
		t.Errorf("there are %d pieces", len(l.pieces))
	}
}
