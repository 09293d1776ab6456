package directives

import (
	"cmp"
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
	return cmp.Or(c.value("unit").Value, c.unitOf(o))
}

// unitOf returns the unit that the value of an option is shown with where the author
// writes none: the one that the project file states, "" if none.
func (c *Call) unitOf(o *catalog.Option) string {
	if unit, stated := c.Catalog.UnitOf(o); stated {
		return unit
	}
	return ""
}

// checkUnit reports a unit that an author wrote, if there is one, that is misspelt, that none
// of the options can have, or that contradicts the unit of one: a unit of time or size other
// than the one that the option is known to have. Any other noun may count what it does.
func (c *Call) checkUnit(unit grammar.Text, options ...*catalog.Option) {
	if unit.Value == "" {
		return
	}
	c.checkSpelling(unit)
	_, isUnit := render.UnitNamed(unit.Value)
	canHave := slices.ContainsFunc(options, c.canHaveUnit)
	for _, o := range options {
		known, _ := c.Catalog.UnitOf(o)
		_, isKnown := render.UnitNamed(known)
		switch {
		case !canHave:
			c.noUnit(unit.Span, o)
		case isUnit && isKnown && c.canHaveUnit(o) && !catalog.SameUnit(unit.Value, known):
			c.Errorf(unit.Span, "write "+known+", or leave the unit out", "the unit of %s is %s, not %s", o, known, unit.Value)
		}
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

// canHaveUnit reports whether an option can have a unit: its default is a number or,
// if there is none, its type is one of numbers.
func (c *Call) canHaveUnit(o *catalog.Option) bool {
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
