package check

import (
	"bytes"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
)

// suggest begins the verdict on an unknown reference with what was probably meant:
// an option or, if the name has one of suffixes, that form of one.
func (c *Checker) suggest(r catalog.Reference) verdict {
	to := c.Catalog.Suggest(r)
	v := verdict{about: r, to: to, misspelt: isMisspelling(r, to)}
	if v.misspelt {
		return v
	}
	for _, suffix := range suffixes {
		if name, ok := strings.CutSuffix(strings.ToLower(r.Name), suffix); ok {
			base := catalog.Reference{Section: r.Section, Name: name}
			if of := c.Catalog.Suggest(base); of != nil && of.Option != nil && of.Option.Sensitive {
				return verdict{about: r, to: of, misspelt: isMisspelling(base, of), ending: suffix}
			}
		}
	}
	return v
}

// choose settles on one of several options of the name that a reference gives to
// another section: the one whose section the page speaks of. Without such a hint
// there is no telling.
func (p *page) choose(v *verdict, r catalog.Reference) {
	if v.to == nil || v.to.Option == nil || v.to.Renamed || v.to.Option.Name != lower(r).Name || p.isNearSection(v.to, r) {
		return
	}
	old := v.to.Option.EnvVar()
	options := p.optionsOf(v.to.Option.Name)
	spoken := slices.DeleteFunc(slices.Clone(options), func(o *catalog.Option) bool { return !p.speaksOf(o) })
	switch {
	case len(options) == 1:
	case len(spoken) == 1:
		v.to = &catalog.Suggestion{Option: spoken[0], Section: p.Catalog.Section(spoken[0].Section)}
		v.instead = strings.Replace(v.instead, old[len(envPrefix):], spoken[0].EnvVar()[len(envPrefix):], 1)
		v.declared = spoken[0].Declared
	default:
		v.to, v.instead, v.declared = nil, "", finding.Place{}
	}
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
	is, known := p.spoken[o.Section]
	if !known {
		env, _, _ := strings.Cut(o.EnvVar()[len(envPrefix):], "__")
		is = bytes.Contains(p.source, []byte("["+o.Section+"]")) || bytes.Contains(p.source, []byte(envPrefix+env+"__"))
		if p.spoken == nil {
			p.spoken = map[string]bool{}
		}
		p.spoken[o.Section] = is
	}
	return is
}

// isMisspelling reports whether a suggestion is a matter of spelling: it is
// certain, and no rename.
func isMisspelling(r catalog.Reference, to *catalog.Suggestion) bool {
	return to != nil && to.Option != nil && to.Certain && !to.Renamed
}

// optionsOf returns the options of that name.
func (c *Checker) optionsOf(name string) []*catalog.Option {
	c.once.Do(c.index)
	return c.names[name]
}

// optionsIn returns the options of a section.
func (c *Checker) optionsIn(section string) []*catalog.Option {
	c.once.Do(c.index)
	return c.sections[section]
}

// index sorts the options by name and by section.
func (c *Checker) index() {
	c.names, c.sections = map[string][]*catalog.Option{}, map[string][]*catalog.Option{}
	for _, o := range c.Catalog.Options() {
		c.names[o.Name] = append(c.names[o.Name], o)
		c.sections[o.Section] = append(c.sections[o.Section], o)
	}
}

// A nearness says how near a section that does not exist is to one that does.
type nearness struct{ isNear, isCertain bool }

// near returns how near a section is to one that exists.
func (c *Checker) near(section string) nearness {
	known, ok := c.nearSections.Load(section)
	if !ok {
		var n nearness
		if to := c.Catalog.SuggestSection(section); to != nil {
			n = nearness{true, to.Certain || to.Renamed}
		}
		if known = n; len(section) <= maxCall {
			c.nearSections.Store(section, n)
		}
	}
	return known.(nearness)
}

// isFamiliar reports whether a reference without brackets may be to an option of
// Airflow's: the section is, or was, or it is a misspelling of one, and the
// option's name, of several words, exists.
func (c *Checker) isFamiliar(r catalog.Reference) bool {
	return c.Catalog.Section(r.Section) != nil || c.Catalog.WasSection(r.Section) ||
		c.isOption(strings.ToLower(r.Name)) && c.near(strings.ToLower(r.Section)).isCertain
}
