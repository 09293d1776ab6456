package grammar

import "strings"

// substitution adds the block as a substitution definition, with the directive that it
// contains.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#substitution-definitions
func (x *explicit) substitution(t *substitutionTree) {
	e := x.add(x.s.parent, Substitution, x.start, x.lines[x.whole.end-1].end)
	e.ownDetails().Name = x.textOf(t.Text)
	switch {
	case t.Directive != nil:
		x.directive(e, directiveHead{start: x.start, typ: t.Directive.Type, substitution: &e.Name}, t.Directive.Block)
	case t.Slip != nil && x.reader.Near != nil:
		if slip := x.looseSlip(t.Slip, false, 0); slip != nil && slip.Form != NoColons {
			x.found = append(x.found, Node{Span: x.nodeSpan(e.Span, x.whole.first), Slip: slip})
		}
	}
}

// substitutionName returns the line and the offset of the bar that closes the
// substitution text at the start of b. The text does not end in white space or an escaped
// character, and a blank or the end of the line follows the bar.
func (p *parser) substitutionName(b *block) (line, offset int, ok bool) {
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
				return i, at, true
			}
			before, escaped = c, c == '\\' && !escaped
		}
	}
	return 0, 0, false
}

// joinLines returns the text of b up to offset end of its last line, with blanks between
// the lines.
func (p *parser) joinLines(b block, end int) Text {
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
	return Text{p.span(b.textStart, end), value.String()}
}
