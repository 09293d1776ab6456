package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// The costs of taking one name for another, in quarters of an edit.
const (
	words   = 4        // the same words in another order
	edit    = 4        // each character wrong, missing, too many or swapped
	prefix  = 5        // words missing before the name
	ending  = 6        // words missing after the name
	excess  = 7        // words too many before or after the name
	other   = 6        // any other section, for an option of exactly that name
	limit   = 3 * edit // what a suggestion may cost at most
	farAway = limit + 1
)

// isNear reports whether a cost is one of spelling alone: of wrong characters or
// swapped words.
func isNear(cost int) bool { return cost%edit == 0 }

// cost returns what it costs to take a name for another, farAway if that is too much.
func cost(name, of string) int {
	if n := edits(name, of); n <= allowance(name, of) {
		return n * edit
	}
	switch {
	case len(name) == len(of) && letters(name) == letters(of) && sortedWords(name) == sortedWords(of):
		return words
	case endsIn(of, name):
		return prefix
	case beginsWith(of, name):
		return ending
	case beginsWith(name, of), endsIn(name, of):
		return excess
	}
	return farAway
}

// beginsWith reports whether a name is another with more words behind it.
func beginsWith(name, of string) bool {
	rest, ok := strings.CutPrefix(name, of)
	return ok && strings.HasPrefix(rest, "_")
}

// endsIn reports whether a name is another with more words before it.
func endsIn(name, of string) bool {
	rest, ok := strings.CutSuffix(name, of)
	return ok && strings.HasSuffix(rest, "_")
}

// sortedWords returns the words of a name in alphabetical order.
func sortedWords(name string) string {
	return strings.Join(slices.Sorted(strings.SplitSeq(name, "_")), "_")
}

// A ranked option is a candidate with what it costs to take the reference for it.
type ranked struct {
	*Option
	section, name int
}

// total returns the cost of both names.
func (r ranked) total() int { return r.section + r.name }

// best returns the option for which a reference is taken at the least cost, and the least
// cost of any other. Among equals it is the one that shares the longer beginning, then the
// first in the alphabet.
func (c *Catalog) best(r Reference) (best ranked, second int) {
	best, second = ranked{section: farAway}, farAway
	for _, o := range c.options {
		name := cost(r.Name, o.Name)
		if name > limit {
			continue
		}
		section := cost(undotted(r.Section), undotted(o.Section))
		isFar := section > limit
		if isFar {
			section = c.costElsewhere(r, o.Name)
		}
		switch candidate := (ranked{o, section, name}); {
		case !isFar && section > 0 && name >= prefix, candidate.total() > limit: // both names differ
		case c.compare(r, candidate, best) < 0:
			best, second = candidate, best.total()
		default:
			second = min(second, candidate.total())
		}
	}
	return best, second
}

// compare orders candidates for a reference.
func (c *Catalog) compare(r Reference, a, b ranked) int {
	if d := a.total() - b.total(); d != 0 {
		return d
	}
	shares := func(o ranked) int { return shared(o.Name, r.Name) + shared(o.Section, r.Section) }
	return cmp.Or(shares(b)-shares(a), strings.Compare(a.String(), b.String()))
}

// shared returns the length of the beginning that two words share.
func shared(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// costElsewhere returns the cost of taking a reference for an option of a section that is far
// from the reference's: that must have exactly the reference's name, and be Airflow's by it
// or by the section, since a name of one word such as "port" is also others'.
func (c *Catalog) costElsewhere(r Reference, name string) int {
	isAirflow := c.Section(r.Section) != nil || c.WasSection(r.Section) || strings.Contains(r.Name, "_")
	if name != r.Name || !isAirflow {
		return farAway
	}
	return other
}
