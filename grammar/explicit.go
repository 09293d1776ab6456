package grammar

import (
	"regexp"
	"sync"

	"github.com/alecthomas/participle/v2/lexer"
)

// explicitMarkup reads the explicit markup block at line i, which begins with "..". It
// returns the line after the block, or 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#explicit-markup-blocks
func (p *parser) explicitMarkup(s *body, i int, text []byte) int {
	if len(text) > 1 && text[1] != '.' || len(text) == 1 {
		return 0
	}
	n := markEnd(text, 2)
	if n == 0 {
		return 0
	}
	m := firstLine{line: i, from: n, text: text}
	m.start, _ = p.bounds(&s.block, i)
	switch first := firstByte(text[n:]); {
	case s.isGlossary:
		b := p.gather(&s.block, i, gatherOptions{textStart: m.start})
		p.addBlock(s.parent, CommentBlock, b)
		return b.end
	case first == 0:
		if p.endsAt(&s.block, i+1) {
			p.add(s.parent, CommentBlock, m.start, m.start+n)
			return i + 1 // an empty comment
		}
	case first == '[':
		if next := p.footnote(s, m); next > 0 {
			return next
		}
	case first == '_':
		if next := p.target(s, m); next > 0 {
			return next
		}
	}
	return p.parseMarkup(s, m)
}

// An explicit is an explicit markup block parsed by the grammar.
type explicit struct {
	*cutter
	s        *body
	start    int   // offset of the ".." in the page's text
	whole    block // the whole block
	tree     *markupTree
	rejected *lexer.Token // nil if the grammar accepts the whole block
}

// parseMarkup reads a directive, a substitution definition or a comment, and returns the
// line after it. A block that the grammar rejects is a comment.
func (p *parser) parseMarkup(s *body, m firstLine) int {
	x := &explicit{s: s, start: m.start, whole: p.gather(&s.block, m.line, gatherOptions{textStart: m.start})}
	x.cutter = p.tokenizeMarkup(x.whole)
	x.tree, x.rejected = parse(markupGrammar(), x.cutter)
	switch t := x.tree; {
	case t.Directive != nil:
		x.directive(s.parent, directiveHead{start: m.start, typ: t.Directive.Type}, t.Directive.Block)
	case t.Substitution != nil:
		x.substitution(t.Substitution)
	default:
		x.comment()
	}
	return x.whole.end
}

// A firstLine is the first line of an explicit markup block.
type firstLine struct {
	line  int    // index of the line
	start int    // offset of the ".." in the page's text
	text  []byte // the line from the ".." on
	from  int    // offset in text of what follows ".." and blanks
}

// footnotePattern matches the label of a footnote or a citation, with its brackets and
// the blanks after it.
var footnotePattern = sync.OnceValue(func() *regexp.Regexp {
	const name = `[\pL\pN]+(?:[-._+:][\pL\pN]+)*`
	return regexp.MustCompile(`^\[(?:\*|#|#?` + name + `)\](?: +|$)`)
})

// footnote reads a footnote or a citation and returns the line after it, or 0 if there is
// none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#footnotes
func (p *parser) footnote(s *body, m firstLine) int {
	n := len(footnotePattern().Find(m.text[m.from:]))
	if n == 0 {
		return 0
	}
	b := p.gather(&s.block, m.line, gatherOptions{textStart: m.start + m.from + n})
	b.container = InFootnote
	p.body(b, p.add(s.parent, Footnote, m.start, p.lines[b.end-1].end))
	return b.end
}

// targetPattern matches the "_", the name and the colon of a hyperlink target. The name
// is "_", or in backquotes, or ends at the first unescaped colon.
var targetPattern = sync.OnceValue(func() *regexp.Regexp {
	const (
		quoted = "`(?:[^\\s`\\\\]|\\\\.)(?:(?:[^\\\\]|\\\\.)*?(?:[^\\s\\\\]|\\\\.))??`"
		plain  = "(?:[^\\s`_\\\\]|\\\\.)(?:(?:[^\\\\]|\\\\.)*?(?:[^\\s:\\\\]|\\\\.))??"
	)
	return regexp.MustCompile(`(?s)^_(?:_|` + quoted + `|` + plain + `) ?:(?: |$)`)
})

// target reads a hyperlink target, which a blank line ends. It returns the line after it,
// or 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#hyperlink-targets
func (p *parser) target(s *body, m firstLine) int {
	b := p.gather(&s.block, m.line, gatherOptions{textStart: m.start + m.from, untilBlank: true})
	end := p.lines[b.end-1].end
	if !targetPattern().MatchString(p.joinLines(b, end).Value) {
		return 0
	}
	p.add(s.parent, Target, m.start, end).Text = p.linesOf(b)
	return b.end
}

// anonymousTarget reads an anonymous hyperlink target, which begins with "__". It returns
// the line after it, or 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#anonymous-hyperlinks
func (p *parser) anonymousTarget(s *body, i int, text []byte) int {
	if len(text) < 2 || text[1] != '_' || markEnd(text, 2) == 0 {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	b := p.gather(&s.block, i, gatherOptions{textStart: start + markEnd(text, 2), untilBlank: true})
	p.add(s.parent, Target, start, p.lines[b.end-1].end).Text = p.linesOf(p.trimmed(b))
	return b.end
}
