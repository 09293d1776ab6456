package catalog

import (
	"slices"
	"strings"
)

// The costs of taking one name for another, in quarters of an edit.
const (
	same    = 0
	words   = 4        // the same words in another order
	edit    = 4        // each character wrong, missing, too many or swapped
	prefix  = 5        // words missing before the name
	ending  = 6        // words missing after the name
	excess  = 7        // words too many before or after the name
	other   = 6        // any other section, for an option of exactly that name
	vague   = 3        // added to other where several sections have the option
	limit   = 3 * edit // what a suggestion may cost at most
	farAway = 1 << 20
)

// A ranked option is a candidate with what it costs to take the reference for it.
type ranked struct {
	*Option
	section, name int
}

// total returns the cost of both names.
func (r ranked) total() int { return r.section + r.name }

// rank returns the candidates for a reference, the least costly first; among
// equals the one that shares the longer beginning, then the one declared first.
func (s *suggester) rank(r Reference) []ranked {
	sections := make(map[string]int, len(s.bySection))
	var found []ranked
	for _, o := range s.options {
		section, ok := sections[o.Section]
		if !ok {
			section = nameCost(undotted(r.Section), undotted(o.Section))
			sections[o.Section] = section
		}
		if c, ok := s.cost(r, o, section); ok {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int {
		if d := a.total() - b.total(); d != 0 {
			return d
		}
		return shared(b.Name, r.Name) + shared(b.Section, r.Section) - shared(a.Name, r.Name) - shared(a.Section, r.Section)
	})
	return found
}

// cost returns what it costs to take the reference for an option whose section
// costs that much, and false for too much.
func (s *suggester) cost(r Reference, o *Option, section int) (ranked, bool) {
	if section > limit && r.Name != o.Name {
		return ranked{}, false // both names differ
	}
	name := nameCost(r.Name, o.Name)
	switch {
	case section <= limit:
		if section > 0 && name >= prefix {
			return ranked{}, false
		}
	case !s.isAirflow(r):
		return ranked{}, false
	default:
		section = other
		if len(s.byName[o.Name]) > 1 {
			section += vague
		}
	}
	found := ranked{o, section, name}
	return found, found.total() <= limit
}

// isAirflow reports whether a reference means an option of Airflow by its name alone,
// though the section is far from the option's: the section is Airflow's, or the
// name is more than one word, as "port" is not.
func (s *suggester) isAirflow(r Reference) bool {
	return s.bySection[r.Section] != nil || s.once[r.Section] || strings.Contains(r.Name, "_")
}

// undotted returns a name with its full stops as underscores.
func undotted(name string) string { return strings.ReplaceAll(name, ".", "_") }

// nameCost returns the cost of taking the name a for b.
func nameCost(a, b string) int {
	if a == b {
		return same
	}
	if d, ok := distance(a, b, allowance(a, b)); ok {
		return d * edit
	}
	if len(a) > 4*maxWord {
		return farAway
	}
	switch {
	case strings.HasSuffix(b, "_"+a):
		return prefix
	case strings.HasPrefix(b, a+"_"):
		return ending
	case strings.HasSuffix(a, "_"+b), strings.HasPrefix(a, b+"_"):
		return excess
	case len(a) == len(b) && sameWords(a, b):
		return words
	}
	return farAway
}

// isNear reports whether a cost is one of spelling alone: of wrong characters or
// swapped words.
func isNear(cost int) bool { return cost%edit == 0 && cost <= limit }

// sameWords reports whether two names have the same words in any order.
func sameWords(a, b string) bool {
	s, t := strings.Split(a, "_"), strings.Split(b, "_")
	slices.Sort(s)
	slices.Sort(t)
	return slices.Equal(s, t)
}

// shared returns the length of the beginning that two names share.
func shared(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
