package grammar

import "strings"

// A list is the list that the next item can continue.
type list struct {
	kind    Kind     // Root if there is no list
	mark    string   // the bullet, or the format of the enumerators
	element *Element // the list itself
}

// listFor returns the list for an item at text offset start: the previous element's list
// if kind and mark are the same, else a new one.
func (p *parser) listFor(s *body, kind Kind, mark string, start int) *Element {
	s.list = s.last
	if s.last.kind != kind || s.last.mark != mark {
		s.list = list{kind, mark, p.add(s.parent, kind, start, start)}
	}
	return s.list.element
}

// bulletLead is the first byte of the bullets outside ASCII.
const bulletLead = 0xe2

// bulletItem reads the bullet list item at line i and returns the line after it, or 0 if
// there is none.
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

// markEnd returns the offset in text after the mark text[:n] and the blanks after the
// mark. It is 0 unless a blank or the end of text follows the mark.
func markEnd(text []byte, n int) int {
	if n < len(text) && text[n] != ' ' {
		return 0
	}
	for n < len(text) && text[n] == ' ' {
		n++
	}
	return n
}

// listItem reads the list item at line i and returns the line after it. Its mark and the
// blanks after it are n bytes and width characters long.
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
