package check

import (
	"bytes"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// dotted checks a literal of the form "section.name", and reports whether it is a reference.
// Modules, metrics and Helm values look the same. So an unknown name counts only if it is similar
// to an option of the same section, or equal to one of another section.
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

// isDotted reports whether a literal of the form "section.name" is a reference: to an option, or
// to a misspelt option of the section, or to an option of another section with a name of several
// words. A former name is not enough: the Helm value "webserver.base_url" is one.
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

// dottedTrigger is the trigger for literals of the form "section.name".
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

// isFamiliarName reports whether a "section.name" may be an option of Airflow: the section is or
// was Airflow's, or it is a misspelt section and there is an option with that name of several
// words.
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
