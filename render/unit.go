package render

import (
	"slices"
	"strings"
)

// A UnitKind is the kind of quantity that a unit measures.
type UnitKind string

// The kinds of units.
const (
	Time UnitKind = "time"
	Size UnitKind = "size"
)

// A Unit is a unit of time or of size.
type Unit struct {
	Name          string // the plural noun, such as "seconds", or a symbol such as "KiB"
	Kind          UnitKind
	Amount        int64    // in milliseconds or bytes
	abbreviations []string // in lower case
	from          int64    // the smallest number of this unit in the form of a duration; 0 if durations do not use it
	short         string   // the format of that number in the short form of a duration
}

// units lists all units, the largest of each kind first.
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

// Units returns all units, the largest of each kind first.
func Units() []Unit { return units }

// UnitNamed returns the unit with a name, in any case: its plural, its singular or an
// abbreviation. ok is false if there is none.
func UnitNamed(name string) (u Unit, ok bool) {
	for _, u := range units {
		if u.isNamed(name) || slices.Contains(u.abbreviations, strings.ToLower(name)) {
			return u, true
		}
	}
	return Unit{}, false
}

// isNamed reports whether name is the Name of the unit or its singular, in any case.
func (u *Unit) isNamed(name string) bool {
	return strings.EqualFold(name, u.Name) || strings.EqualFold(name, strings.TrimSuffix(u.Name, "s"))
}
