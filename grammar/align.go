package grammar

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// An Alignment converts offsets in the Value of a Text to offsets in the source, and
// back. The two differ by tabs and by line breaks with their margins. An Alignment caches
// the offsets of the last Text because a line can be as long as the page, and callers ask
// for each word of it. The zero Alignment is ready to use, with one source.
type Alignment struct {
	text    Text  // the last Text
	offsets []int // source offset of each byte of its value; empty if the source contains the value unchanged
}

// Part returns the part value[from:to] of a text. Blanks at its start can be outside its
// span: a tab has only one offset in the source, but several blanks in the value.
func (a *Alignment) Part(source []byte, t Text, from, to int) Text {
	return Text{
		Span:  Span{Start: a.Offset(source, t, from), End: a.Offset(source, t, to)},
		Value: t.Value[from:to],
	}
}

// Offset returns the offset in the source of offset at in the value of a text.
func (a *Alignment) Offset(source []byte, t Text, at int) int {
	a.align(source, t)
	if len(a.offsets) == 0 {
		return t.Start + min(at, len(t.Value))
	}
	return a.offsets[min(at, len(t.Value))]
}

// Find returns the first offset in the value of a text that corresponds to offset at in
// the source or to a later one.
func (a *Alignment) Find(source []byte, t Text, at int) int {
	a.align(source, t)
	if len(a.offsets) == 0 {
		return min(max(at-t.Start, 0), t.Len())
	}
	return min(sort.SearchInts(a.offsets, at), len(t.Value))
}

// align computes the offsets of t. A run of blanks in the value corresponds to any white
// space in the source: its first character to the start of that, the others to the end.
func (a *Alignment) align(source []byte, t Text) {
	if t == a.text {
		return
	}
	a.text, a.offsets = t, a.offsets[:0]
	if string(t.Of(source)) == t.Value {
		return
	}
	at := t.Start
	for rest := t.Value; rest != "" && at < t.End; {
		a.offsets = append(a.offsets, at)
		if word := strings.TrimLeft(rest, " \n"); word != rest {
			at += blankLength(source[at:t.End], word)
			a.fill(at, len(rest)-len(word)-1)
			rest = word
			continue
		}
		_, n := utf8.DecodeRuneInString(rest)
		a.fill(at, n-1)
		at, rest = at+n, rest[n:]
	}
	a.fill(at, len(t.Value)+1-len(a.offsets))
}

// fill appends the offset at for count bytes of the value.
func (a *Alignment) fill(at, count int) {
	for range count {
		a.offsets = append(a.offsets, at)
	}
}

// blankLength returns the length of the white space and line breaks at the start of
// source, before the text next of the value. A value contains white space other than
// blanks unless it ended a line: if next begins with such a character, none is skipped.
func blankLength(source []byte, next string) (n int) {
	first, _ := utf8.DecodeRuneInString(next)
	for n < len(source) {
		r, size := utf8.DecodeRune(source[n:])
		if !strings.ContainsRune(" \t\v\f", r) && (!IsSpace(r) || IsSpace(first)) {
			if size = lineBreak(source[n:]); size == 0 {
				break
			}
		}
		n += size
	}
	return n
}
