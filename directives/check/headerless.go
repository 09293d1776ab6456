package check

import (
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/grammar"
)

// headerless checks a block of lines "option = value" without a section header. Its options must be
// named in full in the same section of the page, or be in the snippet before. If the paragraph
// before mentions airflow.cfg, any option counts.
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
		if v := d.resolveName(at.option(), known, isIntroduced); v.About.Name != "" {
			at.addOption(Ini, v, nameIn(v.About.Section, v))
		}
	}
}

// onlyOption returns the only option with a name, or the only one with a similar name. A misspelt
// name must have several words.
func (p *page) onlyOption(name string) *catalog.Option {
	switch options := p.Catalog.OptionsNamed(name); {
	case len(options) == 1:
		return options[0]
	case len(options) > 1 || !strings.Contains(name, "_"):
		return nil
	}
	return misspeltName(name, slices.Values(p.Catalog.Options()))
}

// onlyFormer returns the only former option with a name of several words, or nil.
func (p *page) onlyFormer(name string) *catalog.Reference {
	if former := p.Catalog.FormerNamed(name); len(former) == 1 && strings.Contains(name, "_") && len(p.Catalog.OptionsNamed(name)) == 0 {
		return &former[0]
	}
	return nil
}

// mayBeHeaderless lists the languages of blocks that may be part of a configuration file.
var mayBeHeaderless = map[string]bool{"": true, "ini": true, "cfg": true, "conf": true, "text": true, "none": true}

// fileTrigger is the trigger for text that introduces a configuration file.
var fileTrigger = directives.Trigger{Text: "airflow.cfg", AnyCase: true}
