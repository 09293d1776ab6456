package check

import (
	"slices"

	"windsock/directives"
	"windsock/grammar"
)

// Triggers returns the triggers for all forms of references and for silencing comments. In a page
// without a trigger, [Checker.Page] finds nothing.
func (c *Checker) Triggers() []directives.Trigger {
	return slices.Concat([]directives.Trigger{
		commentTrigger,     // .. windsock: ignore
		envTrigger,         // AIRFLOW__SECTION__NAME
		configTrigger,      // config:section__name, config: {section: {name: value}}
		anchorTrigger,      // configurations-ref.html#name
		c.bracketTrigger(), // [section] name
		c.dottedTrigger(),  // section.name
		sectionTrigger,     // name in the section section
		c.slashTrigger(),   // section / name
		fileTrigger,        // name = value, as a piece of airflow.cfg
		defaultTrigger,     // a table with a column of defaults
	}, commandTriggers, // get-value section name, conf.get("section", "name")
		c.joinedTriggers()) // section -> name, section:name
}

// configTrigger is the trigger for labels, and for the values of Airflow's chart.
var configTrigger = directives.Trigger{Text: grammar.LabelPrefix}

// endsInSection reports whether a text ends with the name of a section.
func (c *Checker) endsInSection(text []byte) bool {
	from := len(text)
	for from > 0 && (isWordByte(text[from-1]) || text[from-1] == '.' || text[from-1] == '-') {
		from--
	}
	return c.Catalog.Section(string(text[from:])) != nil
}
