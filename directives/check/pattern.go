package check

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// pattern checks a pattern "name_*" in a declared section, and reports whether no option matches it.
func (s *sentences) pattern(w *word, section string) bool {
	declared := s.Catalog.Section(strings.ToLower(section))
	if declared == nil || s.Catalog.IsOpen(section) || isPlaceholder(strings.Trim(w.name, "_*")) || len(s.Catalog.Match(declared.Name, strings.ToLower(w.name))) > 0 {
		return false
	}
	v := catalog.Resolution{
		Rule: finding.UnknownOption, About: catalog.Reference{Section: declared.Name, Name: w.name},
		Message: fmt.Sprintf("no option of [%s] matches %s", declared.Name, w.name), Instead: s.respelt(declared.Name, w.name),
	}
	v.Misspelt = v.Instead != ""
	return s.addWord(Pair, w, v, v.Instead)
}

// respelt returns a pattern that matches options of a section, and differs from another only in its
// underscores; "" if there is none.
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
