package grammar

import "github.com/alecthomas/participle/v2/lexer"

// A parser reads one page: the structure of its blocks and all that there is to
// see in them.
type parser struct {
	page
	reader  *Reader
	depth   int       // how many blocks the one being read is nested in
	cell    Container // the cell of a grid table or a simple table that it is in, InDocument for none
	steps   int       // lines and characters visited, to test that time is linear
	found   []Node    // what the reader looks for, in the order of reading
	inliner inliner
	tokens  []lexer.Token // of the last explicit markup, to be used again
}

// maxDepth is how deeply blocks are read inside one another. docutils gives up
// earlier, for want of stack.
const maxDepth = 200

// readBlocks reads the page and returns the root of its tree.
func (p *parser) readBlocks() *Element {
	root := &Element{Kind: Root, Span: Span{0, len(p.source)}, details: noDetails}
	p.body(block{end: len(p.lines), textStart: atMargin, titles: true}, root)
	return root
}

// A body is the state of reading one block.
type body struct {
	block
	parent   *Element // what is read becomes its child
	last     list     // the list that the element before belongs to
	list     list     // the list that the element being read belongs to
	seen     bool     // an element has been read
	sections sections
}

// body reads the body elements of b into parent.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#body-elements
func (p *parser) body(b block, parent *Element) {
	if b.isEmpty() {
		return
	}
	if p.depth == maxDepth {
		p.addBlock(parent, Unread, b)
		return
	}
	p.depth++
	s := body{block: b, parent: parent}
	for i := p.skipBlank(&b, b.first); i < b.end; {
		p.steps++
		s.last, s.list = s.list, list{}
		next := p.element(&s, i)
		s.seen = true
		i = p.skipBlank(&b, next)
	}
	p.depth--
}

// element reads the body element of s that begins at line i, which is not
// blank, and returns the line after it. The order of the tests is docutils'.
func (p *parser) element(s *body, i int) int {
	if p.indentOf(&s.block, i) > 0 {
		return p.blockQuote(s, i)
	}
	text := p.lineText(&s.block, i)
	if next := p.markedElement(s, i, text); next > 0 {
		return next
	}
	if isRule(text) {
		if next := p.rule(s, i, text); next > 0 {
			return next
		}
	}
	return p.textBlock(s, i)
}

// marked reads an element that shows itself by how its first line begins, and
// returns the line after it, or 0 if there is none. Marks that begin with the
// same character exclude one another.
func (p *parser) markedElement(s *body, i int, text []byte) int {
	switch c := text[0]; c {
	case '*', bulletLead:
		return p.bulletItem(s, i, text)
	case '-':
		return max(p.bulletItem(s, i, text), p.optionItem(s, i, text))
	case '+':
		return max(p.bulletItem(s, i, text), p.optionItem(s, i, text), p.gridTable(s, i, text))
	case '/':
		return p.optionItem(s, i, text)
	case ':':
		return p.field(s, i, text)
	case '>':
		return p.doctest(s, i, text)
	case '|':
		return p.lineBlock(s, i, text)
	case '=':
		return p.simpleTable(s, i, text)
	case '.':
		return p.explicitMarkup(s, i, text)
	case '_':
		return p.anonymousTarget(s, i, text)
	default:
		if c == '(' || c == '#' || isAlnum(c) {
			return p.enumeratedItem(s, i, text)
		}
	}
	return 0
}
