package directives

import (
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// unitNouns are the nouns that authors write as units and that a slip may spoil; any
// other noun is a unit too.
var unitNouns = []string{
	"milliseconds", "seconds", "minutes", "hours", "days", "weeks",
	"bytes", "kilobytes", "megabytes", "gigabytes",
}

// otherNouns are words one slip away from such a unit that are what they say.
var otherNouns = []string{"dags"}

// unit returns the unit of the value in the forms 1 to 3: the directive's, or the
// project file's.
func (c *call) unit(o *catalog.Option) string {
	if u, ok := c.value("unit"); ok {
		return u.Value
	}
	return c.unitOf(o)
}

// checkUnit reports a unit of the directive's that is misspelt, or that none of the
// options can have.
func (c *call) checkUnit(options []*catalog.Option) {
	u, ok := c.value("unit")
	if !ok {
		return
	}
	c.checkSpelling(u)
	if !slices.ContainsFunc(options, c.takesUnit) {
		for _, o := range options {
			c.noUnit(c.given("unit").Name.Span, o)
		}
	}
}

// checkUnitOf reports the unit of one option if it is misspelt, or if the option
// cannot have one.
func (c *call) checkUnitOf(unit grammar.Text, o *catalog.Option) {
	c.checkSpelling(unit)
	if !c.takesUnit(o) {
		c.noUnit(unit.Span, o)
	}
}

// checkSpelling reports a unit that one slip parts from a unit of time or size.
func (c *call) checkSpelling(unit grammar.Text) {
	word := strings.ToLower(unit.Value)
	if slices.Contains(otherNouns, word) {
		return
	}
	for _, known := range unitNouns {
		for _, form := range []string{known, strings.TrimSuffix(known, "s")} {
			if word == form {
				return
			}
		}
	}
	for _, known := range unitNouns {
		if word[:min(1, len(word))] == known[:1] && catalog.OneSlip(word, known) {
			c.misspelt("unit", unit, []string{known})
			return
		}
	}
}

// takesUnit reports whether an option can have a unit: its default is a number or,
// if there is none, its type is one of numbers.
func (c *call) takesUnit(o *catalog.Option) bool {
	if value, ok := c.defaultOf(o); ok {
		return catalog.IsNumber(value) && o.Type != "boolean"
	}
	return o.Type == "integer" || o.Type == "float"
}

// noUnit reports the unit of an option that cannot have one.
func (c *call) noUnit(span grammar.Span, o *catalog.Option) {
	why := fmt.Sprintf("the default of %s is no number", o)
	if _, ok := c.defaultOf(o); !ok || o.Type == "boolean" {
		why = fmt.Sprintf("the type of %s is %s", o, o.Type)
	}
	c.errorf(span, "leave the unit out", "%s, so it has no unit", why)
}
