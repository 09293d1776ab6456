package directives

import (
	"bytes"
	"strings"
)

// A Mark is text without which a form that windsock looks for does not occur in a page.
type Mark struct {
	Text    string
	AnyCase bool // its letters count in either case; Text has them in lower case
	// Fits reports whether the form may be where the text stands, at
	// page.Source[from:to]; nil if it may be wherever it stands.
	Fits func(page *Raw, from, to int) bool
}

// A Raw is a page of which only the bytes are known.
type Raw struct {
	Source []byte
	drawn  *bool // whether it holds a table drawn in characters, nil until asked
}

// HoldsDrawnTable reports whether the page may hold a grid table or a simple table. In the
// cells of these what belongs together is parted by other cells.
func (r *Raw) HoldsDrawnTable() bool {
	if r.drawn == nil {
		drawn := bytes.Contains(r.Source, []byte("+-")) || holdsSimpleBorder(r.Source)
		r.drawn = &drawn
	}
	return *r.drawn
}

// holdsSimpleBorder reports whether a text may hold the border of a simple table: equals
// signs with blanks between.
func holdsSimpleBorder(text []byte) bool {
	for {
		_, rest, found := bytes.Cut(text, []byte("="))
		if !found {
			return false
		}
		text = bytes.TrimLeft(rest, " \t\v\f")
		if len(text) < len(rest) && len(text) > 0 && text[0] == '=' {
			return true
		}
	}
}

// A Gate knows by the bytes of a page whether it may concern windsock: whether it holds one
// of some marks. It lets too many pages pass rather than too few; nil lets all pass.
type Gate struct{ byKey [256][]keyed }

// A keyed is a mark with the offset of its rarest byte, its key, which is looked for.
type keyed struct {
	Mark
	key int
}

// NewGate returns a gate for marks.
func NewGate(marks ...Mark) *Gate {
	g := new(Gate)
	for _, m := range marks {
		k := keyed{m, rarest(m.Text)}
		key := m.Text[k.key]
		g.byKey[key] = append(g.byKey[key], k)
		if upper := strings.ToUpper(string(key))[0]; m.AnyCase && upper != key {
			g.byKey[upper] = append(g.byKey[upper], k)
		}
	}
	return g
}

// rarest returns the offset of the byte of a text that is rarest in prose: one that is no
// letter, else the letter that stands first here.
func rarest(text string) int {
	rank := func(c byte) int { return strings.IndexByte("zqjxkvbpgwyfmculdhrsinoate", c|0x20) }
	found := 0
	for at := range len(text) {
		if rank(text[at]) < rank(text[found]) {
			found = at
		}
	}
	return found
}

// Passes reports whether a page may concern windsock.
func (g *Gate) Passes(source []byte) bool {
	if g == nil {
		return true
	}
	page := &Raw{Source: source}
	for at, c := range source {
		for i := range g.byKey[c] {
			if g.byKey[c][i].isAt(page, at) {
				return true
			}
		}
	}
	return false
}

// isAt reports whether the mark stands where its key is at offset at.
func (m *keyed) isAt(page *Raw, at int) bool {
	from := at - m.key
	to := from + len(m.Text)
	if from < 0 || to > len(page.Source) {
		return false
	}
	text := page.Source[from:to]
	if string(text) != m.Text && !(m.AnyCase && bytes.EqualFold(text, []byte(m.Text))) {
		return false
	}
	return m.Fits == nil || m.Fits(page, from, to)
}
