package grammar

import "github.com/alecthomas/participle/v2/lexer"

// A parser reads one page.
type parser struct {
	page
	reader  *Reader
	depth   int       // number of blocks around the current one
	cell    Container // InGridTable or InSimpleTable in a cell, else InDocument
	steps   int       // number of lines and characters visited, for tests of linear time
	found   []Node    // in the order of reading
	inliner inliner
	tokens  []lexer.Token // buffer for the tokens of explicit markup
}

// maxDepth is the maximum depth of nested blocks. docutils fails earlier, for lack of
// stack.
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
	parent   *Element // parent of the elements of the block
	last     list     // the list of the previous element
	list     list     // the list of the current element
	seen     bool     // whether an element has been read
	sections sections
}

// body reads the body elements of b as children of parent.
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

// element reads the body element of s at line i, which is not blank, and returns the line
// after it. It tests for the kinds of elements in docutils' order.
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

// markedElement reads an element that the start of its first line identifies. It returns
// the line after it, or 0 if there is none. The kinds of elements that share a first
// character exclude one another.
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
