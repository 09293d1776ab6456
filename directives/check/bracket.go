package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/grammar"
)

// A bracket is a text of the form "[section] name", as offsets.
type bracket struct {
	section part
	close   int  // the offset after the "]"
	option  part // empty if there is only a section
}

// bracketAt parses a section in brackets, and the option name after it, at offset open of text.
func bracketAt(text string, open int) (b bracket, ok bool) {
	end := strings.IndexByte(text[open:min(len(text), open+maxReference)], ']')
	if end < 0 {
		return b, false
	}
	r, ok := grammar.FindReference(text[open:wordsEnd(text, open+end, 3)])
	if !ok || r.Form != grammar.Bracketed || text[open+r.Section.End] != ']' || text[open+r.Section.Start-1] != '[' || strings.ContainsAny(r.Section.Value, "*?") {
		return b, false
	}
	b = bracket{section: partAt(open, r.Section.Span), close: open + r.Section.End + len("]"), option: partAt(open, r.Name.Span)}
	b.option.to = patternStart(text, b.option)
	if r.Name.Value == "" {
		b.option = part{b.close, b.close}
	}
	return b, true
}

// bracketed checks a literal with a section in brackets at offset open: at its start, or within
// a formula, where the section must be Airflow's.
func (s *sentences) bracketed(in part, open int) {
	text := s.flow.text[:in.to]
	b, ok := bracketAt(text, open)
	if !ok || isPlaceholder(s.in(b.section)) {
		return
	}
	isKnown := s.Catalog.KnowsSection(s.in(b.section))
	first := []byte(text[open+1 : b.close]) // another name in brackets can be before the section
	isAtStart := open == in.from && first[namesEnd(first, 0)] == ']' && first[0] != ']'
	if !isAtStart && !isKnown {
		return
	}
	name, rest := s.in(b.option), text[b.option.to:]
	if name == "" && strings.TrimSpace(rest) == "" {
		s.sectionAlone(b)
	}
	if name == "" || continuesPlaceholder(rest) {
		return
	}
	if v := s.resolve(catalog.Reference{Section: s.in(b.section), Name: name}); v.Rule == "" || v.Misspelt && isKnown || endsReference(rest) {
		s.add(Literal, part{b.section.from - 1, b.option.to}, v, v.Instead)
	}
}

// sectionAlone records a section in brackets, to pair it with an option elsewhere.
func (s *sentences) sectionAlone(b bracket) {
	w := word{part: s.markup, text: part{b.section.from - 1, b.close}, name: s.in(b.section), bracketed: true}
	if w.to == 0 {
		w.part = w.text
	}
	s.words = append(s.words, w)
}

// plainSections checks sections in brackets outside of literals. Prose has many brackets, some of
// them Markdown links. So the section must be one that Airflow has or had, or an option mistaken
// for a section. The word after it is an option name only if it has several words, or is a former
// name.
func (s *sentences) plainSections(in part) {
	text := s.flow.text[:in.to]
	for at := in.from; ; {
		n := strings.IndexByte(text[at:], '[')
		if n < 0 {
			return
		}
		open := at + n
		if at = open + 1; open > 0 && isWordByte(text[open-1]) {
			continue
		}
		b, ok := bracketAt(text, open)
		at = max(at, b.close) // adjacent brackets are read once
		section, name := s.in(b.section), s.in(b.option)
		isOption := s.Catalog.IsOptionName(section)
		if !ok || name == "" && strings.HasPrefix(text[b.close:], "(") || !isOption && !s.Catalog.KnowsSection(section) {
			continue
		}
		if name != "" && !isPlaceholder(name) && !isOption {
			v := s.resolve(catalog.Reference{Section: section, Name: name})
			if strings.Contains(name, "_") || v.IsOfPast() {
				s.add(Literal, part{b.section.from - 1, b.option.to}, v, v.Instead)
				continue
			}
		}
		s.sectionAlone(b)
	}
}

// bracketTrigger is the trigger for sections in brackets: at the start of a literal, or of a line
// of a configuration file, or with the name of a section or option of Airflow.
func (c *Checker) bracketTrigger() directives.Trigger {
	return directives.Trigger{Text: "[", Fits: func(page *directives.RawPage, from, to int) bool {
		end := namesEnd(page.Source, to)
		if end == to || end == len(page.Source) || page.Source[end] != ']' {
			return false
		}
		name := string(page.Source[to:end])
		beginsLiteral := from > 0 && page.Source[from-1] == '`' && (page.MayContainTable() || mayEndReference(page.Source[end+1:]))
		return beginsLiteral || mayBeHeader(page, from) || c.Catalog.KnowsSection(name) || c.Catalog.IsOptionName(strings.ToLower(name))
	}}
}

// mayEndReference reports whether text, after a section in brackets in a literal, may be an option
// name that [endsReference] accepts, or no name, or another section.
func mayEndReference(text []byte) bool {
	text = bytes.TrimLeftFunc(text, grammar.IsSpace)
	name := string(text[:min(len(text), maxReference)])
	text = bytes.TrimLeftFunc(text[nameEnd(name, 0):], grammar.IsSpace)
	return len(text) > 0 && (text[0] == '`' || text[0] == '[' || endsReference(string(text[:1])))
}
