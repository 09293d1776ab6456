package check

import "windsock/directives"

// Triggers returns the triggers of all forms in which pages mention options, and of the comments
// that silence: where none stands [Checker.Page] finds nothing.
func (c *Checker) Triggers() []directives.Trigger {
	return append([]directives.Trigger{
		envTrigger, labelTrigger, commentTrigger, sectionTrigger, defaultTrigger, helmTrigger, anchorTrigger, fileTrigger, c.bracketTrigger(), c.wordTrigger(), c.slashTrigger(),
	}, commandTriggers...)
}
