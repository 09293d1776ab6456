package grammar

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// An Alignment finds where offsets in a text's value stand in the source, and the
// other way round. The two differ by tabs, and by line specialBytes with their margins. What
// is known of the last text is kept: a line may be as long as the page, and be asked for
// each word of it. The zero value is ready, for one source.
type Alignment struct {
	text    Text  // the last one
	offsets []int // in the source, of each byte of its value; none if it stands there as it is
}

// Part returns value[from:to] of a text. Blanks that it begins with need not be in its
// span: some that a tab became stand nowhere.
func (a *Alignment) Part(source []byte, t Text, from, to int) Text {
	return Text{
		Span:  Span{Start: a.Offset(source, t, from), End: a.Offset(source, t, to)},
		Value: t.Value[from:to],
	}
}

// Offset returns the offset in the source of offset at in a text's value.
func (a *Alignment) Offset(source []byte, t Text, at int) int {
	a.align(source, t)
	if len(a.offsets) == 0 {
		return t.Start + min(at, len(t.Value))
	}
	return a.offsets[min(at, len(t.Value))]
}

// Find returns the first offset in a text's value that stands at offset at of the
// source, or behind it.
func (a *Alignment) Find(source []byte, t Text, at int) int {
	a.align(source, t)
	if len(a.offsets) == 0 {
		return min(max(at-t.Start, 0), t.Len())
	}
	return min(sort.SearchInts(a.offsets, at), len(t.Value))
}

// align sets a to what is known of t. White space in a value stands for any white space
// in the source: the first character for the beginning, the others for the end.
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

// fill has the next bytes of the value stand at offset at.
func (a *Alignment) fill(at, count int) {
	for range count {
		a.offsets = append(a.offsets, at)
	}
}

// blankLength returns the length of the white space and the line specialBytes that source begins
// with, where the value goes on with next. White space other than blanks is dropped from
// the ends of lines, and else kept: none is skipped if such a character goes on.
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
