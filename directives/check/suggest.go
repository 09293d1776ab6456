package check

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// resolve says what the name of an option is, in the light of what else the page says.
func (p *page) resolve(r catalog.Reference) catalog.Resolution {
	v := p.Catalog.Resolve(r)
	if v.Option == nil && (isPlaceholder(r.Section) || isPlaceholder(r.Name)) {
		return catalog.Resolution{NotAirflow: true}
	}
	isForeign := v.IsAmbiguous || v.Rule == finding.UnknownSection && v.To == nil // other programs may have it
	v.NotAirflow = v.NotAirflow || isForeign && !p.speaksOfAirflow()
	p.choose(&v, r)
	return v
}

// choose settles on one of several options of the name that a reference gives to another
// section: the one whose section the page names. Without such a hint nothing is
// suggested.
func (p *page) choose(v *catalog.Resolution, r catalog.Reference) {
	meant := optionMeant(*v)
	if meant == nil || v.To.Renamed || meant.Name != lower(r).Name || p.isNearSection(v.To, r) {
		return
	}
	options := p.Catalog.OptionsNamed(meant.Name)
	if len(options) == 1 {
		return
	}
	v.Suggest(nil)
	options = slices.DeleteFunc(slices.Clone(options), func(o *catalog.Option) bool { return !p.speaksOf(o.Section) })
	if len(options) == 1 {
		v.Suggest(&catalog.Suggestion{Option: options[0], Section: p.Catalog.Section(options[0].Section)})
	}
}

// speaksOf reports whether the page names a section, in brackets or in a variable.
func (p *page) speaksOf(section string) bool {
	is, known := p.spoken[section]
	if !known {
		variable := catalog.Reference{Section: section}.EnvVar()
		is = bytes.Contains(p.source, []byte("["+section+"]")) || bytes.Contains(p.source, []byte(variable))
		p.spoken[section] = is
	}
	return is
}

// lower returns a reference in lower case, as the data spells its names.
func lower(r catalog.Reference) catalog.Reference {
	return catalog.Reference{Section: strings.ToLower(r.Section), Name: strings.ToLower(r.Name)}
}

// isNearSection reports whether a suggestion's section is one that the reference
// nearly names, or names but for words before it or behind it.
func (p *page) isNearSection(to *catalog.Suggestion, r catalog.Reference) bool {
	of, written := to.Option.Section, lower(r).Section
	if strings.HasSuffix(of, "_"+written) || strings.HasPrefix(of, written+"_") {
		return true
	}
	near := p.Catalog.SuggestSection(r.Section)
	return p.Catalog.Section(written) == nil && near != nil && near.Section.Name == of
}

// namesAirflow reports whether a page names Airflow.
func namesAirflow(source []byte) bool {
	return bytes.Contains(source, []byte("irflow")) || bytes.Contains(source, []byte("AIRFLOW"))
}
