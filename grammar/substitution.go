package grammar

import "strings"

// substitution reads a substitution definition and returns the line after it; 0
// if there is none. What it holds is one directive.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#substitution-definitions
func (p *parser) substitution(s *body, m markup) int {
	if c := firstByte(m.text[m.from+1:]); c == ' ' || c == 0 {
		return 0
	}
	b := p.gather(&s.block, m.line, gathering{lo: m.start + m.from + 1})
	b.margin = s.margin
	bar, ok := p.substitutionName(&b)
	if !ok {
		return 0
	}
	name := p.joined(b.upTo(bar.line+1), bar.offset)
	e := p.add(s.parent, Substitution, m.start, p.lines[b.end-1].end)
	e.own().Name = name
	p.substituted(s, e, m, &name, p.afterBar(b, bar))
	return b.end
}

// substitutionName finds the bar that closes the substitution text that b begins
// with. The text neither ends in white space nor with an escaped character; a
// blank or the end of a line follows the bar.
func (p *parser) substitutionName(b *block) (bar place, ok bool) {
	count, before, escaped := 0, byte(0), false
	for i := b.first; i < b.end; i++ {
		start, end := p.bounds(b, i)
		if i > b.first {
			start += p.indentBytes(start, end)
			before, escaped = ' ', false
		}
		for at := start; at < end; at, count = at+1, count+1 {
			c := p.text[at]
			if c == '|' && !escaped && count > 0 && before != ' ' && (at+1 == end || p.text[at+1] == ' ') {
				return place{i, at}, true
			}
			before, escaped = c, c == '\\' && !escaped
		}
	}
	return bar, false
}

// joined returns the text of b up to offset end in its last line, its lines
// joined by blanks.
func (p *parser) joined(b block, end int) Text {
	var value strings.Builder
	for i := b.first; i < b.end; i++ {
		from, to := p.bounds(&b, i)
		if i == b.end-1 {
			to = end
		}
		if i > b.first {
			from += p.indentBytes(from, to)
			value.WriteByte(' ')
		}
		value.Write(p.text[from:to])
	}
	return Text{p.span(b.lo, end), value.String()}
}

// afterBar returns what follows the bar at the given place of b.
func (p *parser) afterBar(b block, bar place) block {
	end := p.lines[bar.line].end
	b = b.from(bar.line)
	b.lo = bar.offset + 1 + p.indentBytes(bar.offset+1, end)
	if b.lo < end || bar.line+1 == b.end {
		return b
	}
	b = b.from(bar.line + 1)
	start, end := p.bounds(&b, b.first)
	b.lo = start + p.indentBytes(start, end)
	return b
}

// substituted reads the directive that b begins with, in the substitution
// definition m of the given name.
func (p *parser) substituted(s *body, e *Element, m markup, name *Text, b block) {
	if b.lo == p.lines[b.first].end {
		return
	}
	text := p.text[b.lo:p.lines[b.first].end]
	n := simpleName(text)
	after := directiveColons(text, n, 0)
	if after == 0 || text[n] == ' ' {
		return // no blank may stand before the colons here
	}
	inner := body{block: b, parent: e}
	p.readDirective(&inner, directiveHead{
		start: m.start, name: b.lo, nameEnd: b.lo + n, after: b.lo + after,
		line: b.first, substitution: name, first: !s.seen,
	})
}
