package adopt

import (
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
)

// longest is how many characters of a text a reason quotes.
const longest = 60

// quote returns a text as reasons show it, short and on one line.
func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > longest {
		s = string(r[:longest]) + "…"
	}
	return `"` + s + `"`
}

// apart returns two texts from about where they begin to differ, so that what is
// quoted of them does.
func apart(a, b string) (string, string) {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	if n < longest/2 {
		return a, b
	}
	n -= longest / 4
	return "…" + string(x[n:]), "…" + string(y[n:])
}

// unitWord matches a number and the word behind it.
var unitWord = lazyregexp.New(`^[-+.0-9eE]+ ([A-Za-z]+)(?: \(.*\))?$`)

// timeUnits are the units that the short form of a duration may leave out, the
// most usual first.
var timeUnits = []string{"seconds", "minutes", "hours", "milliseconds", "days"}

// unitsIn returns the units that a value may have been written with: the word
// behind its number, or, where only a parenthesis follows, those of time.
func unitsIn(text string) []string {
	text = strings.TrimPrefix(text, `\`) // before the sign of a number that would begin a list
	if m := unitWord().FindStringSubmatch(text); m != nil {
		units := []string{m[1]}
		if plural := m[1] + "s"; slices.Contains(timeUnits, plural) || plural == "bytes" {
			units = []string{plural}
		}
		return units
	}
	if number, _, ok := strings.Cut(text, " ("); ok && catalog.IsNumber(number) {
		return timeUnits
	}
	return nil
}

// valueOf returns the default of an option, and whether there are both.
func valueOf(o *catalog.Option) (string, bool) {
	if o == nil {
		return "", false
	}
	return o.ShownDefault()
}
