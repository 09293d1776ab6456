package grammar

import (
	"bytes"
)

// blockQuote reads the indented lines from line i on and returns the line after
// them.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#block-quotes
func (p *parser) blockQuote(s *body, i int) int {
	b := p.gather(&s.block, i, gathering{lo: noMark})
	p.quotes(s.parent, b)
	return b.end
}

// quotes reads b as block quotes: each but the last ends with an attribution.
func (p *parser) quotes(parent *Element, b block) {
	b.container = InBlockQuote
	for !b.isEmpty() {
		at, after := p.attribution(&b)
		content := p.trimmed(b.upTo(at))
		start, end := p.extent(&content)
		quote := p.add(parent, BlockQuote, start, end)
		p.body(content, quote)
		if at < after {
			p.addAttribution(quote, b.from(at).upTo(after))
		}
		b = b.from(p.skipBlank(&b, after))
	}
}

// attribution finds the first attribution in b: its lines are [at, after). It
// follows a blank line and begins with dashes; its further lines have one
// indentation. Without one, both are the end of b.
func (p *parser) attribution(b *block) (at, after int) {
	for i := p.skipBlank(b, b.first) + 1; i < b.end; i++ {
		p.steps++
		if p.isBlank(b, i) || !p.isBlank(b, i-1) || dashes(p.lineText(b, i)) == 0 {
			continue
		}
		if end := p.attributionEnd(b, i); end > 0 {
			return i, end
		}
	}
	return b.end, b.end
}

// attributionEnd returns the line after the attribution that begins at line i,
// 0 if its lines do not have the shape of one.
func (p *parser) attributionEnd(b *block, i int) int {
	end := i + 1
	for ; !p.endsAt(b, end); end++ {
		if end > i+1 && p.indentOf(b, end) != p.indentOf(b, i+1) {
			return 0
		}
	}
	return end
}

// dashes returns the length of the dashes and blanks that begin an attribution,
// 0 if text does not begin with such.
func dashes(text []byte) int {
	n := 0
	if bytes.HasPrefix(text, []byte("\u2014")) {
		n = len("\u2014")
	} else {
		for n < len(text) && text[n] == '-' {
			n++
		}
		if n != 2 && n != 3 {
			return 0
		}
	}
	for n < len(text) && text[n] == ' ' {
		n++
	}
	if n == len(text) {
		return 0
	}
	return n
}

// addAttribution adds the lines of b, less the dashes and their margin.
func (p *parser) addAttribution(quote *Element, b block) {
	start, _ := p.bounds(&b, b.first)
	if b.end > b.first+1 {
		b.margin += p.indentOf(&b, b.first+1)
	}
	b.lo = start + dashes(p.text[start:p.lines[b.first].end])
	p.addRunning(quote, Attribution, b)
}
