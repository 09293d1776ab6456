package grammar

import "bytes"

// textBlock reads what begins with the ordinary line i: a paragraph, an item of
// a definition list or a section title, as the next line says. It returns the
// line after it.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#paragraphs
func (p *parser) textBlock(s *body, i int) int {
	b := &s.block
	next := i + 1
	if p.endsAt(b, next) {
		return p.paragraph(s, i, next)
	}
	if p.indentOf(b, next) > 0 {
		return p.definitionItem(s, i)
	}
	if isRule(p.lineText(b, next)) {
		if after := p.underlinedTitle(s, i); after > 0 {
			return after
		}
	}
	for next++; !p.endsAt(b, next) && p.indentOf(b, next) == 0; next++ {
		p.steps++
	}
	return p.paragraph(s, i, next)
}

// paragraph adds lines [i, end) of s as a paragraph, reads the literal block
// that it may introduce, and returns the line after these.
func (p *parser) paragraph(s *body, i, end int) int {
	b := s.block.from(i).upTo(end)
	_, last := p.bounds(&b, end-1)
	first, _ := p.bounds(&b, end-1)
	expect := introducesLiteral(p.text[first:last])
	p.reportTextSlips(b)
	p.addParagraph(s.parent, b, expect)
	if !expect {
		return end
	}
	return p.literalBlock(s, end)
}

// addParagraph adds the lines of b as a paragraph. If it introduces a literal block it is
// less the "::" at its end where that stands alone, and less one colon elsewhere.
func (p *parser) addParagraph(parent *Element, b block, literal bool) {
	if !literal {
		p.addRunning(parent, Paragraph, b)
		return
	}
	start, end := p.bounds(&b, b.end-1)
	switch {
	case end-start == len("::"):
		b.end--
		p.addRunning(parent, Paragraph, b)
		return
	case p.text[end-3] == ' ':
		end = start + len(trimRight(p.text[start:end-3]))
	default:
		end--
	}
	e := p.addBlock(parent, Paragraph, b)
	e.Text[len(e.Text)-1] = p.textAt(start, end)
	lines := p.segments(b)
	lines[len(lines)-1].end = end
	p.findInlines(e, lines)
}

// introducesLiteral reports whether a literal block follows the paragraph whose
// last line is text: whether it ends in "::" that is not escaped.
func introducesLiteral(text []byte) bool {
	head, found := bytes.CutSuffix(text, []byte("::"))
	if !found {
		return false
	}
	n := 0
	for n < len(head) && head[len(head)-1-n] == '\\' {
		n++
	}
	return n%2 == 0
}

// definitionItem reads the term at line i and its definition, the indented
// block under it, and returns the line after it.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#definition-lists
func (p *parser) definitionItem(s *body, i int) int {
	b := p.gather(&s.block, i+1, gatherOptions{textStart: atMargin})
	b.container = InDefinition
	start, end := p.bounds(&s.block, i)
	items := p.listFor(s, DefinitionList, "", start)
	p.reportTextSlips(s.block.from(i).upTo(i + 1))
	p.addText(items, Term, start, end)
	start, end = p.extent(&b)
	p.body(b, p.add(items, Definition, start, end))
	return b.end
}

// blockQuote reads the indented lines from line i on and returns the line after
// them. An attribution is a paragraph of them.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#block-quotes
func (p *parser) blockQuote(s *body, i int) int {
	b := p.gather(&s.block, i, gatherOptions{textStart: atMargin})
	b.container = InBlockQuote
	start, end := p.extent(&b)
	p.body(b, p.add(s.parent, BlockQuote, start, end))
	return b.end
}

// doctest reads a doctest block, which begins with the prompt ">>>" and ends
// before a blank line, and returns the line after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#doctest-blocks
func (p *parser) doctest(s *body, i int, text []byte) int {
	if !bytes.HasPrefix(text, []byte(">>>")) || markEnd(text, 3) == 0 {
		return 0
	}
	end := i + 1
	for !p.endsAt(&s.block, end) {
		end++
	}
	p.addBlock(s.parent, DoctestBlock, s.block.from(i).upTo(end))
	return end
}
