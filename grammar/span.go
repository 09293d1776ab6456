package grammar

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// A Span is a half-open range of bytes in a source, counted from 0.
type Span struct {
	Start int // the first byte
	End   int // the byte after the last
}

// Len returns the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the bytes of source in the span, without copying them.
func (s Span) Of(source []byte) []byte { return source[s.Start:s.End] }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Shift returns the span moved n bytes to the right.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// A Text is a word or a line of the source that a message can point at. Its Value differs
// from the source where docutils normalises text: it expands tabs and collapses white
// space.
type Text struct {
	Span
	Value string
}

// A Position is a line and a column, both from 1. The column counts characters; a tab and
// an invalid byte are one character each.
type Position struct {
	Line   int
	Column int
}

// Lines converts offsets in a source to positions. LF, CRLF and a lone CR end a line, as
// in editors and compilers. A byte order mark belongs to no line. Use [NewLines] to
// create one.
type Lines struct {
	source []byte
	starts []int // offset of each line's first byte
}

// byteOrderMark starts the files of some editors. It is not part of the text.
const byteOrderMark = "\ufeff"

// NewLines returns the lines of source, in time linear in its length.
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

// Position returns the position of the byte at offset, or of the end if offset is larger.
func (l *Lines) Position(offset int) Position {
	offset = min(max(offset, 0), len(l.source))
	n := l.index(offset)
	return Position{n + 1, utf8.RuneCount(l.source[l.starts[n]:max(offset, l.starts[n])]) + 1}
}

// Number returns the number, from 1, of the line that contains the byte at offset.
func (l *Lines) Number(offset int) int { return l.index(offset) + 1 }

// Line returns the span of line n, counted from 1, without its line break.
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

// Count returns the number of lines. The text after the last line break counts as one,
// even if it is empty.
func (l *Lines) Count() int { return len(l.starts) }

// index returns the index in starts of the line that contains offset.
func (l *Lines) index(offset int) int {
	return max(sort.SearchInts(l.starts, offset+1)-1, 0) // a byte order mark precedes line 1
}
