package check

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// label checks the text of a reference role: a label, perhaps in angle brackets
// behind a title, perhaps behind the name of an intersphinx inventory.
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

// labelAt checks one label.
func (s *sentences) labelAt(words part) {
	label := s.in(words)
	name := label[len(grammar.LabelPrefix):]
	if formEnd(label, 0, grammar.Label, grammar.LabelPrefix) != len(label) {
		return // a placeholder, or another label that begins so
	}
	v, fix := s.resolveLabel(name)
	s.add(Label, words, v, fix)
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
