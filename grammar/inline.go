package grammar

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// An InlineKind is the kind of an Inline.
type InlineKind uint8

// The kinds of inline markup. Standalone hyperlinks, such as URLs, are not reported.
const (
	Literal           InlineKind = iota // ``text``
	Role                                // interpreted text: :role:`text`, `text`:role:, `text`
	PhraseReference                     // `text`_, `text <where>`_
	NameReference                       // text_
	FootnoteReference                   // [1]_, [#]_, [*]_, and references to citations
	SubstitutionUse                     // |text|, |text|_
	InlineTarget                        // _`text`
	Emphasis                            // *text*
	StrongEmphasis                      // **text**
)

// An Inline is a piece of inline markup in running text.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#inline-markup
type Inline struct {
	Kind InlineKind
	// Span is the span of all of the markup, including a role before or after the text.
	Span Span
	// Text is the text between the start-string and the end-string, or between the brackets
	// of a footnote reference. Its Value contains backslashes as written, and one blank for
	// a line break and the blanks around it.
	Text Text
	Name Text // the name of a Role, without colons; empty for the default role
}

// escape replaces a backslash that escapes the next character, in text that is searched
// for markup.
const escape = 0

// An inliner finds the inline markup in running text. It reuses its slices for the next
// text.
type inliner struct {
	segments []segment
	text     []byte // the segments, joined by line feeds, after markEscapes
	starts   []int  // offset in text of each segment
	found    []Inline
	noEnd    [StrongEmphasis + 1]bool // whether the rest of the text has no end-string of the kind
	nameFrom int                      // the last simple name found is text[nameFrom:nameEnd]
	nameEnd  int
	problem  bool // whether docutils reports an error in the text
	steps    int
}

// A segment is a part of a line, as offsets in the page's text.
type segment struct{ start, end int }

// segments returns the lines of b as segments, which the next call overwrites.
func (p *parser) segments(b block) []segment {
	lines := p.inliner.segments[:0]
	for i := b.first; i < b.end; i++ {
		start, end := p.bounds(&b, i)
		lines = append(lines, segment{start, end})
	}
	p.inliner.segments = lines
	return lines
}

// findInlines finds the inline markup of e, whose running text is lines.
func (p *parser) findInlines(e *Element, lines []segment) {
	if !slices.ContainsFunc(lines, func(s segment) bool { return canContainMarkup(p.text[s.start:s.end]) }) {
		return
	}
	in := &p.inliner
	in.load(p.text, lines)
	for from := 0; ; {
		start := in.nextStart(from)
		if start.length == 0 {
			break
		}
		var found Inline
		if found, from = p.construct(start, from); found.Span.End > 0 {
			in.found = append(in.found, found)
		}
	}
	e.Inlines, e.Problematic = slices.Clone(in.found), in.problem
	p.steps += in.steps
}

// canContainMarkup reports whether text contains one of the characters that all markup
// needs.
func canContainMarkup(text []byte) bool {
	for _, c := range []byte("`_*|") {
		if bytes.IndexByte(text, c) >= 0 {
			return true
		}
	}
	return false
}

// load joins segments of text and resets the inliner to search them.
func (in *inliner) load(text []byte, segments []segment) {
	in.segments, in.text, in.starts = segments, in.text[:0], in.starts[:0]
	for i, s := range segments {
		if i > 0 {
			in.text = append(in.text, '\n')
		}
		in.starts = append(in.starts, len(in.text))
		in.text = append(in.text, text[s.start:s.end]...)
	}
	// markEscapes replaces each backslash in text that escapes a character by escape.
	markEscapes(in.text)
	clear(in.noEnd[:])
	in.nameFrom, in.nameEnd = 0, 0
	in.found, in.problem, in.steps = in.found[:0], false, 0
}

// markEscapes replaces each backslash in text that escapes a character.
func markEscapes(text []byte) {
	for i := bytes.IndexByte(text, '\\'); i >= 0 && i < len(text); i++ {
		if text[i] == '\\' {
			text[i] = escape
			i++
		}
	}
}

