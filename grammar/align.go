package grammar

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// An Alignment finds where offsets in a text's value stand in the source, and the
// other way round. Where the two differ, by tabs or by line breaks with their margins,
// both are read side by side, and steps on the way are remembered: a line may be as
// long as the page, and be asked for each word of it. The zero value is ready.
type Alignment struct {
	text  Text   // that was read last
	steps []step // through it, none if its value is what stands in the source
}

// A step is an offset in a text's value, and where that stands in the source.
type step struct{ at, source int }

// stride is how many bytes of a value lie between two steps that are remembered.
const stride = 256

// isVerbatim reports whether a text's value is what stands in the source. Both may be as
// long as each other where they differ: a line break with its margin is one blank, and a
// tab several.
func (a *Alignment) isVerbatim(source []byte, t Text) bool {
	switch {
	case t.Len() != len(t.Value):
		return false
	case len(t.Value) < 2*stride:
		return string(t.Of(source)) == t.Value
	}
	a.remember(source, t)
	return len(a.steps) == 0
}

// remember reads a long text.
func (a *Alignment) remember(source []byte, t Text) {
	if t == a.text {
		return
	}
	a.text, a.steps = t, a.steps[:0]
	if t.Len() == len(t.Value) && string(t.Of(source)) == t.Value {
		return
	}
	a.steps = append(a.steps, step{0, t.Start})
	for p, ok := a.steps[0], true; ok; p, ok = p.next(source, t) {
		if p.at >= a.steps[len(a.steps)-1].at+stride {
			a.steps = append(a.steps, p)
		}
	}
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
	if a.isVerbatim(source, t) {
		return t.Start + min(at, len(t.Value))
	}
	steps := a.stepsOf(source, t)
	p := steps[sort.Search(len(steps), func(i int) bool { return steps[i].at > at })-1]
	for p.at < at {
		next, ok := p.next(source, t)
		if !ok {
			break
		}
		p = next
	}
	return p.source
}

// Find returns the first offset in a text's value that stands at offset at of the
// source, or behind it.
func (a *Alignment) Find(source []byte, t Text, at int) int {
	if a.isVerbatim(source, t) {
		return min(max(at-t.Start, 0), t.Len())
	}
	if at <= t.Start {
		return 0
	}
	steps := a.stepsOf(source, t)
	p := steps[sort.Search(len(steps), func(i int) bool { return steps[i].source >= at })-1]
	for {
		next, ok := p.next(source, t)
		if !ok {
			return len(t.Value)
		}
		if next.source >= at {
			_, size := utf8.DecodeRuneInString(t.Value[p.at:])
			return p.at + size
		}
		p = next
	}
}

// stepsOf returns steps through a text that is not verbatim, the first of them its
// beginning.
func (a *Alignment) stepsOf(source []byte, t Text) []step {
	if len(t.Value) < 2*stride {
		return []step{{0, t.Start}}
	}
	a.remember(source, t)
	return a.steps
}

// next returns the step behind a character, or behind white space of any length, and
// false at the end of the text.
func (p step) next(source []byte, t Text) (step, bool) {
	if p.at >= len(t.Value) || p.source >= t.End {
		return p, false
	}
	if !isValueBlank(t.Value[p.at]) {
		_, size := utf8.DecodeRuneInString(t.Value[p.at:])
		return step{p.at + size, p.source + size}, true
	}
	for p.at < len(t.Value) && isValueBlank(t.Value[p.at]) {
		p.at++
	}
	behind, _ := utf8.DecodeRuneInString(t.Value[p.at:])
	for p.source < t.End {
		n := blankLength(source[p.source:t.End], IsSpace(behind))
		if n == 0 {
			break
		}
		p.source += n
	}
	return p, true
}

// isValueBlank reports whether c is white space in a value: a blank, or the break between
// two lines.
func isValueBlank(c byte) bool { return c == ' ' || c == '\n' }

// blankLength returns the length of the white space character or line break that source
// begins with, 0 if it begins with none. White space other than blanks is dropped from the
// ends of lines, and else kept: none is one if such a character goes on.
func blankLength(source []byte, keepsOdd bool) int {
	if bytes.IndexByte([]byte(" \t\v\f"), source[0]) >= 0 {
		return 1
	}
	if r, n := utf8.DecodeRune(source); IsSpace(r) && !keepsOdd {
		return n
	}
	return lineBreak(source)
}
