package grammar

import (
	"bytes"
)

// keeper is what the text of a comment begins with that may keep a directive.
const keeper = "windsock:"

// findComment reports the comment m, whose text is b, if the reader looks for it.
func (p *parser) findComment(s *body, m markup, b block) {
	if b.isEmpty() || !p.reader.wantsComment(p.lineText(&b, b.first)) {
		return
	}
	c := &Comment{
		Span:      p.span(m.start, p.lines[b.end-1].end),
		Container: p.container(s),
		First:     !s.seen,
	}
	c.Column = p.column(c.Span.Start)
	n := p.island(c.Span, p.lines[m.line].end, commentMark)
	is := &p.islands[n]
	is.comment = c
	is.putAll(commentText, p.linesOf(b))
	p.findKept(s, is, b)
}

// wantsComment reports whether the reader looks for comments whose first line is
// text.
func (r *Reader) wantsComment(text []byte) bool {
	text = bytes.TrimLeftFunc(text, IsSpace)
	for _, prefix := range r.Comments {
		if bytes.HasPrefix(text, []byte(prefix)) {
			return true
		}
	}
	return false
}

// findKept reads the directive that a comment of text b keeps, if it keeps one.
// Its options and content have the margin of the comment's text.
func (p *parser) findKept(s *body, is *island, b block) {
	h, ok := p.keptHead(b)
	if !ok {
		return
	}
	spec, wanted := p.reader.spec(fold(p.text[h.name:h.nameEnd]))
	if !wanted {
		return
	}
	h.first = !s.seen
	is.put(keeperMark, Text{Span: p.span(h.start, h.start)})
	end := b.end
	b.lo = h.after
	parts := p.divide(spec, b)
	d := p.describe(s, h, parts, end)
	is.comment.Directive = d
	p.putDirective(is, h, parts)
}

// keptHead returns the head of the directive that a comment of text b keeps.
func (p *parser) keptHead(b block) (h directiveHead, ok bool) {
	start, end := p.bounds(&b, b.first)
	at := start + p.indentBytes(start, end)
	if !bytes.HasPrefix(p.text[at:end], []byte(keeper)) {
		return h, false
	}
	at += len(keeper)
	at += p.indentBytes(at, end)
	h = directiveHead{start: at, name: at, line: b.first}
	if firstByte(p.text[at:end]) == '|' {
		bar := b.upTo(b.first + 1)
		bar.lo = at + 1
		name, ok := p.substitutionName(&bar)
		if !ok {
			return h, false
		}
		substitution := p.textAt(at+1, name.offset)
		h.substitution = &substitution
		h.name = name.offset + 1 + p.indentBytes(name.offset+1, end)
	}
	h.nameEnd = h.name + simpleName(p.text[h.name:end])
	after := directiveColons(p.text[h.name:end], h.nameEnd-h.name, 0)
	h.after = h.name + after
	return h, after > 0
}
