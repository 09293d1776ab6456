package check

import (
	"bytes"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/grammar"
)

// joined checks a literal of the form "section -> name" or "section:name", and reports whether it
// is one: the section is Airflow's, and the name that of an option of it, or nearly.
func (s *sentences) joined(t grammar.Text, at part) bool {
	found, ok := grammar.FindReference(t.Value)
	if !ok || found.Form != grammar.Joined || found.End != len(t.Value) || s.Catalog.Section(found.Section.Value) == nil {
		return false
	}
	section := found.Section.Value
	v := s.resolve(catalog.Reference{Section: section, Name: found.Name.Value})
	if v.Option == nil && !(v.Misspelt && isOf(v, section)) {
		return false
	}
	fix := ""
	if v.Misspelt {
		fix = t.Value[:found.Name.Start] + nameIn(section, v)
	}
	s.addNamed(s.mention(Literal, t, 0, len(t.Value), at), v, fix, at)
	return true
}

// joinedTriggers are the triggers of such literals. In a table that is drawn the arrow may stand in
// another line than the section.
func (c *Checker) joinedTriggers() []directives.Trigger {
	fits := func(page *directives.RawPage, from, _ int) bool {
		return page.MayHoldTable() || c.endsInSection(bytes.TrimRightFunc(page.Source[:from], grammar.IsSpace))
	}
	return []directives.Trigger{
		{Text: "->", Fits: fits},
		{Text: ":", Fits: func(page *directives.RawPage, from, to int) bool {
			return to < len(page.Source) && isWordByte(page.Source[to]) && c.endsInSection(page.Source[:from])
		}},
	}
}
