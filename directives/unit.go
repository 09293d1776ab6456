package directives

import (
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// unit returns the unit of the value in the forms 1 to 3: the directive's, or the
// project file's.
func (c *Call) unit(o *catalog.Option) string {
	if u, ok := c.value("unit"); ok {
		return u.Value
	}
	return c.unitOf(o)
}

// checkUnit reports a unit of the directive's that is misspelt, that none of the
// options can have, or that contradicts the unit of one.
func (c *Call) checkUnit(options []*catalog.Option) {
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
	for _, o := range options {
		c.checkContradiction(u, o)
	}
}

// checkUnitOf reports the unit of one option if it is misspelt, if the option cannot have
// one, or if it has another.
func (c *Call) checkUnitOf(unit grammar.Text, o *catalog.Option) {
	c.checkSpelling(unit)
	if !c.takesUnit(o) {
		c.noUnit(unit.Span, o)
	}
	c.checkContradiction(unit, o)
}

// checkContradiction reports a unit of time or size other than the one that an option is
// known to have. Any other noun may count what the option does.
func (c *Call) checkContradiction(unit grammar.Text, o *catalog.Option) {
	known, _ := c.Catalog.UnitOf(o)
	_, isUnit := render.UnitNamed(unit.Value)
	_, isKnown := render.UnitNamed(known)
	if isUnit && isKnown && c.takesUnit(o) && !catalog.SameUnit(unit.Value, known) {
		c.Errorf(unit.Span, "write "+known+", or leave the unit out", "the unit of %s is %s, not %s", o, known, unit.Value)
	}
}

// otherNouns are words one slip away from the name of a unit that are what they say.
var otherNouns = []string{"dags"}

// checkSpelling reports a unit that is one slip away from the name of a unit of time or size.
func (c *Call) checkSpelling(unit grammar.Text) {
	word := strings.ToLower(unit.Value)
	if _, known := render.UnitNamed(word); known || slices.Contains(otherNouns, word) {
		return
	}
	for _, u := range render.Units() {
		if strings.HasPrefix(u.Name, word[:min(1, len(word))]) && catalog.OneSlip(word, u.Name) {
			c.misspelt("unit", unit, []string{u.Name})
			return
		}
	}
}

// takesUnit reports whether an option can have a unit: its default is a number or,
// if there is none, its type is one of numbers.
func (c *Call) takesUnit(o *catalog.Option) bool {
	if value, ok := c.defaultOf(o); ok {
		return catalog.IsNumber(value) && o.Type != "boolean"
	}
	return o.Type == "integer" || o.Type == "float"
}

// noUnit reports the unit of an option that cannot have one.
func (c *Call) noUnit(span grammar.Span, o *catalog.Option) {
	why := fmt.Sprintf("the default of %s is no number", o)
	if _, ok := c.defaultOf(o); !ok || o.Type == "boolean" {
		why = fmt.Sprintf("the type of %s is %s", o, o.Type)
	}
	c.Errorf(span, "leave the unit out", "%s, so it has no unit", why)
}
