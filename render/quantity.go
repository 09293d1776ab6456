package render

import (
	"fmt"
	"strconv"
	"strings"
)

// A DurationStyle is a way to write a duration.
type DurationStyle int

// The duration styles, each with what it makes of 86400 seconds.
const (
	LongDuration  DurationStyle = iota // 86400 seconds (24 hours)
	ShortDuration                      // 86400 (24h)
	NoDuration                         // 86400
)

// Quantity writes a decimal number with its unit, a plural noun such as "seconds"
// or "bytes". After a duration of at least a minute it adds the duration in larger
// units, in days only from two days. LongDuration is the only style that writes
// the unit after the number. A unit of durations can be in the singular and in any
// case.
func Quantity(number, unit string, style DurationStyle) string {
	durationUnit := findDurationUnit(unit)
	if durationUnit != nil {
		unit = durationUnit.Name
	}
	s := number
	if style == LongDuration {
		s += " " + inflect(number, unit)
	}
	if durationUnit == nil || style == NoDuration {
		return s
	}
	if larger := inLargerUnits(number, durationUnit, style); larger != "" {
		s += " (" + larger + ")"
	}
	return s
}

// findDurationUnit returns the unit of durations with a name, in the singular or
// plural and in any case, or nil.
func findDurationUnit(name string) *Unit {
	for i := range units {
		if u := &units[i]; u.from > 0 && u.isNamed(name) {
			return u
		}
	}
	return nil
}

// inflect returns the plural noun unit as it is written after number. A symbol
// such as "ms" has no singular.
func inflect(number, unit string) string {
	if number == "1" && len(unit) > len("ms") {
		return strings.TrimSuffix(unit, "s")
	}
	return unit
}

// inLargerUnits writes a duration in units larger than its own. It returns "" if
// the duration is shorter than a minute or not a whole number of milliseconds.
func inLargerUnits(number string, unit *Unit, style DurationStyle) string {
	rest, ok := milliseconds(number, unit)
	if !ok || rest < 60_000 {
		return ""
	}
	var parts []string
	for i := range units {
		u := &units[i]
		if u == unit && len(parts) == 0 {
			return ""
		}
		n := rest / u.Amount
		if u.from == 0 || n < u.from {
			continue
		}
		rest -= n * u.Amount
		if style == ShortDuration {
			parts = append(parts, fmt.Sprintf(u.short, n))
		} else {
			parts = append(parts, fmt.Sprintf("%d %s", n, inflect(strconv.FormatInt(n, 10), u.Name)))
		}
	}
	return strings.Join(parts, " ")
}

// milliseconds converts a duration to milliseconds. ok is false if number is not a
// decimal number, is negative or too large, or has a fraction of a millisecond.
func milliseconds(number string, unit *Unit) (milli int64, ok bool) {
	whole, fraction, _ := strings.Cut(number, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n < 0 || n > (1<<62)/unit.Amount {
		return 0, false
	}
	milli = n * unit.Amount
	scale := unit.Amount
	for _, digit := range fraction {
		if digit < '0' || digit > '9' || scale%10 != 0 && digit != '0' {
			return 0, false
		}
		scale /= 10
		milli += int64(digit-'0') * scale
	}
	return milli, true
}
