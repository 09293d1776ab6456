package check

import (
	"maps"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/grammar"
)

// headerless checks a block of lines "option = value" without a section above. Its options are
// those that this section of the page names in full, those of the snippet before, and, if what
// introduces it speaks of airflow.cfg, any.
func (d *document) headerless(e *grammar.Element, snippet map[string]*catalog.Option) {
	known := d.knownAt(e)
	for name, o := range snippet {
		if _, isKnown := known[name]; !isKnown {
			known[name] = o
		}
	}
	isIntroduced := strings.Contains(strings.ToLower(d.introduction(e)), fileTrigger.Text)
	for _, line := range e.Text {
		name, ok := settingAt(line.Value)
		if !ok || isComment(line.Value) || !strings.HasPrefix(strings.TrimLeft(line.Value[name.to:], " "), "=") {
			continue
		}
		at := d.setting(e, line, name)
		if o, isKnown := known[at.option()]; o != nil {
			at.addOption(Ini, catalog.Resolution{About: o.Reference, Option: o}, "")
		} else if v := d.resolveHeaderless(at.option(), known, isIntroduced && !isKnown); v.Rule != "" || v.Option != nil {
			at.addOption(Ini, v, nameIn(v.About.Section, v))
		}
	}
}

// resolveHeaderless says what the name of a setting without a section is, if that is certain: a
// misspelling of one of those that are known or, of any, the name of one option alone.
func (p *page) resolveHeaderless(name string, known map[string]*catalog.Option, ofAny bool) catalog.Resolution {
	o := misspeltName(name, maps.Values(known))
	if ofAny {
		if only := p.onlyOption(name); only != nil && only.Name == name {
			return catalog.Resolution{About: only.Reference, Option: only}
		} else if former := p.onlyFormer(name); former != nil {
			return p.resolve(*former)
		} else if o == nil {
			o = only
		}
	}
	if o != nil && len(p.Catalog.OptionsNamed(name)) == 0 {
		if v := p.resolve(catalog.Reference{Section: o.Section, Name: name}); v.Misspelt && isOf(v, o.Section) {
			return v
		}
	}
	return catalog.Resolution{}
}

// onlyOption returns the one option of that name, or the one that is nearly called so, which
// then is more than one word.
func (p *page) onlyOption(name string) *catalog.Option {
	switch options := p.Catalog.OptionsNamed(name); {
	case len(options) == 1:
		return options[0]
	case len(options) > 1 || !strings.Contains(name, "_"):
		return nil
	}
	return misspeltName(name, slices.Values(p.Catalog.Options()))
}

// onlyFormer returns the one option that earlier versions called so, nil if there is none. Its name
// is more than one word.
func (p *page) onlyFormer(name string) *catalog.Reference {
	if former := p.Catalog.FormerNamed(name); len(former) == 1 && strings.Contains(name, "_") && len(p.Catalog.OptionsNamed(name)) == 0 {
		return &former[0]
	}
	return nil
}

// mayBeHeaderless are the languages of blocks that may be a piece of a configuration file.
var mayBeHeaderless = map[string]bool{"": true, "ini": true, "cfg": true, "conf": true, "text": true, "none": true}

// fileTrigger is the trigger of sentences that introduce such lines.
var fileTrigger = directives.Trigger{Text: "airflow.cfg", AnyCase: true}
