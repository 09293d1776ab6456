package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// A part is a range of bytes in a text.
type part struct{ from, to int }

// sentences are the running text of an element, or a line of a literal block, with the options that
// it mentions. All parts are offsets in the flow.
type sentences struct {
	*document
	element *grammar.Element
	flow    *flow
	markup  part    // the inline markup that is being read; empty for plain text
	head    int     // the end of the text that was already read
	words   []word  // the words that may be part of a pair, in order
	options []named // the options that the text names

	last sentence // the result of the last call of sentence
}

// A word is a literal, or a section in brackets, that may be part of a pair.
type word struct {
	part             // including markup
	text      part   // without markup, including brackets
	name      string // without brackets
	bracketed bool   // it is in brackets, so it is a section
	isPattern bool   // it is a pattern "name_*"
	valued    bool   // it has a value, so it is not a section
	isSection bool   // it is in brackets, or the text calls it a section
	used      bool   // it is already part of a pair

	isElsewhere bool // it is in another paragraph, which introduces this text
}

// A named option is an option with its place in running text.
type named struct {
	part
	option *catalog.Option
}

// sentences returns the text of some lines in an element.
func (d *document) sentences(e *grammar.Element, lines []grammar.Text) *sentences {
	return &sentences{document: d, element: e, flow: newFlow(d.bytes, lines)}
}

// all returns all of the text.
func (s *sentences) all() part { return part{0, len(s.flow.text)} }

// in returns a part of the text.
func (s *sentences) in(at part) string { return s.flow.text[at.from:at.to] }

// span returns the span of a part of the text in the page.
func (s *sentences) span(at part) grammar.Span { return s.locate(s.flow.span(at.from, at.to)) }

// running checks the running text of an element: its literals and roles, and the environment
// variables and sections between them.
func (d *document) running(e *grammar.Element) {
	s := d.heads[e]
	if s == nil && len(e.Inlines) == 0 && !mayMention(e) {
		return
	} else if s == nil {
		s = d.sentences(e, e.Text)
	}
	at := s.head
	for _, in := range e.Inlines {
		markup := s.partOf(in.Span)
		if markup.from < at || in.Kind > grammar.PhraseReference && in.Kind != grammar.FootnoteReference {
			continue // it is already read, or is plain text
		}
		s.plain(part{at, markup.from})
		s.markup = markup
		s.inline(in, s.partOf(in.Text.Span))
		s.markup = part{}
		at = markup.to
	}
	s.plain(part{at, len(s.flow.text)})
	s.pairs()
	if len(s.words) > 0 || len(s.options) > 0 {
		d.later = append(d.later, func() {
			s.readNames()
			s.defaults()
		})
	}
}

// mayMention reports whether text without inline markup may mention an option.
func mayMention(e *grammar.Element) bool {
	for _, line := range e.Text {
		if strings.Contains(line.Value, "__") || strings.Contains(line.Value, "[") || mayHaveAnchor(line.Value) {
			return true
		}
	}
	return false
}

// partOf converts a span of the document to a part of the text.
func (s *sentences) partOf(span grammar.Span) part {
	return part{s.flow.find(span.Start), s.flow.find(span.End)}
}

// inline checks one piece of inline markup; text is the part between its start and end strings.
func (s *sentences) inline(in grammar.Inline, text part) {
	switch in.Kind {
	case grammar.Literal:
		s.literal(text)
	case grammar.PhraseReference:
		s.title(text)
		s.anchors(text)
	case grammar.Role:
		s.role(strings.ToLower(in.Name.Value), text)
	}
}

// role checks interpreted text.
func (s *sentences) role(name string, text part) {
	switch name {
	case "envvar", "std:envvar":
		s.envVars(text)
	case "": // some authors write single backquotes for a literal
		if !s.envVars(text) && strings.HasPrefix(s.in(text), "[") {
			s.bracketed(text, text.from)
		}
		fallthrough
	case "ref", "std:ref", "any":
		s.title(text)
		s.label(text)
	case "code", "literal", "samp", "file", "kbd", "command", "program":
		s.literal(text)
	default:
		if strings.HasPrefix(name, "external") && (strings.HasSuffix(name, ":ref") || strings.HasSuffix(name, ":any")) {
			s.label(text)
		}
	}
}

// title checks the title of a link, the text before its target.
func (s *sentences) title(text part) {
	if open := strings.LastIndexByte(s.in(text), '<'); open > 0 {
		text.to = text.from + len(strings.TrimRight(s.in(text)[:open], " "))
		if !s.dotted(text) {
			s.word(text)
		}
	}
}

// plain checks text between inline markup.
func (s *sentences) plain(text part) {
	if text.from < text.to {
		s.envVars(text)
		s.plainSections(text)
		s.anchors(text)
	}
}
