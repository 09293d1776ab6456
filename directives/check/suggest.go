package check

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// resolve resolves an option name in the context of the page.
func (p *page) resolve(r catalog.Reference) catalog.Resolution {
	v := p.Catalog.Resolve(r)
	if v.Option == nil && (isPlaceholder(r.Section) || isPlaceholder(r.Name)) {
		return catalog.Resolution{NotAirflow: true}
	}
	isForeign := v.IsAmbiguous || v.Rule == finding.UnknownSection && v.To == nil // it may belong to another program
	v.NotAirflow = v.NotAirflow || isForeign && !p.mentionsAirflow()
	p.chooseSuggestion(&v, r)
	return v
}

// chooseSuggestion selects a suggestion among several options with the same name in other sections: the one
// whose section the page mentions. Otherwise it removes the suggestion.
func (p *page) chooseSuggestion(v *catalog.Resolution, r catalog.Reference) {
	meant := optionMeant(*v)
	if meant == nil || v.To.Renamed || meant.Name != lower(r).Name || p.isNearSection(v.To, r) {
		return
	}
	options := p.Catalog.OptionsNamed(meant.Name)
	if len(options) == 1 {
		return
	}
	v.Suggest(nil)
	options = slices.DeleteFunc(slices.Clone(options), func(o *catalog.Option) bool { return !p.mentionsSection(o.Section) })
	if len(options) == 1 {
		v.Suggest(&catalog.Suggestion{Option: options[0], Section: p.Catalog.Section(options[0].Section)})
	}
}

// mentionsSection reports whether the page mentions a section, in brackets or in a variable.
func (p *page) mentionsSection(section string) bool {
	is, known := p.mentioned[section]
	if !known {
		variable := catalog.Reference{Section: section}.EnvVar()
		is = bytes.Contains(p.source, []byte("["+section+"]")) || bytes.Contains(p.source, []byte(variable))
		p.mentioned[section] = is
	}
	return is
}

// lower returns a reference in lower case, the spelling of the data.
func lower(r catalog.Reference) catalog.Reference {
	return catalog.Reference{Section: strings.ToLower(r.Section), Name: strings.ToLower(r.Name)}
}

// isNearSection reports whether the section of a suggestion is similar to that of the reference, or
// has more words before or after it.
func (p *page) isNearSection(to *catalog.Suggestion, r catalog.Reference) bool {
	of, written := to.Option.Section, lower(r).Section
	if strings.HasSuffix(of, "_"+written) || strings.HasPrefix(of, written+"_") {
		return true
	}
	near := p.Catalog.SuggestSection(r.Section)
	return p.Catalog.Section(written) == nil && near != nil && near.Section.Name == of
}

// namesAirflow reports whether a page mentions Airflow.
func namesAirflow(source []byte) bool {
	return bytes.Contains(source, []byte("irflow")) || bytes.Contains(source, []byte("AIRFLOW"))
}
