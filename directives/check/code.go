package check

import (
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// literalBlock checks a block that is not RST: code, configuration, terminal output.
func (d *document) literalBlock(e *grammar.Element) {
	var ini *snippet
	for i, line := range e.Text {
		if strings.Contains(line.Value, "__") || strings.Contains(line.Value, "conf") || mayHaveAnchor(line.Value) {
			s := d.sentences(e, e.Text[i:i+1])
			s.envVars(s.all())
			s.commands(s.all())
			s.anchors(s.all())
		}
		if _, isHeader := headerAt(line.Value); isHeader && ini == nil {
			ini = &snippet{document: d, element: e}
			ini.read(e.Text[i:])
		}
		if isConfigKey(line.Value) {
			d.helm(e, e.Text[i:])
		}
	}
	if ini != nil {
		ini.check()
	} else if mayBeHeaderless[strings.ToLower(e.Name.Value)] {
		snippet := d.snippet
		d.later = append(d.later, func() { d.headerless(e, snippet) })
	}
}

// A setting is a line with a name and a value in a literal block.
type setting struct {
	*sentences      // the line
	name       part // the name in the line
}

// setting returns the setting in a line of an element, with its name.
func (d *document) setting(e *grammar.Element, line grammar.Text, name part) setting {
	return setting{d.sentences(e, []grammar.Text{line}), name}
}

// option returns the setting's name.
func (at *setting) option() string { return at.in(at.name) }

// addOption adds the setting's name as a reference, and checks a default in a comment behind it.
func (at *setting) addOption(kind Kind, v catalog.Resolution, fix string) {
	if at.add(kind, at.name, v, fix); v.Option != nil {
		at.defaults()
	}
}
