package grammar

// A block is a range of lines without their left margin: the body of the page or of an
// element. Creating one copies no lines.
type block struct {
	first, end int // half-open range of the page's lines
	margin     int // number of characters to remove from the left of each line
	// textStart is the offset in the page's text of the first line's text if that
	// follows something else, such as the bullet of a list item. It is atMargin if the
	// line begins at the margin.
	textStart  int
	titles     bool // the block can contain section titles
	isGlossary bool // explicit markup at the margin is a comment
	container  Container
}

// atMargin is the textStart of a block whose first line begins at the margin.
const atMargin = -1

// blockOf returns a block of parts of lines, which need not be adjacent. It appends them
// to the lines of the page; the caller must truncate these after reading the block.
func (p *parser) blockOf(pieces []segment, container Container) block {
	first := len(p.lines)
	for _, s := range pieces {
		p.steps++
		p.addLine(s.start, s.end)
	}
	p.link(first)
	return block{first: first, end: len(p.lines), textStart: atMargin, container: container}
}

// bounds returns the offsets in the page's text of the text of line i of b.
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

// endsAt reports whether line i of b is blank or after its end.
func (p *parser) endsAt(b *block, i int) bool { return i >= b.end || p.isBlank(b, i) }

// indentOf returns the indentation of line i of b, in characters.
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

// skipBlank returns the first line of b from i on that is not blank, or the end of b.
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

// isEmpty reports whether b has no lines.
func (b *block) isEmpty() bool { return b.first >= b.end }

// from returns the lines of b from line i on.
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

// gatherOptions says which lines gather adds to a block.
type gatherOptions struct {
	textStart  int  // textStart of the block; unless atMargin, the first line need not be indented
	indent     int  // indentation of the block if known, such as that of a list item's text
	untilBlank bool // a blank line ends the block
}

// gather returns the block of indented lines of b that begins at line i, without trailing
// blank lines. Its margin is the least indentation.
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
