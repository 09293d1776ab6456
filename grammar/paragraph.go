package grammar

import "bytes"

// textBlock reads the paragraph, definition list item or section title at line i,
// depending on the next line. It returns the line after it.
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

// paragraph reads lines [i, end) of s as a paragraph, and the literal block that the
// paragraph introduces, if any. It returns the line after them.
func (p *parser) paragraph(s *body, i, end int) int {
	b := s.block.from(i).upTo(end)
	expect := introducesLiteral(p.lineText(&b, end-1))
	p.reportTextSlips(b)
	p.addParagraph(s.parent, b, expect)
	if !expect {
		return end
	}
	return p.literalBlock(s, end)
}

// addParagraph adds the lines of b as a paragraph. If the paragraph introduces a literal
// block, its text ends before a "::" that stands alone, and before the second colon of
// any other.
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

// introducesLiteral reports whether a literal block follows a paragraph whose last line
// is text, that is, whether text ends with an unescaped "::".
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

// definitionItem reads the term at line i and its definition, the indented block below,
// and returns the line after it.
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

// blockQuote reads the indented lines from line i on and returns the line after them. An
// attribution becomes a paragraph.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#block-quotes
func (p *parser) blockQuote(s *body, i int) int {
	b := p.gather(&s.block, i, gatherOptions{textStart: atMargin})
	b.container = InBlockQuote
	start, end := p.extent(&b)
	p.body(b, p.add(s.parent, BlockQuote, start, end))
	return b.end
}

// doctest reads a doctest block, which begins with ">>>" and ends before a blank line. It
// returns the line after it, or 0 if there is none.
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