// construct reads the markup that begins with s, where from is the start of the text not
// yet read. It returns the markup, zero if it is not reported, and the offset of the text
// after it.
func (p *parser) construct(s startString, from int) (found Inline, next int) {
	in := &p.inliner
	next = s.at + s.role + s.length
	if s.delimiter == nil {
		return p.reference(s), next
	}
	if s.role == 0 && in.isQuoted(s.at, next, from) {
		return found, next
	}
	end := in.endString(s.delimiter, next)
	if end.length == 0 {
		in.problem = true
		return found, next
	}
	after := end.at + end.length
	if s.kind != Role {
		return p.inline(s.kind, s.at, next, end.at, after), after
	}
	if s.role > 0 && (end.role > 0 || end.refers) || end.role > 0 && end.refers {
		in.problem = true
		return found, after
	}
	if end.refers {
		return p.inline(PhraseReference, s.at, next, end.at, after), after
	}
	found = p.inline(Role, s.at, next, end.at, after)
	if s.role > 0 {
		found.Name = p.inlineText(s.at+1, s.at+s.role-1)
	} else if end.role > 0 {
		found.Name = p.inlineText(end.at+2, end.at+end.role)
	}
	return found, after
}

// reference returns the reference that s consists of.
func (p *parser) reference(s startString) Inline {
	end := s.at + s.length
	text := bytes.TrimRight(p.inliner.text[s.at:end], "_")
	if text[0] == '[' {
		return p.inline(FootnoteReference, s.at, s.at+1, s.at+len(text)-1, end)
	}
	return p.inline(NameReference, s.at, s.at, s.at+len(text), end)
}

// isQuoted reports whether the start-string text[at:end] is invalid because it is between
// matching quotes or brackets, or at the end of the text. At from, the start of the text
// not yet read, docutils does not test this.
func (in *inliner) isQuoted(at, end, from int) bool {
	if at == from {
		return false
	}
	if end == len(in.text) {
		return true
	}
	before, _ := utf8.DecodeLastRune(in.text[:at])
	after, _ := in.rune(end)
	return isPair(before, after)
}

// rune returns the character at offset at.
func (in *inliner) rune(at int) (rune, int) {
	if c := in.text[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRune(in.text[at:])
}

// mayFollow reports whether the character before offset at can precede a start-string.
func (in *inliner) mayFollow(at int) bool {
	if c := in.text[at-1]; c < utf8.RuneSelf {
		return opensASCII[c]
	}
	r, _ := utf8.DecodeLastRune(in.text[:at])
	return IsSpace(r) || isOpener(r) || isDelimiter(r)
}

// mayPrecede reports whether an end-string can end at offset at: whether the next
// character can follow it.
func (in *inliner) mayPrecede(at int) bool {
	if at >= len(in.text) {
		return at == len(in.text)
	}
	if c := in.text[at]; c < utf8.RuneSelf {
		return closesASCII[c]
	}
	r, _ := utf8.DecodeRune(in.text[at:])
	return IsSpace(r) || isCloser(r) || isDelimiter(r)
}

// inline returns the markup at text[start:end] whose own text is text[from:to].
func (p *parser) inline(kind InlineKind, start, from, to, end int) Inline {
	return Inline{
		Kind: kind,
		Span: Span{p.inlineOffset(start), p.inlineOffset(end)},
		Text: p.inlineText(from, to),
	}
}

// segmentOf returns the index of the segment that contains offset at of the text. The end
// of a segment belongs to it.
func (in *inliner) segmentOf(at int) int {
	return sort.SearchInts(in.starts, at+1) - 1
}

// inlineOffset converts an offset in the text to one in the source.
func (p *parser) inlineOffset(at int) int {
	n := p.inliner.segmentOf(at)
	return p.sourceOffset(p.inliner.segments[n].start + at - p.inliner.starts[n])
}

// inlineText returns text[from:to] as in the source, with one blank for each line break
// and the blanks around it.
func (p *parser) inlineText(from, to int) Text {
	in := &p.inliner
	t := Text{Span: Span{p.inlineOffset(from), p.inlineOffset(to)}}
	first, last := in.segmentOf(from), in.segmentOf(to)
	start := in.segments[first].start + from - in.starts[first]
	end := in.segments[last].start + to - in.starts[last]
	if first == last {
		t.Value = p.values[start:end]
		return t
	}
	parts := []string{strings.TrimRight(p.values[start:in.segments[first].end], " ")}
	for _, s := range in.segments[first+1 : last] {
		parts = append(parts, strings.Trim(p.values[s.start:s.end], " "))
	}
	parts = append(parts, strings.TrimLeft(p.values[in.segments[last].start:end], " "))
	t.Value = strings.Join(parts, " ")
	return t
}
