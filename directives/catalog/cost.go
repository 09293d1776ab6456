package catalog

import (
	"cmp"
	"slices"
	"strings"
)

// The costs of the difference between two names, in quarters of an edit.
const (
	words   = 4        // the same words in a different order
	edit    = 4        // each wrong, missing, additional or swapped character
	prefix  = 5        // words missing before the name
	ending  = 6        // words missing after the name
	excess  = 7        // additional words before or after the name
	other   = 6        // another section, for an option with exactly that name
	limit   = 3 * edit // the maximum cost of a suggestion
	farAway = limit + 1
)

// isNear reports whether a cost consists of spelling errors only: wrong characters or
// swapped words.
func isNear(cost int) bool { return cost%edit == 0 }

// A nameIndex finds the names that are similar to another.
type nameIndex struct {
	*dictionary
	byEnd   map[string][]string // by each suffix that begins with "_"
	byWords map[string][]string // by their sorted words
}

// newNameIndex returns the index of names.
func newNameIndex(names []string) *nameIndex {
	x := &nameIndex{newDictionary(names), map[string][]string{}, map[string][]string{}}
	for _, name := range x.dictionary.words {
		x.byWords[sortedWords(name)] = append(x.byWords[sortedWords(name)], name)
		for i, c := range name {
			if c == '_' {
				x.byEnd[name[i:]] = append(x.byEnd[name[i:]], name)
			}
		}
	}
	return x
}

// sortedWords returns the words of a name in alphabetical order.
func sortedWords(name string) string {
	return strings.Join(slices.Sorted(strings.SplitSeq(name, "_")), "_")
}

// costs returns the names that are similar to name, with the cost of each.
func (x *nameIndex) costs(name string) map[string]int {
	costs := map[string]int{}
	add := func(cost int, names ...string) {
		for _, n := range names {
			if _, isCheaper := costs[n]; !isCheaper {
				costs[n] = cost
			}
		}
	}
	for n, edits := range x.near(name) {
		if edits <= allowance(name, n) {
			add(edits*edit, n)
		}
	}
	add(words, x.byWords[sortedWords(name)]...)
	add(prefix, x.byEnd["_"+name]...)
	first, _ := slices.BinarySearch(x.dictionary.words, name+"_")
	for i := first; i < len(x.dictionary.words) && strings.HasPrefix(x.dictionary.words[i], name+"_"); i++ {
		add(ending, x.dictionary.words[i])
	}
	for i, c := range name {
		for _, part := range []string{name[:i], name[i+1:]} {
			if _, isName := slices.BinarySearch(x.dictionary.words, part); c == '_' && isName {
				add(excess, part)
			}
		}
	}
	return costs
}

// A ranked option is a candidate for a reference, with the costs of its section and name.
type ranked struct {
	*Option
	section, name int
}

// total returns the cost of both names.
func (r ranked) total() int { return r.section + r.name }

// best returns the option with the lowest cost for a reference, and the lowest cost of all
// others. Among equals it prefers the longest common prefix, then alphabetical order.
func (s *suggester) best(r Reference) (best ranked, second int) {
	best, second = ranked{section: farAway}, farAway
	sections := s.sections.costs(undotted(r.Section))
	for name, cost := range s.names.costs(r.Name) {
		for _, o := range s.byName[name] {
			section, isFound := sections[undotted(o.Section)]
			if !isFound {
				section = s.costElsewhere(r, name)
			}
			c := ranked{o, section, cost}
			switch {
			case isFound && section > 0 && cost >= prefix, c.total() > limit: // both names differ
			case s.compare(r, c, best) < 0:
				best, second = c, best.total()
			default:
				second = min(second, c.total())
			}
		}
	}
	return best, second
}

// compare orders candidates for a reference, the best first.
func (s *suggester) compare(r Reference, a, b ranked) int {
	if d := a.total() - b.total(); d != 0 {
		return d
	}
	shares := func(o ranked) int { return shared(o.Name, r.Name) + shared(o.Section, r.Section) }
	return cmp.Or(shares(b)-shares(a), strings.Compare(a.String(), b.String()))
}

// costElsewhere returns the cost of an option whose section is not similar to that of the
// reference. The option must have exactly the reference's name. The section must be known, or
// the name must have several words: other programs also have options such as "port".
func (s *suggester) costElsewhere(r Reference, name string) int {
	isAirflow := s.Section(r.Section) != nil || s.WasSection(r.Section) || strings.Contains(r.Name, "_")
	if name != r.Name || !isAirflow {
		return farAway
	}
	return other
}
