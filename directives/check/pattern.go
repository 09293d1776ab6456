package check

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// pattern checks a pattern of names, "name_*", in a section that the data declares, and reports
// whether it is wrong: no option matches it.
func (s *sentences) pattern(m mention, r catalog.Reference, at part) bool {
	section := s.Catalog.Section(strings.ToLower(r.Section))
	if section == nil || s.Catalog.IsOpen(section.Name) || isPlaceholder(strings.Trim(r.Name, "_*")) || s.matches(section.Name, r.Name) {
		return false
	}
	v := catalog.Resolution{Rule: finding.UnknownOption, About: catalog.Reference{Section: section.Name, Name: r.Name}}
	v.Message = fmt.Sprintf("no option of [%s] matches %s", section.Name, r.Name)
	if s.isOthers(v, at) {
		return false
	}
	fix := ""
	if v.Instead = s.respelt(section.Name, r.Name); v.Instead != "" {
		v.Misspelt, fix = true, strings.Replace(m.text.Value, r.Name, v.Instead, 1)
	}
	return s.add(m, v, fix)
}

// matches reports whether an option of a section matches a pattern.
func (p *page) matches(section, pattern string) bool {
	return len(p.Catalog.Match(section, strings.ToLower(pattern))) > 0
}

// respelt returns the pattern of a section's options that another differs from only by its
// underscores, "" if there is none.
func (p *page) respelt(section, pattern string) string {
	letters := func(name string) string { return strings.ReplaceAll(strings.ToLower(name), "_", "") }
	for _, o := range p.Catalog.Match(section, "*") {
		for at := range indexes(o.Name, "_") {
			if prefix := o.Name[:at+1]; letters(prefix) == letters(strings.TrimSuffix(pattern, "*")) {
				return prefix + "*"
			}
		}
	}
	return ""
}
