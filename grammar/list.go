package grammar

import "strings"

// A list tells what the next item must be like to belong to the same list.
type list struct {
	kind       Kind     // Root stands for no list
	bullet     string   // of a bullet list
	enumerator sequence // of an enumerated list
	format     format   // of an enumerated list
	auto       bool     // of an enumerated list: its items must begin with "#"
	ordinal    int      // of an enumerated list: that of the last item
	element    *Element // the list itself
}

// join returns the list that an item at text offset start belongs to, which l
// describes: the list of the element before if it is like l, else a new one.
func (p *parser) join(s *body, kind Kind, l list, start int) *Element {
	if s.last.kind == kind && s.last.bullet == l.bullet {
		l.element = s.last.element
	} else {
		l.element = p.add(s.parent, kind, start, start)
	}
	s.list = l
	return l.element
}

// bulletLead is the first byte of the bullets that are not ASCII.
const bulletLead = 0xe2

// bulletItem reads the item of a bullet list at line i and returns the line
// after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#bullet-lists
func (p *parser) bulletItem(s *body, i int, text []byte) int {
	n := 1
	if text[0] == bulletLead {
		if n = 3; len(text) < n || !strings.Contains("\u2022\u2023\u2043", string(text[:n])) {
			return 0
		}
	}
	after := markEnd(text, n)
	if after == 0 {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	parent := p.join(s, BulletList, list{kind: BulletList, bullet: string(text[:n])}, start)
	return p.listItem(s, i, parent, after, after-n+1)
}

// markEnd returns the offset in text of what follows the blanks after the mark
// text[:n]; 0 if neither a blank nor the end of text follows it.
func markEnd(text []byte, n int) int {
	if n < len(text) && text[n] != ' ' {
		return 0
	}
	for n < len(text) && text[n] == ' ' {
		n++
	}
	return n
}

// listItem reads the list item at line i, whose mark takes up n bytes and width
// characters, and returns the line after it.
func (p *parser) listItem(s *body, i int, parent *Element, n, width int) int {
	start, end := p.bounds(&s.block, i)
	g := gathering{lo: start + n}
	if start+n < end {
		g.known = width
	}
	b := p.gather(&s.block, i, g)
	b.container = InListItem
	end = p.lines[b.end-1].end
	p.body(b, p.add(parent, ListItem, start, end))
	return b.end
}
