package grammar

import "strings"

// A list is what the next item must be like to belong to the same list.
type list struct {
	kind    Kind     // Root stands for no list
	mark    string   // the bullet, or the punctuation of the enumerators
	element *Element // the list itself
}

// join returns the list of a kind and a mark that an item at text offset start belongs to:
// that of the element before if it is alike, else a new one.
func (p *parser) listFor(s *body, kind Kind, mark string, start int) *Element {
	s.list = s.last
	if s.last.kind != kind || s.last.mark != mark {
		s.list = list{kind, mark, p.add(s.parent, kind, start, start)}
	}
	return s.list.element
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
	parent := p.listFor(s, BulletList, string(text[:n]), start)
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
	g := gatherOptions{textStart: start + n}
	if start+n < end {
		g.indent = width
	}
	b := p.gather(&s.block, i, g)
	b.container = InListItem
	end = p.lines[b.end-1].end
	p.body(b, p.add(parent, ListItem, start, end))
	return b.end
}
