package check

import (
	"bytes"
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
func (p *page) headerless(e *grammar.Element, snippet map[string]*catalog.Option) {
	known := maps.Clone(snippet)
	if known == nil {
		known = map[string]*catalog.Option{}
	}
	maps.Copy(known, p.knownAt(e))
	isIntroduced := strings.Contains(strings.ToLower(p.introduction(e)), fileTrigger.Text)
	for _, line := range e.Text {
		at, ok := settingAt(line.Value)
		if !ok || isComment(line.Value) || !strings.HasPrefix(strings.TrimLeft(line.Value[at.to:], " "), "=") {
			continue
		}
		name := line.Value[at.from:at.to]
		m := mention{kind: Ini, text: p.subText(line, at.from, at.to), from: e}
		o, isKnown := known[name]
		if o == nil && isIntroduced && !isKnown {
			o = p.onlyOption(name)
		}
		former := p.onlyFormer(name)
		switch {
		case o == nil && isIntroduced && !isKnown && former != nil:
			p.add(m, p.resolve(*former), "")
			continue
		case o != nil && o.Name == name:
			p.add(m, catalog.Resolution{About: o.Reference, Option: o}, "")
			p.defaultBehind(e, line, at, o)
		case o == nil:
			o = misspeltName(name, maps.Values(known))
		}
		if o != nil && o.Name != name && len(p.Catalog.OptionsNamed(name)) == 0 {
			if v := p.resolve(catalog.Reference{Section: o.Section, Name: name}); v.Misspelt && isOf(v, o.Section) {
				p.add(m, v, v.To.Option.Name)
			}
		}
	}
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
var fileTrigger = directives.Trigger{Text: "airflow.cfg", AnyCase: true, Fits: func(page *directives.RawPage, _, to int) bool {
	return bytes.Contains(page.Source[to:], []byte("::")) // of a literal block
}}
