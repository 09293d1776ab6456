package check

import (
	"sort"
	"unicode/utf8"

	"windsock/grammar"
)

// An alignment finds where offsets in a text's value stand in the source, and the
// other way round. Where the two differ, by tabs or by line breaks with their margins,
// both are read side by side, and steps on the way are remembered: a line may be as
// long as the page, and be asked for each word of it.
type alignment struct {
	text  grammar.Text // that was read last
	steps []step
}

// A step is an offset in a text's value, and where that stands in the source.
type step struct{ at, source int }

// stride is how many bytes of a value lie between two steps that are remembered.
const stride = 256

// isVerbatim reports whether a text's value is what stands in the source.
func isVerbatim(t grammar.Text) bool { return t.Len() == len(t.Value) }

// offset returns the offset in the source of offset at in a text's value.
func (a *alignment) offset(source []byte, t grammar.Text, at int) int {
	if isVerbatim(t) {
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

// find returns the first offset in a text's value that stands at offset at of the
// source, or behind it.
func (a *alignment) find(source []byte, t grammar.Text, at int) int {
	if isVerbatim(t) {
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

// stepsOf returns steps through a text, the first of them its beginning.
func (a *alignment) stepsOf(source []byte, t grammar.Text) []step {
	if len(t.Value) < 2*stride {
		return []step{{0, t.Start}}
	}
	if t == a.text {
		return a.steps
	}
	a.text, a.steps = t, append(a.steps[:0], step{0, t.Start})
	for p, ok := a.steps[0], true; ok; p, ok = p.next(source, t) {
		if p.at >= a.steps[len(a.steps)-1].at+stride {
			a.steps = append(a.steps, p)
		}
	}
	return a.steps
}

// next returns the step behind a character, or behind white space of any length, and
// false at the end of the text.
func (p step) next(source []byte, t grammar.Text) (step, bool) {
	if p.at >= len(t.Value) || p.source >= t.End {
		return p, false
	}
	r, size := utf8.DecodeRuneInString(t.Value[p.at:])
	if r != ' ' {
		_, width := utf8.DecodeRune(source[p.source:])
		return step{p.at + size, p.source + width}, true
	}
	for p.at < len(t.Value) && t.Value[p.at] == ' ' {
		p.at++
	}
	for p.source < t.End && isBlank(source[p.source]) {
		p.source++
	}
	return p, true
}

// subText returns value[from:to] of a text.
func (p *page) subText(t grammar.Text, from, to int) grammar.Text {
	return grammar.Text{
		Span:  grammar.Span{Start: p.aligned.offset(p.source, t, from), End: p.aligned.offset(p.source, t, to)},
		Value: t.Value[from:to],
	}
}
