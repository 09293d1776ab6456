package expand

import (
	"strings"

	"windsock/directives/finding"
	"windsock/grammar"
)

// An authorText locates roles of an expansion in the directive where an author wrote them.
// Since lines are wrapped otherwise there, both texts are compared with one blank for all
// white space between two words.
type authorText struct {
	directive *grammar.Directive
	words     string // the source of the directive, with single blanks
	offsets   []int  // of the bytes of words in the source, and of its end
	next      int    // where in words the search for the next role begins

	role grammar.Span // the role that was located last, in the expansion
	at   grammar.Span // that role in words, empty if it is not there
}

// newAuthorText returns the text of a directive of source.
func newAuthorText(d *grammar.Directive, source []byte) *authorText {
	a := &authorText{directive: d}
	a.words, a.offsets = singleBlanks(d.Span.Of(source))
	return a
}

// place moves a finding from a role in the text of an expansion to the same words in the
// directive, or to the type of the directive if they are not there.
func (a *authorText) place(d finding.Finding, role grammar.Span, text []byte) finding.Finding {
	if a.role != role {
		a.role, a.at = role, a.find(role.Of(text))
	}
	switch {
	case a.at.Len() == 0:
		d.Span, d.Suggestion = a.directive.Type.Span, ""
	case !role.Contains(d.Span):
		d.Span, d.Suggestion = a.inSource(a.at), ""
	default:
		before, _ := singleBlanks(text[role.Start:d.Span.Start])
		word, _ := singleBlanks(d.Span.Of(text))
		d.Span = a.inSource(grammar.Span{End: len(word)}.Shift(a.at.Start + len(before)))
	}
	return d
}

// find returns where a role stands in words: behind the last one or, as options may be
// written in any order, before it.
func (a *authorText) find(role []byte) grammar.Span {
	text, _ := singleBlanks(role)
	at := strings.Index(a.words[a.next:], text)
	if at >= 0 {
		at += a.next
	} else if at = strings.Index(a.words, text); at < 0 {
		return grammar.Span{}
	}
	a.next = at + len(text)
	return grammar.Span{Start: at, End: a.next}
}

// inSource returns the span in the source of a span in words.
func (a *authorText) inSource(s grammar.Span) grammar.Span {
	start := a.directive.Span.Start
	return grammar.Span{Start: start + a.offsets[s.Start], End: start + a.offsets[s.End]}
}

// singleBlanks returns a text with one blank in place of each run of white space, and the
// offsets of its bytes in the text, followed by the length of the text.
func singleBlanks(text []byte) (words string, offsets []int) {
	var single []byte
	for i, c := range text {
		if strings.IndexByte(" \t\n\v\f\r", c) >= 0 {
			if c = ' '; len(single) > 0 && single[len(single)-1] == c {
				continue
			}
		}
		single = append(single, c)
		offsets = append(offsets, i)
	}
	return string(single), append(offsets, len(text))
}
