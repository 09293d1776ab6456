package pages

import "strings"

// A ledger holds the lines of a manifest in few pieces of memory. There are no pointers
// to single lines: of a hundred thousand, each would be followed whenever garbage is
// collected. The zero ledger is empty.
type ledger struct{ pieces []*strings.Builder }

// A place is where a ledger has a line.
type place struct{ piece, start uint32 }

// pieceSize is how many bytes a new piece has, unless a line is longer.
const pieceSize = 64 << 10

// add puts a line, without its end, into the ledger.
func (l *ledger) add(line string) place {
	size := len(line) + len("\n")
	n := len(l.pieces)
	if n == 0 || l.pieces[n-1].Cap()-l.pieces[n-1].Len() < size {
		piece := &strings.Builder{}
		piece.Grow(max(size, pieceSize))
		l.pieces = append(l.pieces, piece)
		n++
	}
	last := l.pieces[n-1]
	at := place{uint32(n - 1), uint32(last.Len())}
	last.WriteString(line)
	last.WriteByte('\n')
	return at
}

// line returns the line at a place, without its end.
func (l *ledger) line(at place) string {
	line, _, _ := strings.Cut(l.pieces[at.piece].String()[at.start:], "\n")
	return line
}
