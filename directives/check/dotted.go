package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// dotted checks a literal of the form "section.name", and reports whether it is
// one. Modules, metrics and the values of Helm's charts look the same, so what does
// not exist counts only if it is nearly an option of that very section, or one of
// another.
func (s *sentences) dotted(in part) bool {
	text := s.in(in)
	if !s.isFamiliarName(text[:nameEnd(text, 0)]) {
		return false
	}
	found, ok := grammar.FindReference(text[:wordsEnd(text, 0, 1)])
	if !ok || found.Form != grammar.Dotted || found.IsPattern() || !endsReference(text[found.End:]) {
		return false
	}
	r := referenceOf(found)
	v := s.resolve(r)
	if !isDotted(s.Catalog, r, v) && !(v.IsOfPast() && s.isOfAirflow(in.from)) {
		return false
	}
	s.add(Literal, part{in.from, in.from + found.End}, v, rewritten(text, found, v))
	return true
}

// isDotted reports whether a literal of the form "section.name" is a reference: to
// an option, nearly to one of that section, or to one of another section, whose
// name then is more than one word. An old spelling alone proves nothing: the chart's
// value "webserver.base_url" is spelled as an option once was.
func isDotted(c *catalog.Catalog, r catalog.Reference, v catalog.Resolution) bool {
	o := optionMeant(v)
	switch {
	case v.Rule == "":
		return c.Find(v.About) != nil
	case o == nil:
		return false
	case v.Misspelt && (o.Section == r.Section || o.Name == r.Name), v.Rule == finding.DeprecatedOption:
		return true
	}
	return strings.Contains(r.Name, "_") && !v.To.Renamed && o.Name == r.Name
}

// dottedTrigger is the trigger of literals of the form "section.name".
func (c *Checker) dottedTrigger() directives.Trigger {
	return directives.Trigger{Text: "`", Fits: func(page *directives.RawPage, _, to int) bool {
		end := namesEnd(page.Source, to)
		if bytes.IndexByte(page.Source[to:end], '.') < 0 {
			return false
		}
		name := string(page.Source[to:end])
		name = name[:nameEnd(name, 0)]
		return c.isFamiliarName(name) || c.Catalog.Section(name) != nil
	}}
}

// isFamiliarName reports whether a name of the form "section.name" may be that of an option of
// Airflow's: the section is, or was, or it is a misspelling of one, and an option has that name of
// several words.
func (c *Checker) isFamiliarName(dotted string) bool {
	dot := max(0, strings.LastIndexByte(dotted, '.'))
	section, name := dotted[:dot], dotted[dot:]
	if section == "" || c.Catalog.KnowsSection(section) {
		return section != ""
	}
	if !c.Catalog.IsOptionName(strings.ToLower(name[1:])) {
		return false
	}
	to := c.Catalog.SuggestSection(section)
	return to != nil && to.Certain
}
