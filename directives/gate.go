package directives

import (
	"bytes"
	"strings"
	"sync"
)

// A Trigger is text that occurs in every page that uses a form of markup or reference.
type Trigger struct {
	Text    string
	AnyCase bool // the letters of Text, in lower case, match in any case
	// Fits reports whether the form can occur around the text at page.Source[from:to].
	// If it is nil, the form can occur around any match.
	Fits func(page *RawPage, from, to int) bool
}

// A RawPage is a page that is not parsed.
type RawPage struct {
	Source            []byte
	hasTable          func() bool
	hasTableDirective func() bool
}

// newRawPage returns a page that searches source for tables when it is first asked.
func newRawPage(source []byte) *RawPage {
	return &RawPage{
		Source:            source,
		hasTable:          sync.OnceValue(func() bool { return bytes.Contains(source, []byte("+-")) || containsSimpleBorder(source) }),
		hasTableDirective: sync.OnceValue(func() bool { return tableGate.Passes(source) }),
	}
}

// MayContainTable reports whether the page may contain a grid table or a simple table. In such a
// table, consecutive lines of a cell are not consecutive in the page.
func (r *RawPage) MayContainTable() bool { return r.hasTable() }

// MayContainTableDirective reports whether the page may contain a list-table or a csv-table.
func (r *RawPage) MayContainTableDirective() bool { return r.hasTableDirective() }

// tableGate passes pages that may contain a list-table or a csv-table.
var tableGate = NewGate(Trigger{Text: "table::", AnyCase: true})

// containsSimpleBorder reports whether text may contain the border of a simple table: equals
// signs separated by blanks.
func containsSimpleBorder(text []byte) bool {
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

// A Gate decides from the bytes of a page whether it can concern windsock, because it contains
// one of a set of triggers. It can pass other pages too, but rejects none that matters. A nil
// Gate passes all pages.
type Gate struct{ byKey [256][]keyedTrigger }

// A keyedTrigger is a trigger with the offset of its rarest byte. The gate searches pages for
// that byte, the key.
type keyedTrigger struct {
	Trigger
	key int
}

// NewGate returns a gate that passes pages with any of the triggers.
func NewGate(triggers ...Trigger) *Gate {
	g := new(Gate)
	for _, t := range triggers {
		k := keyedTrigger{t, rarest(t.Text)}
		key := t.Text[k.key]
		g.byKey[key] = append(g.byKey[key], k)
		if upper := strings.ToUpper(string(key))[0]; t.AnyCase && upper != key {
			g.byKey[upper] = append(g.byKey[upper], k)
		}
	}
	return g
}

// bytesByRarity lists the bytes of triggers, with letters in lower case, by their frequency in
// pages. The rarest byte is first.
const bytesByRarity = "[zjqx/_:vybwgfmu.`h-pcdlnsiratoe"

// rarest returns the offset of the byte of text that is the rarest in pages.
func rarest(text string) int {
	rank := func(at int) int { return strings.IndexByte(bytesByRarity, strings.ToLower(text)[at]) }
	found := 0
	for at := range len(text) {
		if rank(at) < rank(found) {
			found = at
		}
	}
	return found
}

// Passes reports whether the page contains one of the triggers.
func (g *Gate) Passes(source []byte) bool {
	if g == nil {
		return true
	}
	page := newRawPage(source)
	for at, c := range source {
		for i := range g.byKey[c] {
			if g.byKey[c][i].matches(page, at) {
				return true
			}
		}
	}
	return false
}

// matches reports whether the trigger occurs with its key at offset at.
func (k *keyedTrigger) matches(page *RawPage, at int) bool {
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
