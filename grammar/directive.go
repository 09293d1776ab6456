package grammar

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/alecthomas/participle/v2/lexer"
)

// A Directive is a directive of a page. Every part that a message can point at has a
// span.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#directives
type Directive struct {
	// Span is the span from the ".." to the end of the last line that is not blank,
	// without its line break.
	Span Span
	// Column is the column of the "..", in characters from 0, with tabs expanded to
	// multiples of 8. It is 0 in a cell of a grid table or a simple table.
	Column int
	// Substitution is the text between the bars if the directive belongs to a
	// substitution definition, else nil.
	Substitution *Text
	// Type is the directive type as written: the word before the "::".
	Type Text
	// Arguments is the argument block, one Text for each line.
	Arguments []Text
	Options   []Option
	// Content is the lines of the content, dedented, without blank lines at either end.
	Content []Text
	// Below is the field list that the content begins with. Its fields are not options
	// because a blank line precedes them.
	Below []Option
	// Container is the kind of body that contains the directive. First is set if no body
	// element precedes the directive there.
	Container Container
	First     bool
	// Problem is the reason why docutils rejects the block (such as text after the
	// options), or why the block does not mean what its author intended; else nil.
	Problem *Problem
}

// An Option is an entry of a directive's option block: ":name: value".
type Option struct {
	Span  Span   // from the opening colon to the end of the value
	Name  Text   // as written, without the colons
	Value []Text // the lines of the value; empty for a flag
}

// A Container is the kind of body that contains an element.
type Container uint8

// The containers. The sections of a page count as its top level.
const (
	InDocument Container = iota
	InBlockQuote
	InListItem   // bullet and enumerated lists
	InDefinition // in a definition list
	InFieldBody
	InOptionDescription // of an option list
	InDirective         // the content of another directive
	InFootnote          // and citations
	InGridTable         // at any depth in a cell of a grid table
	InSimpleTable       // at any depth in a cell of a simple table
	InSubstitution      // a substitution definition
)

// IsCell reports whether the container is a cell of a grid table or a simple table.
// Edits in such a cell must not change the length of a line.
func (c Container) IsCell() bool { return c == InGridTable || c == InSimpleTable }

// container returns the container of the elements of s.
func (p *parser) container(s *body) Container {
	if p.cell != InDocument {
		return p.cell
	}
	return s.container
}

// A directiveHead is the part of a directive before its colons.
type directiveHead struct {
	start        int         // offset of the ".." in the page's text
	typ          lexer.Token // the directive type
	substitution *Text       // of a substitution definition, else nil
}

// directive adds the directive with the given head and block to parent.
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

// describe returns the directive with the given head and parts, without its content.
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

// column returns the column, from 0, of the character at an offset in the page's text. A
// byte order mark has no column.
func (p *parser) column(offset int) int {
	before := p.text[:offset]
	if n := bytes.LastIndexAny(before, LineBreaks); n >= 0 {
		_, width := utf8.DecodeRune(before[n:])
		before = before[n+width:]
	}
	return utf8.RuneCount(bytes.TrimPrefix(before, []byte(byteOrderMark)))
}

// nodeSpan returns the span of a node for an element with the given span. In a cell it
// ends with the given line.
func (p *parser) nodeSpan(span Span, line int) Span {
	if p.cell != InDocument {
		span.End = p.sourceOffset(p.lines[line].end)
	}
	return span
}
