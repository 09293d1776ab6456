package check

import (
	"strings"

	"windsock/grammar"
)

// introducesList reports whether the text introduces a list of the options of a section. It mentions
// only that section, and ends in a colon or contains nothing else. The first words of the items are
// then paired with the section.
func (s *sentences) introducesList() bool {
	list := sibling(s.element, 1)
	if list == nil || !isList(list) || len(s.words) != 1 {
		return false
	}
	w, text := &s.words[0], strings.TrimSpace(s.flow.text)
	rest := strings.Trim(s.flow.text[:w.from]+s.flow.text[w.to:], "*: ")
	if !strings.HasSuffix(text, ":") && rest != "" && !strings.EqualFold(rest, "section") {
		return false
	}
	if name := strings.ToLower(w.name); s.Catalog.Section(name) == nil && !s.Catalog.WasSection(name) {
		return false
	}
	s.checkSection(w)
	w.used = true
	for _, item := range list.Children {
		s.item(w, item)
	}
	return true
}

// item pairs the first words of a list item with a section. The rest of the item is read later.
func (s *sentences) item(section *word, item *grammar.Element) {
	head := item
	if item.Kind == grammar.ListItem && len(item.Children) > 0 {
		head = item.Children[0]
	}
	if len(head.Inlines) == 0 || head.Kind != grammar.Paragraph && head.Kind != grammar.Term {
		return
	}
	of := s.sentences(head, head.Text)
	for _, in := range head.Inlines {
		of.markup = of.partOf(in.Span)
		noted := len(of.words)
		if in.Kind == grammar.Literal && joinsPattern().MatchString(strings.Trim(of.flow.text[of.head:of.markup.from], "*")) {
			of.word(of.partOf(in.Text.Span))
		}
		if len(of.words) == noted {
			break
		}
		of.head = of.markup.to
	}
	of.markup = part{}
	for i := range of.words {
		above := *section
		above.isElsewhere = true
		of.pair(&above, &of.words[i], strings.Contains(of.words[i].name, "_"))
	}
	s.heads[head] = of
}
