package grammar

// literalBlock reads the literal block that a paragraph introduced, from line i on: an
// indented block, or lines up to a blank one that begin with the same punctuation. It
// returns the line after the block, or i if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#literal-blocks
func (p *parser) literalBlock(s *body, i int) int {
	i = p.skipBlank(&s.block, i)
	if i >= s.end {
		return i
	}
	if p.indentOf(&s.block, i) > 0 {
		b := p.gather(&s.block, i, gatherOptions{textStart: atMargin})
		p.addBlock(s.parent, LiteralBlock, b)
		return b.end
	}
	quote := p.lineText(&s.block, i)[0]
	if !isPunctuation(quote) {
		return i
	}
	end := i + 1
	for !p.endsAt(&s.block, end) && p.lineText(&s.block, end)[0] == quote {
		end++
	}
	p.addBlock(s.parent, LiteralBlock, s.block.from(i).upTo(end)).Quoted = true
	return end
}
