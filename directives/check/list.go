package check

import (
	"strings"

	"windsock/grammar"
)

// intro reports whether the text introduces a list of the options of a section:
// it mentions that section alone, and is nothing but that or ends in a colon.
// The items' first words are then paired with the section.
func (s *sentences) intro() bool {
	list := s.following(s.element)
	if list == nil || s.several {
		return false
	}
	section := -1
	for i := range s.words {
		if s.words[i].isSection {
			if section >= 0 {
				return false
			}
			section = i
		}
	}
	if section < 0 || len(s.words) > 1 || !s.introduces(&s.words[section]) {
		return false
	}
	w := &s.words[section]
	if s.Catalog.Section(strings.ToLower(w.name)) == nil && !s.Catalog.WasSection(strings.ToLower(w.name)) {
		return false
	}
	s.alone(w)
	w.used = true
	for _, item := range list.Children {
		s.item(w, item)
	}
	return true
}

// introduces reports whether the text around a section says that its options
// follow.
func (s *sentences) introduces(w *word) bool {
	text := strings.TrimSpace(s.flow.text)
	if strings.HasSuffix(text, ":") {
		return true
	}
	rest := strings.TrimSpace(s.flow.text[:w.from] + s.flow.text[w.to:])
	return strings.EqualFold(strings.Trim(rest, "*: "), "section") || rest == ""
}

// following returns the list that stands right behind a paragraph, or nil.
func (p *page) following(e *grammar.Element) *grammar.Element {
	next := p.sibling(e, 1)
	if next == nil || next.Kind != grammar.BulletList && next.Kind != grammar.EnumeratedList && next.Kind != grammar.DefinitionList {
		return nil
	}
	return next
}

// item pairs the words that a list item begins with with a section. The rest of
// the item is read when its turn comes.
func (s *sentences) item(section *word, item *grammar.Element) {
	head := item
	if item.Kind == grammar.ListItem && len(item.Children) > 0 {
		head = item.Children[0]
	}
	if len(head.Inlines()) == 0 || head.Kind != grammar.Paragraph && head.Kind != grammar.Term {
		return
	}
	of := &sentences{page: s.page, element: head, flow: newFlow(s.source, head.Text)}
	at := 0
	for _, in := range head.Inlines() {
		from, to := of.flow.find(in.Span.Start), of.flow.find(in.Span.End)
		if in.Kind != grammar.Literal || !joins(strings.Trim(of.flow.text[at:from], "*")) {
			break
		}
		of.word(in.Text, part{from, to})
		at = to
	}
	for i := range of.words {
		option := *section
		of.pair(&option, &of.words[i], strings.Contains(of.words[i].name, "_"))
		if of.words[i].used {
			s.paired[of.words[i].text.Start] = true
		}
	}
}
