package check

import (
	"math"
	"strconv"
	"strings"

	"windsock/directives/internal/lazyregexp"
)

// units are the words for units, with the kind of each and its size in the
// smallest unit of the kind: milliseconds, bytes.
var units = func() map[string]unit {
	all := map[string]unit{}
	for _, u := range []struct {
		words string
		unit
	}{
		{"ms msec msecs millisecond milliseconds", unit{"time", 1}},
		{"s sec secs second seconds", unit{"time", 1000}},
		{"m min mins minute minutes", unit{"time", 60_000}},
		{"h hr hrs hour hours", unit{"time", 3_600_000}},
		{"d day days", unit{"time", 86_400_000}},
		{"w week weeks", unit{"time", 604_800_000}},
		{"b byte bytes", unit{"size", 1}},
		{"kb kilobyte kilobytes", unit{"size", 1000}},
		{"kib", unit{"size", 1 << 10}},
		{"mb megabyte megabytes", unit{"size", 1_000_000}},
		{"mib", unit{"size", 1 << 20}},
		{"gb gigabyte gigabytes", unit{"size", 1_000_000_000}},
		{"gib", unit{"size", 1 << 30}},
	} {
		for _, word := range strings.Fields(u.words) {
			all[word] = u.unit
		}
	}
	return all
}()

// A unit is one of time or of size.
type unit struct {
	kind string
	size float64 // in milliseconds or bytes
}

// quantity finds one number with its unit: "24 hours", "24h", "600-second".
var quantity = lazyregexp.New(`(-?\d+(?:\.\d+)?)[ -]?([A-Za-z]+)`)

// leading finds the number that a text begins with, the unit behind it, and what
// stands between parentheses behind that.
var leading = lazyregexp.New(`^([-+]?[\d,]*\.?\d+(?:[eE][-+]?\d+)?)\s*-?([A-Za-z]*)\s*(?:[(=,]\s*([^()]*)\)?)?`)

// quantityIs reports whether a text that begins with a number is a value: the
// number itself, or the same in another unit. What stands between parentheses
// behind it must be the same too, as far as it is a quantity. known is the unit of
// the value, "" if nobody said.
func quantityIs(text, value, known string) bool {
	m := leading().FindStringSubmatch(text)
	if m == nil {
		return false
	}
	claimed, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", ""), 64)
	want, err2 := strconv.ParseFloat(value, 64)
	if err != nil || err2 != nil {
		return false
	}
	written, hasUnit := units[strings.ToLower(m[2])]
	if !hasUnit && m[2] != "" && strings.HasPrefix(text, m[1]+m[2]) {
		return false // one word, which is no number
	}
	if claimed != want {
		return hasUnit && converts(claimed*written.size, want, written.kind, known)
	}
	if own, ok := units[strings.ToLower(known)]; ok && hasUnit && own.kind == written.kind && own.size != written.size {
		return false
	}
	if hasUnit {
		return asideIs(m[3], want, strings.ToLower(m[2]))
	}
	return asideIs(m[3], want, known)
}

// converts reports whether an amount, in the smallest unit of its kind, is the
// value in its own unit or, where that is not known, in any.
func converts(amount, value float64, kind, known string) bool {
	if own, ok := units[strings.ToLower(known)]; ok {
		return own.kind == kind && near(amount, value*own.size)
	}
	for _, u := range units {
		if u.kind == kind && near(amount, value*u.size) {
			return true
		}
	}
	if kind == "size" { // people mean either of 1000 and 1024
		for power := 1; power <= 3; power++ {
			if near(amount/math.Pow(1000, float64(power)), value/math.Pow(1024, float64(power))) {
				return true
			}
		}
	}
	return false
}

// asideIs reports whether the text of a parenthesis behind a value is the same
// amount, or none.
func asideIs(text string, value float64, known string) bool {
	amount, kind := 0.0, ""
	for _, m := range quantity().FindAllStringSubmatch(text, -1) {
		u, ok := units[strings.ToLower(m[2])]
		if !ok || kind != "" && u.kind != kind {
			return true
		}
		n, _ := strconv.ParseFloat(m[1], 64)
		amount, kind = amount+n*u.size, u.kind
	}
	return kind == "" || converts(amount, value, kind, known)
}

// near reports whether two amounts are the same but for rounding.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }
