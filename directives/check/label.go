package check

import (
	"strings"

	"windsock/directives/finding"
	"windsock/grammar"
)

// label checks the text of a reference role: a label, which can be in angle brackets after a title,
// and can have the prefix of an intersphinx inventory.
func (s *sentences) label(text part) {
	if open := strings.LastIndexByte(s.in(text), '<'); open >= 0 && strings.HasSuffix(s.in(text), ">") {
		text = part{text.from + open + 1, text.to - 1}
	}
	if n := strings.Index(s.in(text), ":"+grammar.LabelPrefix); n >= 0 && nameEnd(s.in(text), 0) == n {
		text.from += n + 1
	}
	if strings.HasPrefix(s.in(text), grammar.LabelPrefix) {
		s.labelAt(text)
	}
}

// labelAt checks one label. It skips placeholders, and longer words.
func (s *sentences) labelAt(words part) {
	label := s.in(words)
	r, ok := grammar.FindReference(label[:wordsEnd(label, 0, 1)])
	if !ok || r.Form != grammar.Label || r.End != len(label) || r.IsPattern() {
		return
	}
	v, fix := s.Catalog.ResolveSection(r.Section.Value), ""
	if r.Name.Value != "" {
		v = s.resolve(referenceOf(r))
	}
	if o := optionMeant(v); o != nil {
		fix = grammar.LabelPrefix + o.Section + grammar.Separator + o.Name
	} else if v.To != nil {
		fix = grammar.LabelPrefix + v.To.Section.Name
	}
	switch v.Rule {
	case finding.UnknownOption, finding.UnknownSection, finding.NotSensitive:
		v.Rule, v.Message, v.Help, v.Instead = finding.UnknownLabel, "there is no label "+label, "", fix
	}
	s.add(Label, words, v, fix)
}
