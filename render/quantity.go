package render

import (
	"fmt"
	"strconv"
	"strings"
)

// A DurationStyle says how a duration shows its form in larger units.
type DurationStyle int

// The duration styles, with what each makes of 86400 seconds.
const (
	LongDuration  DurationStyle = iota // 86400 seconds (24 hours)
	ShortDuration                      // 86400 (24h)
	NoDuration                         // 86400
)

// Quantity writes number, a decimal number, with its unit, a plural noun such
// as "seconds" or "bytes". From a minute up a duration adds its form in larger
// units, days only from two whole days. The short style leaves the unit out.
// A unit of time may be in the singular and in any case.
func Quantity(number, unit string, style DurationStyle) string {
	s, unit := number, plural(unit)
	if style == LongDuration {
		s += " " + inflect(number, unit)
	}
	if style != NoDuration {
		if larger := largerUnits(number, unit, style); larger != "" {
			s += " (" + larger + ")"
		}
	}
	return s
}

// plural returns the name of a unit that durations are shown in, any other unit as it is.
func plural(unit string) string {
	for _, u := range units {
		if u.from > 0 && u.isNamed(unit) {
			return u.Name
		}
	}
	return unit
}

// inflect returns the plural noun unit as it stands after number; a sign such as
// "ms" is the same after all.
func inflect(number, unit string) string {
	if number == "1" && len(unit) > len("ms") {
		return strings.TrimSuffix(unit, "s")
	}
	return unit
}

// largerUnits writes a duration in units larger than its own, or returns "" if
// it is shorter than a minute, not of whole milliseconds, or no duration.
func largerUnits(number, unit string, style DurationStyle) string {
	left, ok := milliseconds(number, unit)
	if !ok || left < 60_000 {
		return ""
	}
	var parts []string
	for _, u := range units {
		if len(parts) == 0 && u.Name == unit {
			return "" // no larger unit serves
		}
		n := left / u.Amount
		if u.from == 0 || n < u.from {
			continue
		}
		left -= n * u.Amount
		if style == ShortDuration {
			parts = append(parts, fmt.Sprintf(u.short, n))
		} else {
			parts = append(parts, fmt.Sprintf("%d %s", n, inflect(strconv.FormatInt(n, 10), u.Name)))
		}
	}
	return strings.Join(parts, " ")
}

// milliseconds returns the length of a duration. It is not ok if unit is none of
// time, or the number is none, negative, too large or of a finer grain.
func milliseconds(number, unit string) (milli int64, ok bool) {
	for _, u := range units {
		if u.from == 0 || u.Name != unit {
			continue
		}
		whole, fraction, _ := strings.Cut(number, ".")
		n, err := strconv.ParseInt(whole, 10, 64)
		if err != nil || n < 0 || n > (1<<62)/u.Amount {
			return 0, false
		}
		milli = n * u.Amount
		scale := u.Amount
		for _, digit := range fraction {
			if digit < '0' || digit > '9' || scale%10 != 0 && digit != '0' {
				return 0, false
			}
			scale /= 10
			milli += int64(digit-'0') * scale
		}
		return milli, true
	}
	return 0, false
}
