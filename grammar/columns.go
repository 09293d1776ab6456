package grammar

import (
	"bytes"
	"unicode/utf8"
)

// Columns finds the columns of a source as docutils counts them: in characters
// from 0, tabs expanded to multiples of 8; a byte order mark does not count, and
// the line separators of Unicode begin a line. The zero value is not usable; see
// [NewColumns]. It is not for several goroutines.
type Columns struct {
	source []byte
	pieces []columnPiece // one for every pieceSize bytes; made for the first long line
}

// A columnPiece is where the counting may begin.
type columnPiece struct {
	offset int // in the source
	column int // of the character there
}

// NewColumns returns the columns of source.
func NewColumns(source []byte) *Columns { return &Columns{source: source} }

// Of returns the column of the byte at offset. That takes no longer than a bounded
// number of bytes, but for the first time in a line that is long.
func (c *Columns) Of(offset int) int {
	at := c.before(min(offset, len(c.source)))
	for at.offset < offset && at.offset < len(c.source) {
		at = at.step(c.source)
	}
	return at.column
}

// before returns a place before offset to count from: the beginning of the line,
// if it is near.
func (c *Columns) before(offset int) columnPiece {
	from := max(0, offset-pieceSize)
	if n := bytes.LastIndexByte(c.source[from:offset], '\n'); n >= 0 {
		return columnPiece{offset: from + n + 1}
	}
	if c.pieces == nil {
		c.pieces = columnPieces(c.source)
	}
	n := min(offset/pieceSize, len(c.pieces)-1)
	if n > 0 && c.pieces[n].offset > offset {
		n--
	}
	return c.pieces[n]
}

// columnPieces goes through a source. There is always a piece at its beginning.
func columnPieces(source []byte) []columnPiece {
	at := columnPiece{}
	if bytes.HasPrefix(source, []byte(byteOrderMark)) {
		at.offset = len(byteOrderMark)
	}
	pieces := []columnPiece{at}
	for next := pieceSize; at.offset < len(source); at = at.step(source) {
		for ; at.offset >= next; next += pieceSize {
			pieces = append(pieces, at)
		}
	}
	return pieces
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
