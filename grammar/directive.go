package grammar

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// A Directive is one directive of a page, with every part of it that a message
// may point at.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#directives
type Directive struct {
	// Span reaches from the first byte of the ".." to the end of the last line
	// of the directive that is not blank, less its line ending.
	Span Span
	// Column is where the ".." stands, in characters from 0, tabs expanded to
	// multiples of 8; it is 0 in a cell of a grid table or a simple table.
	Column int
	// Substitution is the name between the bars of a substitution definition
	// that the directive belongs to, or nil.
	Substitution *Text
	// Type is the directive type, as written: the word before the "::".
	Type Text
	// Arguments holds the argument block, one Text a line.
	Arguments []Text
	Options   []Option
	// Content holds the lines of the content, dedented, without blank lines at
	// either end.
	Content []Text
	// Below holds the fields that the content begins with: they are no options,
	// since a blank line stands above them.
	Below []Option
	// Container is what the directive stands in, and First whether no body
	// element stands before it in there.
	Container Container
	First     bool
	// Problem is why docutils would reject the block (such as text after the
	// options), or what in it is not what its author meant; nil if nothing is.
	Problem *Problem
}

// An Option is one entry of a directive's option block (":name: value").
type Option struct {
	Span  Span   // from the opening colon to the end of the value
	Name  Text   // as written, without the colons
	Value []Text // the lines of the value; none for a flag
}

// A Container is the kind of body that an element stands in.
type Container uint8

// The containers. A page's top level and a section are the same to what stands
// in them.
const (
	InDocument Container = iota
	InBlockQuote
	InListItem   // bullet and enumerated lists
	InDefinition // of a definition list
	InFieldBody
	InOptionDescription // of an option list
	InDirective         // the content of another directive
	InFootnote          // and citations
	InGridTable         // a cell of a grid table, at any depth
	InSimpleTable       // a cell of a simple table, likewise
	InSubstitution      // a substitution definition
)

// IsCell reports whether the container is a cell of a grid table or a simple table,
// whose lines must keep their length.
func (c Container) IsCell() bool { return c == InGridTable || c == InSimpleTable }

// container returns what an element of s stands in.
func (p *parser) container(s *body) Container {
	if p.cell != InDocument {
		return p.cell
	}
	return s.container
}

// A directiveHead is what stands before the block of a directive.
type directiveHead struct {
	start        int         // of the ".." in the page's text
	typ          lexer.Token // the directive type
	substitution *Text       // the substitution text that the directive defines, or nil
}

// directive gives parent the directive of the given head and block.
func (x *explicit) directive(parent *Element, h directiveHead, t *blockTree) {
	name := strings.ToLower(h.typ.Value)
	spec, wanted := x.reader.spec(name)
	parts := x.divide(spec, t)
	d := x.describe(h, &parts)
	e := x.add(parent, DirectiveBlock, x.start, x.lines[x.whole.end-1].end)
	e.ownDetails().Name = Text{d.Type.Span, name}
	e.ownDetails().Directive = d
	switch {
	case wanted:
		d.Content = x.linesOf(parts.content)
		x.found = append(x.found, Node{Span: x.nodeSpan(d.Span, h.typ.Pos.Line), Directive: d})
	case d.Problem == nil:
		x.addCaptions(e, spec, parts)
		x.readContent(e, spec, parts)
	}
}

// describe returns the directive of the given head and parts, less its content.
func (x *explicit) describe(h directiveHead, d *parts) *Directive {
	directive := &Directive{
		Span:         x.span(h.start, x.lines[x.whole.end-1].end),
		Substitution: h.substitution,
		Type:         x.textOf(h.typ),
		Arguments:    x.linesOf(d.arguments),
		Options:      d.options,
		Below:        d.below,
		Container:    x.parser.container(x.s),
		First:        !x.s.seen,
		Problem:      d.problem,
	}
	if x.cell == InDocument {
		directive.Column = x.column(h.start)
		if h.substitution != nil {
			directive.Container = InSubstitution
		}
	}
	return directive
}

// column returns the column of the character at an offset in the page's text, from 0. A byte
// order mark does not count.
func (p *parser) column(offset int) int {
	before := p.text[:offset]
	if n := bytes.LastIndexAny(before, LineBreaks); n >= 0 {
		_, width := utf8.DecodeRune(before[n:])
		before = before[n+width:]
	}
	return utf8.RuneCount(bytes.TrimPrefix(before, []byte(byteOrderMark)))
}

// nodeSpan returns the span of the node of what stands at span. In a cell it ends with the
// given line.
func (p *parser) nodeSpan(span Span, line int) Span {
	if p.cell != InDocument {
		span.End = p.sourceOffset(p.lines[line].end)
	}
	return span
}
