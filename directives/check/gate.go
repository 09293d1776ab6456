package check

import "windsock/directives"

// Triggers returns the triggers of all forms in which pages mention options, and of the comments
// that silence: where none stands [Checker.Page] finds nothing.
func (c *Checker) Triggers() []directives.Trigger {
	return append([]directives.Trigger{
		commentTrigger,     // .. windsock: ignore
		envTrigger,         // AIRFLOW__SECTION__NAME
		labelTrigger,       // config:section__name
		anchorTrigger,      // configurations-ref.html#name
		c.bracketTrigger(), // [section] name
		c.dottedTrigger(),  // section.name
		sectionTrigger,     // name in the section section
		c.slashTrigger(),   // section / name
		fileTrigger,        // name = value, as a piece of airflow.cfg
		helmTrigger,        // config: {section: {name: value}}
		defaultTrigger,     // a table with a column of defaults
	}, commandTriggers...) // get-value section name, conf.get("section", "name")
}
