package check

import (
	"fmt"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// label checks the text of a reference role: a label, perhaps in angle brackets
// behind a title, perhaps behind the name of an intersphinx inventory.
func (s *sentences) label(t grammar.Text, at part) {
	from, to := 0, len(t.Value)
	if open := strings.LastIndexByte(t.Value, '<'); open >= 0 && strings.HasSuffix(t.Value, ">") {
		from, to = open+1, to-1
	}
	if n := strings.Index(t.Value[from:to], ":"+grammar.LabelPrefix); n >= 0 && nameEnd(t.Value, from) == from+n {
		from += n + 1
	}
	if strings.HasPrefix(t.Value[from:to], grammar.LabelPrefix) {
		s.labelAt(s.mention(Label, t, from, to, at), at)
	}
}

// labelAt checks one label.
func (s *sentences) labelAt(m mention, at part) {
	name := m.text.Value[len(grammar.LabelPrefix):]
	if labelEnd(m.text.Value, 0) != len(m.text.Value) || name == "" {
		return // a placeholder, or another label that begins so
	}
	v, fix := s.resolveLabel(name)
	s.addNamed(m, v, fix, at)
}

// labelEnd returns the end of the label whose prefix stands at an offset of text.
func labelEnd(text string, at int) int {
	r, ok := grammar.FindReference(text[at:wordsEnd(text, at, 1)])
	if !ok || r.Form != grammar.Label {
		return at + len(grammar.LabelPrefix)
	}
	return patternStart(text, part{at, at + r.End})
}

// resolveLabel says what a label names, less its prefix, and what to write in the
// place of the label.
func (p *page) resolveLabel(name string) (v catalog.Resolution, fix string) {
	section, option, both := strings.Cut(name, "__")
	if !both {
		v = p.Catalog.ResolveSection(section)
		if v.To != nil {
			fix = grammar.LabelPrefix + v.To.Section.Name
		}
	} else {
		v = p.resolve(catalog.Reference{Section: section, Name: option})
	}
	if o := optionMeant(v); o != nil {
		fix = grammar.LabelPrefix + o.Section + "__" + o.Name
	}
	if v.Rule == finding.UnknownOption || v.Rule == finding.UnknownSection || v.Rule == finding.NotSensitive {
		v.Rule, v.Help = finding.UnknownLabel, ""
		v.Message = fmt.Sprintf("there is no label %s%s", grammar.LabelPrefix, name)
		v.Instead = fix
	}
	return v, fix
}

// quotedLabels checks the labels in text whose markup could not be read.
func (s *sentences) quotedLabels() {
	for from := range indexes(s.flow.text, grammar.LabelPrefix) {
		at := part{from, labelEnd(s.flow.text, from)}
		if at.from > 0 && strings.IndexByte("`<:", s.flow.text[at.from-1]) >= 0 {
			s.labelAt(s.plainMention(Label, at), at)
		}
	}
}

// labelTrigger is the trigger of the labels in roles and URLs.
var labelTrigger = directives.Trigger{Text: grammar.LabelPrefix, Fits: func(page *directives.RawPage, from, _ int) bool {
	return from > 0 && strings.IndexByte("`<:#", page.Source[from-1]) >= 0
}}
