package grammar

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A Span is a half-open range of bytes, counted from 0, in one source.
type Span struct {
	Start int // the first byte
	End   int // the byte after the last
}

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the bytes of source that the span covers, without copying them.
func (s Span) Of(source []byte) []byte { return source[s.Start:s.End] }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Shift returns the span moved n bytes to the right.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// A Text is a word or a line of the source that a message may point at: where
// it stands and what it says. Value may differ from the source's bytes where
// docutils normalises them (tabs expanded, white space collapsed).
type Text struct {
	Span
	Value string
}

// A Position is a place in a source as people count: line and column from 1,
// the column in characters (an invalid byte counts as one). A tab is one
// character.
type Position struct {
	Line   int
	Column int
}

// Lines finds positions in a source. Lines end with LF, CRLF or a lone CR, as
// editors and compilers count them. The zero value is not usable; see
// [NewLines]. A byte order mark belongs to no line.
type Lines struct {
	source []byte
	starts []int // offset of each line's first byte
}

// byteOrderMark is what some editors begin a file with; it is no character of
// its text.
const byteOrderMark = "\ufeff"

// NewLines indexes the lines of source, in time linear in its length.
func NewLines(source []byte) *Lines {
	starts := make([]int, 1, 1+bytes.Count(source, []byte{'\n'}))
	if bytes.HasPrefix(source, []byte(byteOrderMark)) {
		starts[0] = len(byteOrderMark)
	}
	for i := starts[0]; i < len(source); i++ {
		switch source[i] {
		case '\r':
			if i+1 < len(source) && source[i+1] == '\n' {
				i++
			}
			starts = append(starts, i+1)
		case '\n':
			starts = append(starts, i+1)
		}
	}
	return &Lines{source, starts}
}

// Position returns the position of the byte at offset; an offset past the end
// is the end.
func (l *Lines) Position(offset int) Position {
	offset = min(max(offset, 0), len(l.source))
	n := l.index(offset)
	return Position{n + 1, utf8.RuneCount(l.source[l.starts[n]:max(offset, l.starts[n])]) + 1}
}

// Number returns the number, from 1, of the line that holds the byte at offset.
func (l *Lines) Number(offset int) int { return l.index(offset) + 1 }

// Line returns the span of line n, counted from 1, without its line ending.
func (l *Lines) Line(n int) Span {
	s := Span{l.starts[n-1], len(l.source)}
	if n < len(l.starts) {
		s.End = l.starts[n]
	}
	for s.End > s.Start && (l.source[s.End-1] == '\n' || l.source[s.End-1] == '\r') {
		s.End--
	}
	return s
}

// Count returns how many lines there are; text after the last line ending, if
// only an empty one, counts too.
func (l *Lines) Count() int { return len(l.starts) }

// index returns the index in starts of the line that holds offset.
func (l *Lines) index(offset int) int {
	return max(sort.SearchInts(l.starts, offset+1)-1, 0) // a byte order mark stands before line 1
}
