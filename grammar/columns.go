package grammar

import (
	"bytes"
	"unicode/utf8"
)

// Columns finds the columns of a source as docutils counts them: in characters
// from 0, tabs expanded to multiples of 8; a byte order mark does not count, and
// the line separators of Unicode begin a line. The zero value is not usable; see
// [NewColumns].
type Columns struct {
	source []byte
	pieces []columnPiece // one for every pieceSize bytes
}

// A columnPiece is where the counting may begin.
type columnPiece struct {
	offset int // in the source
	column int // of the character there
}

// NewColumns returns the columns of source, in time linear in its length.
func NewColumns(source []byte) *Columns {
	c := &Columns{source: source}
	at := columnPiece{}
	if bytes.HasPrefix(source, []byte(byteOrderMark)) {
		at.offset = len(byteOrderMark)
	}
	for next := 0; at.offset < len(source); at = at.step(source) {
		for ; at.offset >= next; next += pieceSize {
			c.pieces = append(c.pieces, at)
		}
	}
	return c
}

// Of returns the column of the byte at offset.
func (c *Columns) Of(offset int) int {
	n := min(offset/pieceSize, len(c.pieces)-1)
	if n < 0 {
		return 0
	}
	at := c.pieces[n]
	if at.offset > offset && n > 0 {
		at = c.pieces[n-1]
	}
	for at.offset < offset && at.offset < len(c.source) {
		at = at.step(c.source)
	}
	return at.column
}

// step goes on to the next character of source.
func (p columnPiece) step(source []byte) columnPiece {
	rest := source[p.offset:]
	if breaks[rest[0]] {
		if n := lineBreak(rest); n > 0 {
			return columnPiece{p.offset + n, 0}
		}
	}
	if rest[0] == '\t' {
		return columnPiece{p.offset + 1, p.column + tabWidth - p.column%tabWidth}
	}
	_, n := utf8.DecodeRune(rest)
	return columnPiece{p.offset + n, p.column + 1}
}
