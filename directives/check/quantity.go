package check

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"windsock/directives/internal/lazyregexp"
	"windsock/render"
)

// quantity matches a number with its unit: "24 hours", "24h", "600-second".
var quantity = lazyregexp.New(`(-?\d+(?:\.\d+)?)[ -]?([A-Za-z]+)`)

// leading matches the number at the start of a text, its unit, and the text in parentheses after it.
var leading = lazyregexp.New(`^([-+]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?)\s*-?([A-Za-z]*)\s*(?:[(=,]\s*([^()]*)\)?)?`)

// leadingNumber returns the number at the start of a text, "" if there is none.
func leadingNumber(text string) string {
	if m := leading().FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// quantityIs reports whether a text that begins with a number equals a value: it is the same number,
// or the same amount in another unit. A quantity in parentheses after it must be equal too. known is
// the unit of the value, "" if it is not known.
func quantityIs(text, value, known string) bool {
	m := leading().FindStringSubmatch(text)
	stated, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64)
	want, err2 := strconv.ParseFloat(value, 64)
	if err != nil || err2 != nil {
		return false
	}
	written, hasUnit := render.UnitNamed(m[2])
	if !hasUnit && m[2] != "" && strings.HasPrefix(text, m[1]+m[2]) {
		return false // one word that is not a number
	}
	if stated != want {
		return hasUnit && converts(stated*float64(written.Amount), want, written.Kind, known)
	}
	if own, ok := render.UnitNamed(known); ok && hasUnit && own.Kind == written.Kind && own.Amount != written.Amount {
		return false
	}
	if hasUnit {
		return asideIs(m[3], want, strings.ToLower(m[2]))
	}
	return asideIs(m[3], want, known)
}

// converts reports whether an amount, in the smallest unit of its kind, equals a value in its unit,
// or in any unit if that is not known.
func converts(amount, value float64, kind render.UnitKind, known string) bool {
	own, isKnown := render.UnitNamed(known)
	return slices.ContainsFunc(render.Units(), func(u render.Unit) bool {
		return u.Kind == kind && (!isKnown || u.Name == own.Name) && isAmount(amount, value*float64(u.Amount), kind)
	})
}

// isAmount reports whether two amounts in the smallest unit of a kind are equal. A "kilobyte" can be
// 1000 or 1024 bytes.
func isAmount(a, b float64, kind render.UnitKind) bool {
	for power := 0.0; power <= 3; power++ {
		if near(a/math.Pow(1000, power), b/math.Pow(1024, power)) {
			return true
		} else if kind != render.Size {
			break
		}
	}
	return false
}

// asideIs reports whether the text in parentheses after a value is the same amount, or not an amount.
func asideIs(text string, value float64, known string) bool {
	amount, kind := 0.0, render.UnitKind("")
	for _, m := range quantity().FindAllStringSubmatch(text, -1) {
		u, ok := render.UnitNamed(m[2])
		if !ok || kind != "" && u.Kind != kind {
			return true
		}
		n, _ := strconv.ParseFloat(m[1], 64)
		amount, kind = amount+n*float64(u.Amount), u.Kind
	}
	return kind == "" || converts(amount, value, kind, known)
}

// near reports whether two amounts are equal except for rounding.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }
