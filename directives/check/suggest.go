package check

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
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
// section: the one whose section the page speaks of. Without such a hint nothing is
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
	spoken := slices.DeleteFunc(slices.Clone(options), func(o *catalog.Option) bool { return !p.speaksOf(o) })
	if len(spoken) != 1 {
		v.Suggest(nil)
		return
	}
	v.Suggest(&catalog.Suggestion{Option: spoken[0], Section: p.Catalog.Section(spoken[0].Section)})
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

// speaksOf reports whether the page names an option's section.
func (p *page) speaksOf(o *catalog.Option) bool {
	return p.speaks(o.Section, func() bool {
		env, _, _ := strings.Cut(o.EnvVar()[len(grammar.EnvPrefix):], "__")
		return bytes.Contains(p.source, []byte("["+o.Section+"]")) || bytes.Contains(p.source, []byte(grammar.EnvPrefix+env+"__"))
	})
}

// speaks returns what does says, which it asks once for each word.
func (p *page) speaks(word string, does func() bool) bool {
	is, known := p.spoken[word]
	if !known {
		is = does()
		p.spoken[word] = is
	}
	return is
}

// speaksOfAirflow reports whether the page names Airflow.
func (p *page) speaksOfAirflow() bool {
	return p.speaks("", func() bool {
		return bytes.Contains(p.source, []byte("irflow")) || bytes.Contains(p.source, []byte("AIRFLOW"))
	})
}
