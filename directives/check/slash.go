package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/grammar"
)

// slashes pairs a section and an option with a slash between them.
func (s *sentences) slashes() {
	for i := 0; i+1 < len(s.words); i++ {
		section, option := &s.words[i], &s.words[i+1]
		if section.bracketed || section.valued || option.bracketed || strings.TrimSpace(s.flow.text[section.to:option.from]) != "/" {
			continue
		}
		if s.Catalog.Section(section.name) != nil {
			s.pair(section, option, strings.Contains(option.name, "_"))
		}
	}
}

// slashTrigger is the trigger for a section in a literal with a slash behind it. In a grid table or a
// simple table, the slash can be on the next line.
func (c *Checker) slashTrigger() directives.Trigger {
	return directives.Trigger{Text: "/", Fits: func(page *directives.RawPage, from, _ int) bool {
		before := bytes.TrimRightFunc(page.Source[:from], grammar.IsSpace)
		section := bytes.TrimRight(before, "`")
		return len(section) < len(before) && c.endsInSection(section) || page.MayContainTable() && len(before) < from
	}}
}
