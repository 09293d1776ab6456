package render

import (
	"slices"
	"strings"
)

// A UnitKind is what a unit measures.
type UnitKind string

// The kinds of units.
const (
	Time UnitKind = "time"
	Size UnitKind = "size"
)

// A Unit is a unit of time or of size.
type Unit struct {
	Name   string   // the plural noun, such as "seconds", or a sign such as "KiB"
	Kind   UnitKind // what it measures
	Amount int64    // how many milliseconds or bytes it is
	words  []string // other names, in lower case; "seconds" is also "second"
	from   int64    // the number from which a duration is shown in it, 0 for none
	short  string   // how the short form of a duration shows a number of it
}

// units are the units, the largest of a kind first.
var units = []Unit{
	{"weeks", Time, 604_800_000, []string{"w"}, 0, ""},
	{"days", Time, 86_400_000, []string{"d"}, 2, "%dd"},
	{"hours", Time, 3_600_000, []string{"h", "hr", "hrs"}, 1, "%dh"},
	{"minutes", Time, 60_000, []string{"m", "min", "mins"}, 1, "%d min"},
	{"seconds", Time, 1_000, []string{"s", "sec", "secs"}, 1, "%ds"},
	{"milliseconds", Time, 1, []string{"ms", "msec", "msecs"}, 1, "%d ms"},
	{"GiB", Size, 1 << 30, nil, 0, ""},
	{"gigabytes", Size, 1_000_000_000, []string{"gb"}, 0, ""},
	{"MiB", Size, 1 << 20, nil, 0, ""},
	{"megabytes", Size, 1_000_000, []string{"mb"}, 0, ""},
	{"KiB", Size, 1 << 10, nil, 0, ""},
	{"kilobytes", Size, 1_000, []string{"kb"}, 0, ""},
	{"bytes", Size, 1, []string{"b"}, 0, ""},
}

// Units returns all units, the largest of a kind first.
func Units() []Unit { return units }

// UnitNamed returns the unit that a word means, in any case: its name, the singular of it,
// or a short form. It is not ok for any other word.
func UnitNamed(word string) (u Unit, ok bool) {
	for _, u := range units {
		if u.isNamed(word) || slices.Contains(u.words, strings.ToLower(word)) {
			return u, true
		}
	}
	return Unit{}, false
}

// isNamed reports whether a word is the name of the unit or the singular of it, in any case.
func (u *Unit) isNamed(word string) bool {
	return strings.EqualFold(word, u.Name) || strings.EqualFold(word, strings.TrimSuffix(u.Name, "s"))
}
