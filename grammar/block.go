package grammar

// A block is a run of lines, less a margin: the body of the page, or of one
// element of it. Blocks are views; no line is copied to make one.
type block struct {
	first, end int // the lines of the page that it holds, half open
	margin     int // characters to drop from the left of each line
	// textStart is where the text of the first line begins in the page's text if
	// something else stands before it, such as the mark of a list item; else -1.
	textStart  int
	titles     bool // section titles may stand in it
	isGlossary bool // explicit markup at its margin is a comment
	container  Container
}

// atMargin is the textStart of a block whose first line begins at the margin.
const atMargin = -1

// blockOf returns a block of pieces of lines, which need not stand together in the page.
// They become lines behind the others; who asks removes them when the block is read.
func (p *parser) blockOf(pieces []segment, container Container) block {
	first := len(p.lines)
	for _, s := range pieces {
		p.steps++
		p.addLine(s.start, s.end)
	}
	p.link(first)
	return block{first: first, end: len(p.lines), textStart: atMargin, container: container}
}

// bounds returns where the text of line i of b stands in the page's text.
func (p *parser) bounds(b *block, i int) (start, end int) {
	l := &p.lines[i]
	if i == b.first && b.textStart != atMargin {
		return b.textStart, l.end
	}
	return p.columnOffset(l, b.margin), l.end
}

// lineText returns the text of line i of b.
func (p *parser) lineText(b *block, i int) []byte {
	start, end := p.bounds(b, i)
	return p.text[start:end]
}

// isBlank reports whether line i of b is blank.
func (p *parser) isBlank(b *block, i int) bool {
	if i == b.first && b.textStart != atMargin {
		return b.textStart == p.lines[i].end
	}
	return p.lines[i].blank()
}

// endsAt reports whether b ends, or has a blank line, at line i.
func (p *parser) endsAt(b *block, i int) bool { return i >= b.end || p.isBlank(b, i) }

// indentOf returns by how many characters line i of b is indented.
func (p *parser) indentOf(b *block, i int) int {
	l := &p.lines[i]
	if i == b.first && b.textStart != atMargin {
		return 0
	}
	if l.odd && (p.columnOffset(l, b.margin) == l.end || p.text[p.columnOffset(l, b.margin)] != ' ') {
		return 0
	}
	return max(l.indent-b.margin, 0)
}

// skipBlank returns the first line of b from i on that is not blank, or its end.
func (p *parser) skipBlank(b *block, i int) int {
	if i < b.end && p.isBlank(b, i) {
		return min(p.lines[i].next, b.end)
	}
	return i
}

// trimmed returns b without blank lines at either end.
func (p *parser) trimmed(b block) block {
	if i := p.skipBlank(&b, b.first); i != b.first {
		b.first, b.textStart = i, atMargin
	}
	for b.end > b.first && p.isBlank(&b, b.end-1) {
		b.end--
	}
	return b
}

// isEmpty reports whether b holds no line.
func (b *block) isEmpty() bool { return b.first >= b.end }

// from returns b from line i on.
func (b block) from(i int) block {
	if i != b.first {
		b.first, b.textStart = i, atMargin
	}
	return b
}

// upTo returns the lines of b before line i.
func (b block) upTo(i int) block {
	b.end = i
	return b
}

// A gatherOptions says which indented lines belong to an element.
type gatherOptions struct {
	textStart  int  // where the text of the first line begins, or atMargin: it is indented too
	indent     int  // the indentation, if it is known: that of a list item's first line
	untilBlank bool // a blank line ends the block
}

// gather returns the block of indented lines of b that begins at line i, less
// blank lines at its end. Its margin is the least indentation in it.
func (p *parser) gather(b *block, i int, g gatherOptions) block {
	body := block{first: i, end: i, textStart: g.textStart}
	least := g.indent
	j := i
	if g.textStart != atMargin {
		j++
		body.end = j
	}
	for j < b.end {
		p.steps++
		if l := &p.lines[j]; l.blank() {
			if g.untilBlank {
				break
			}
			j = min(l.next, b.end)
			continue
		}
		n := p.indentOf(b, j)
		if n == 0 || n < g.indent {
			break
		}
		if g.indent == 0 && (least == 0 || n < least) {
			least = n
		}
		j++
		body.end = j
	}
	body.margin = b.margin + least
	return body
}
