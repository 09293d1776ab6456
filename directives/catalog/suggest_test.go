package catalog

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// A misspelling turns a reference into one that an author may have written.
type misspelling struct {
	name string
	make func(c *Catalog, r Reference, random *rand.Rand) Reference
}

var misspellings = []misspelling{
	{"letters of the name swapped", func(_ *Catalog, r Reference, random *rand.Rand) Reference {
		return Reference{r.Section, swapped(r.Name, random)}
	}},
	{"letters of the section swapped", func(_ *Catalog, r Reference, random *rand.Rand) Reference {
		return Reference{swapped(r.Section, random), r.Name}
	}},
	{"a letter of the name wrong", func(_ *Catalog, r Reference, random *rand.Rand) Reference {
		i := random.IntN(len(r.Name))
		return Reference{r.Section, r.Name[:i] + string(rune('a'+random.IntN(26))) + r.Name[i+1:]}
	}},
	{"a letter of the name missing", func(_ *Catalog, r Reference, random *rand.Rand) Reference {
		i := random.IntN(len(r.Name))
		return Reference{r.Section, r.Name[:i] + r.Name[i+1:]}
	}},
	{"the section of another", func(c *Catalog, r Reference, random *rand.Rand) Reference {
		return Reference{c.Options()[random.IntN(len(c.Options()))].Section, r.Name}
	}},
	{"the section's first word missing", func(_ *Catalog, r Reference, _ *rand.Rand) Reference {
		_, rest, _ := strings.Cut(r.Section, "_")
		return Reference{rest, r.Name}
	}},
	{"the name's first word missing", func(_ *Catalog, r Reference, _ *rand.Rand) Reference {
		_, rest, _ := strings.Cut(r.Name, "_")
		return Reference{r.Section, rest}
	}},
	{"words of the name swapped", func(_ *Catalog, r Reference, _ *rand.Rand) Reference {
		first, rest, _ := strings.Cut(r.Name, "_")
		return Reference{r.Section, rest + "_" + first}
	}},
}

// swapped returns a word with two neighbouring letters swapped.
func swapped(s string, random *rand.Rand) string {
	i := random.IntN(max(len(s)-1, 1))
	b := []byte(s)
	if i+1 < len(b) {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// Of the misspellings of Airflow's options, the right one is suggested for at
// least 19 in 20, counting only those that are not right by chance; and what is
// called certain is right.
func TestSuggestMisspelt(t *testing.T) {
	c, _ := Load(corpus(t), Embedded())
	all, right := 0, 0
	for _, m := range misspellings {
		n, ok, wrong := 0, 0, []string{}
		random := rand.New(rand.NewPCG(1, 2))
		for _, o := range c.Options() {
			r := m.make(c, o.Reference, random)
			if r.Section == "" || r.Name == "" || c.Find(r) != nil || c.Annotations.IsKeyFree(r.Section) {
				continue
			}
			n++
			s := c.Suggest(r)
			switch {
			case s != nil && s.Option == o:
				ok++
			case s != nil && s.Certain && !s.Renamed:
				t.Errorf("%s: %s is certainly %s, but was %s", m.name, r, s, o)
			default:
				wrong = append(wrong, fmt.Sprintf("%s is %s, not %s", r, suggestion(s), o))
			}
		}
		t.Logf("%s: %d of %d; %s", m.name, ok, n, strings.Join(wrong, "; "))
		all, right = all+n, right+ok
	}
	if right*20 < all*19 {
		t.Errorf("%d of %d suggestions are right", right, all)
	}
}
