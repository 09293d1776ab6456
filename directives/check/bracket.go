package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/grammar"
)

// A bracket is text of the form "[section] name", as offsets.
type bracket struct {
	section part
	close   int  // after the "]"
	option  part // empty if the section stands alone
}

// bracketAt reads a section between brackets, and the name of an option after
// it, at offset open of text.
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

// bracketed checks a literal that holds a section between brackets, at offset
// open: at its beginning, or in a formula, where the section must be Airflow's.
func (s *sentences) bracketed(in part, open int) {
	text := s.flow.text[:in.to]
	b, ok := bracketAt(text, open)
	if !ok || isPlaceholder(s.in(b.section)) || open > in.from && !s.Catalog.KnowsSection(s.in(b.section)) {
		return
	}
	name, rest := s.in(b.option), text[b.option.to:]
	if name == "" && strings.TrimSpace(rest) == "" {
		s.sectionAlone(b)
	}
	if name == "" || continuesPlaceholder(rest) {
		return
	}
	if v := s.resolve(catalog.Reference{Section: s.in(b.section), Name: name}); v.Rule == "" || v.Misspelt && s.Catalog.KnowsSection(s.in(b.section)) || endsReference(rest) {
		s.add(Literal, part{b.section.from - 1, b.option.to}, v, v.Instead)
	}
}

// sectionAlone notes a section between brackets, for an option that stands elsewhere.
func (s *sentences) sectionAlone(b bracket) {
	w := word{part: s.markup, text: part{b.section.from - 1, b.close}, name: s.in(b.section), bracketed: true}
	if w.to == 0 {
		w.part = w.text
	}
	s.words = append(s.words, w)
}

// plainSections finds sections between brackets outside of literals. Prose is
// full of brackets, some of them links of Markdown: only those of a section that Airflow has, or had, count, and
// those of an option that was taken for a section. So it is full of words: what follows is
// a name only if it is more than one word, or one of the past.
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
		at = max(at, b.close) // several on end are read as one
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

// bracketTrigger is the trigger of sections between brackets. They begin a literal or a line of a
// configuration file, or are sections of Airflow's, or options that were taken for one.
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

// mayEndReference reports whether text, behind a section between brackets in a literal, may be
// a name that [endsReference] takes for that of an option, no name or another section.
func mayEndReference(text []byte) bool {
	text = bytes.TrimLeftFunc(text, grammar.IsSpace)
	name := string(text[:min(len(text), maxReference)])
	text = bytes.TrimLeftFunc(text[nameEnd(name, 0):], grammar.IsSpace)
	return len(text) > 0 && (text[0] == '`' || text[0] == '[' || endsReference(string(text[:1])))
}
