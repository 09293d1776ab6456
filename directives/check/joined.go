package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/grammar"
)

// joined checks a literal of the form "section -> name" or "section:name", and reports whether it is
// a reference: to an option, perhaps misspelt, of a section of Airflow.
func (s *sentences) joined(in part) bool {
	text := s.in(in)
	end := strings.IndexAny(text, ":> ")
	if end < 0 || s.Catalog.Section(strings.TrimRight(text[:end], "-")) == nil {
		return false
	}
	found, ok := grammar.FindReference(text)
	if !ok || found.Form != grammar.Joined || found.End != len(text) {
		return false
	}
	v := s.resolve(referenceOf(found))
	if v.Option == nil && !(v.Misspelt && isOf(v, found.Section.Value)) {
		return false
	}
	s.add(Literal, in, v, rewritten(text, found, v))
	return true
}

// joinedTriggers are the triggers for such literals. In a grid table or a simple table, the arrow
// can be on a different line than the section.
func (c *Checker) joinedTriggers() []directives.Trigger {
	return []directives.Trigger{{Text: "->", Fits: func(page *directives.RawPage, from, _ int) bool {
		return page.MayContainTable() || c.endsInSection(bytes.TrimRightFunc(page.Source[:from], grammar.IsSpace))
	}}, {Text: ":", Fits: func(page *directives.RawPage, from, to int) bool {
		return to < len(page.Source) && isWordByte(page.Source[to]) && c.endsInSection(page.Source[:from])
	}}}
}
