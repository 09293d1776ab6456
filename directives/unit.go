package directives

import (
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// unit returns the unit to show with the default of an option: that of the directive's option
// "unit", or else of the project file, or "".
func (c *Call) unit(o *catalog.Option) string {
	if unit := c.value("unit").Value; unit != "" {
		return unit
	}
	if unit, stated := c.Catalog.UnitOf(o); stated {
		return unit
	}
	return ""
}

// checkUnit reports a unit that an author wrote if it is misspelt, if none of the options can
// have a unit, or if it contradicts the known unit of an option. Only units of time and size
// contradict each other; other nouns, such as "tasks", are always accepted. checkUnit ignores an
// empty unit.
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

// otherNouns are nouns that are not misspelt units, although they are one slip from one.
var otherNouns = []string{"dags"}

// checkSpelling reports a unit that is one slip away from the name of a unit of time or size.
func (c *Call) checkSpelling(unit grammar.Text) {
	word := strings.ToLower(unit.Value)
	if _, known := render.UnitNamed(word); known || slices.Contains(otherNouns, word) {
		return
	}
	for _, u := range render.Units() {
		if strings.HasPrefix(u.Name, word[:min(1, len(word))]) && catalog.OneSlip(word, u.Name) {
			c.rejectUnknown("unit", unit, []string{u.Name})
			return
		}
	}
}

// canHaveUnit reports whether an option can have a unit: its default is a number or, if it has
// none, its type is numeric.
func (c *Call) canHaveUnit(o *catalog.Option) bool {
	if value, ok := c.defaultValue(o); ok {
		return catalog.IsNumber(value) && o.Type != "boolean"
	}
	return o.Type == "integer" || o.Type == "float"
}

// noUnit reports that an option cannot have a unit.
func (c *Call) noUnit(span grammar.Span, o *catalog.Option) {
	why := fmt.Sprintf("the default of %s is not a number", o)
	if _, ok := c.defaultValue(o); !ok || o.Type == "boolean" {
		why = fmt.Sprintf("the type of %s is %s", o, o.Type)
	}
	c.Errorf(span, "leave the unit out", "%s, so it has no unit", why)
}
