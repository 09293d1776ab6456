package directives

import (
	"bytes"
	"strings"
	"sync"
)

// A Trigger is text without which a form that windsock looks for does not occur in a page.
type Trigger struct {
	Text    string
	AnyCase bool // its letters count in either case; Text has them in lower case
	// Fits reports whether the form may be where the text stands, at
	// page.Source[from:to]; nil if it may be wherever it stands.
	Fits func(page *RawPage, from, to int) bool
}

// A RawPage is a page of which only the bytes are known.
type RawPage struct {
	Source            []byte
	hasTable          func() bool
	hasTableDirective func() bool
}

// newRawPage returns the page of some bytes.
func newRawPage(source []byte) *RawPage {
	return &RawPage{
		Source:            source,
		hasTable:          sync.OnceValue(func() bool { return bytes.Contains(source, []byte("+-")) || holdsSimpleBorder(source) }),
		hasTableDirective: sync.OnceValue(func() bool { return tableGate.Passes(source) }),
	}
}

// MayContainTable reports whether the page may hold a grid table or a simple table. The lines of
// one of their cells do not follow each other in the page.
func (r *RawPage) MayContainTable() bool { return r.hasTable() }

// MayContainTableDirective reports whether the page may hold a list-table or a csv-table.
func (r *RawPage) MayContainTableDirective() bool { return r.hasTableDirective() }

// tableGate lets pages pass that may hold a list-table or a csv-table.
var tableGate = NewGate(Trigger{Text: "table::", AnyCase: true})

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
// of some triggers. It lets too many pages pass rather than too few; nil lets all pass.
type Gate struct{ byKey [256][]keyed }

// A keyed is a trigger with the offset of its rarest byte, its key, which is looked for.
type keyed struct {
	Trigger
	key int
}

// NewGate returns a gate for triggers.
func NewGate(triggers ...Trigger) *Gate {
	g := new(Gate)
	for _, t := range triggers {
		k := keyed{t, rarest(t.Text)}
		key := t.Text[k.key]
		g.byKey[key] = append(g.byKey[key], k)
		if upper := strings.ToUpper(string(key))[0]; t.AnyCase && upper != key {
			g.byKey[upper] = append(g.byKey[upper], k)
		}
	}
	return g
}

// rareBytes are bytes that triggers hold, with letters in lower case, the rarest in pages first.
const rareBytes = "[zjqx/_:vybwgfmu.`h-pcdlnsiratoe"

// rarest returns the offset of the byte of a text that is rarest in pages.
func rarest(text string) int {
	rank := func(at int) int { return strings.IndexByte(rareBytes, strings.ToLower(text)[at]) }
	found := 0
	for at := range len(text) {
		if rank(at) < rank(found) {
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
	page := newRawPage(source)
	for at, c := range source {
		for i := range g.byKey[c] {
			if g.byKey[c][i].isAt(page, at) {
				return true
			}
		}
	}
	return false
}

// isAt reports whether the trigger stands where its key is at offset at.
func (k *keyed) isAt(page *RawPage, at int) bool {
	from := at - k.key
	to := from + len(k.Text)
	if from < 0 || to > len(page.Source) {
		return false
	}
	text := page.Source[from:to]
	if string(text) != k.Text && !(k.AnyCase && bytes.EqualFold(text, []byte(k.Text))) {
		return false
	}
	return k.Fits == nil || k.Fits(page, from, to)
}
