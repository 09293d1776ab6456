package catalog

import (
	"strings"

	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// unitWord matches units of time in a description.
var unitWord = lazyregexp.New(`(?i)\b(milliseconds?|seconds?|secs?|minutes?|hours?|days?)\b`)

// UnitOf returns the unit of an option's value, "" if it is not known: the unit in the
// annotations, or at the end of the option's name, or the only unit of time in its description.
// stated reports whether it is in the annotations; only such a unit is shown with the value.
func (c *Catalog) UnitOf(o *Option) (unit string, stated bool) {
	if note := c.Annotations.Units.Of(o.Reference); note != nil {
		return note.Value, true
	}
	word := o.Name[strings.LastIndexByte(o.Name, '_')+1:]
	if u, ok := render.UnitNamed(word); ok && u.Kind == render.Time && 1 < len(word) && len(word) < len(o.Name) {
		return word, false
	}
	for _, word := range unitWord().FindAllString(o.Description, -1) {
		if unit != "" && !SameUnit(word, unit) {
			return "", false
		}
		unit = strings.ToLower(word)
	}
	return unit, false
}

// SameUnit reports whether two words mean the same unit.
func SameUnit(a, b string) bool {
	ua, ok := render.UnitNamed(a)
	ub, _ := render.UnitNamed(b)
	return ok && ua.Kind == ub.Kind && ua.Amount == ub.Amount
}
