package grammar

import (
	"bytes"

	"github.com/alecthomas/participle/v2/lexer"
)

// explicitMarkup reads the explicit markup block at line i, which begins with
// "..", and returns the line after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#explicit-markup-blocks
func (p *parser) explicitMarkup(s *body, i int, text []byte) int {
	if len(text) > 1 && text[1] != '.' || len(text) == 1 {
		return 0
	}
	n := markEnd(text, 2)
	if n == 0 {
		return 0
	}
	m := markup{line: i, from: n, text: text}
	m.start, _ = p.bounds(&s.block, i)
	switch firstByte(text[n:]) {
	case 0:
		if p.endsAt(&s.block, i+1) {
			p.add(s.parent, CommentBlock, m.start, m.start+n)
			return i + 1 // an empty comment
		}
	case '[':
		if next := p.footnote(s, m); next > 0 {
			return next
		}
	case '_':
		if next := p.target(s, m); next > 0 {
			return next
		}
	}
	return p.markup(s, m)
}

// An explicit is an explicit markup block that the grammar decides about.
type explicit struct {
	*cutter
	s        *body
	start    int   // of the ".." in the page's text
	markup   block // all of it
	tree     *markupTree
	rejected *lexer.Token // nil if all of the block fits the grammar
}

// markup reads what begins with m and is neither footnote, citation nor target; it returns
// the line after it. What the grammar does not know is a comment.
func (p *parser) markup(s *body, m markup) int {
	x := &explicit{s: s, start: m.start, markup: p.gather(&s.block, m.line, gathering{lo: m.start})}
	x.cutter = p.cutMarkup(x.markup)
	x.tree, x.rejected = parse(markupGrammar(), x.cutter)
	switch t := x.tree; {
	case t.Directive != nil:
		x.directive(s.parent, directiveHead{start: m.start, typ: t.Directive.Type}, t.Directive.Block)
	case t.Substitution != nil:
		x.substitution(t.Substitution)
	default:
		x.comment()
	}
	return x.markup.end
}

// A markup is the first line of an explicit markup block.
type markup struct {
	line  int    // its number
	start int    // where its ".." stands in the page's text
	text  []byte // the line from there on
	from  int    // the length of ".." with the blanks after it
}

// footnote reads a footnote or a citation and returns the line after it; 0 if
// there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#footnotes
func (p *parser) footnote(s *body, m markup) int {
	label := m.text[m.from+1:]
	kind, n := footnoteLabel(label)
	if n == 0 || n >= len(label) || label[n] != ']' {
		return 0
	}
	after := markEnd(m.text, m.from+1+n+1)
	if after == 0 {
		return 0
	}
	b := p.gather(&s.block, m.line, gathering{lo: m.start + after})
	b.container = InFootnote
	e := p.add(s.parent, kind, m.start, p.lines[b.end-1].end)
	e.own().Name = p.textAt(m.start+m.from+1, m.start+m.from+1+n)
	p.body(b, e)
	return b.end
}

// footnoteLabel returns the length of the label that text begins with, and
// whether it is that of a footnote or of a citation.
func footnoteLabel(text []byte) (kind Kind, n int) {
	switch c := firstByte(text); {
	case c == '*':
		return Footnote, 1
	case c == '#':
		return Footnote, 1 + simpleName(text[1:])
	}
	n = simpleName(text)
	if len(bytes.Trim(text[:n], "0123456789")) == 0 {
		return Footnote, n
	}
	return Citation, n
}

// target reads a hyperlink target and returns the line after it; 0 if there is
// none. A blank line ends it.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#hyperlink-targets
func (p *parser) target(s *body, m markup) int {
	if c := firstByte(m.text[m.from+1:]); c == ' ' || c == 0 {
		return 0
	}
	b := p.gather(&s.block, m.line, gathering{lo: m.start + m.from + 1, untilBlank: true})
	b.margin = s.margin
	name, at, ok := p.targetName(&b)
	if !ok {
		return 0
	}
	p.addTarget(s, m.start, name, at, b)
	return b.end
}

// A place is an offset in the text of a line.
type place struct{ line, offset int }

// targetName finds the end of the reference name in the block of a target, and
// the place after the colon that follows it.
func (p *parser) targetName(b *block) (name, after place, ok bool) {
	text := p.inliner.text[:0]
	defer func() { p.inliner.text = text }()
	for i := b.first; i < b.end; i++ {
		start, end := p.bounds(b, i)
		n := len(text)
		text = appendEscaped(text, p.text[start:end])
		for at := n; at < len(text); at++ {
			p.steps++
			if text[at] != ':' || at+1 < len(text) && text[at+1] != ' ' {
				continue
			}
			if length, ok := nameLength(text[:at]); ok {
				return place{i, start + length - n}, place{i, start + at + 1 - n}, true
			}
		}
	}
	return name, after, false
}

// nameLength returns the length of the reference name in text, which reaches up
// to a colon, and whether that colon may end it: it must not be escaped, and no
// white space but one blank may stand before it. A name in backquotes ends with
// these; that of an anonymous target is an underscore.
func nameLength(text []byte) (n int, ok bool) {
	n = len(bytes.TrimSuffix(text, []byte(" ")))
	if n == 0 || text[n-1] == ' ' || text[n-1] == escape {
		return 0, false
	}
	switch first, last := text[0], text[n-1]; {
	case first == '_':
		return n, n == 1
	case first == '`':
		return n, n > 2 && last == '`' && text[1] != ' ' && text[1] != '`' && text[n-2] != ' ' && text[n-2] != escape
	default:
		return n, last != ':' || n > 1 && text[n-2] == escape
	}
}

// addTarget adds the target whose ".." stands at start: its name ends at name,
// what it points at begins at at and is the rest of b.
func (p *parser) addTarget(s *body, start int, name, at place, b block) {
	e := p.add(s.parent, Target, start, p.lines[b.end-1].end)
	if name.line == b.first {
		e.own().Name = p.textAt(b.lo, name.offset)
	}
	rest := b.from(at.line)
	rest.lo = at.offset + p.indentBytes(at.offset, p.lines[at.line].end)
	e.Text = p.linesOf(p.trimmed(rest))
}

// anonymousTarget reads an anonymous hyperlink target, which begins with "__",
// and returns the line after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#anonymous-hyperlinks
func (p *parser) anonymousTarget(s *body, i int, text []byte) int {
	if len(text) < 2 || text[1] != '_' || markEnd(text, 2) == 0 {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	b := p.gather(&s.block, i, gathering{lo: start + markEnd(text, 2), untilBlank: true})
	p.add(s.parent, Target, start, p.lines[b.end-1].end).Text = p.linesOf(p.trimmed(b))
	return b.end
}
