package catalog

import (
	"strings"

	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// unitWord matches the units of time that a description speaks of.
var unitWord = lazyregexp.New(`(?i)\b(milliseconds?|seconds?|secs?|minutes?|hours?|days?)\b`)

// UnitOf returns the unit of an option's value, "" if none is known: the one that the
// annotations state, else the one that its name ends with, else the one unit of time that its
// description speaks of. stated is set if the annotations state it, so that the value may be
// shown with it.
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
