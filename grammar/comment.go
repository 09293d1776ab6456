package grammar

import (
	"bytes"
	"strings"

	"github.com/alecthomas/participle/v2/lexer"
)

// A Comment is a comment (".. like this") that begins with "windsock:" or with one of the
// prefixes that the reader looks for.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#comments
type Comment struct {
	Span      Span   // see Directive
	Column    int    // see Directive
	Text      []Text // the lines of the comment, dedented
	Container Container
	First     bool
	// ForWindsock is set if the comment begins with "windsock:". The fields below
	// contain its meaning; all are nil if it has none.
	ForWindsock bool
	// Directive is the directive of a managed region, as in ".. windsock:
	// airflow-config-default:: [core] parallelism", or nil. Its Span starts after
	// "windsock:".
	Directive *Directive
	// End is the digest in ".. windsock: end 9f86d081884c", which ends a managed region.
	// Its Value is "" if the digest is missing. It is nil in other comments.
	End *Text
	// A Silence is the meaning of a silencing comment.
	Silence *Silence
	// Problem is the error in a malformed silencing comment, else nil.
	Problem *Problem
}

// A Silence is what a comment silences.
type Silence struct {
	Page   bool   // "ignore-file": it applies to the whole page
	Rules  []Text // the names of the rules
	Option *Text  // the only option that it applies to, without double backquotes; nil for all
}

// comment adds the block as a comment. It reports the comment if the reader looks for it,
// or if it is a slip.
func (x *explicit) comment() {
	b := x.whole
	b.textStart = x.start + len("..")
	b.textStart += x.indentBytes(b.textStart, x.lines[b.first].end)
	text := x.trimmed(b)
	e := x.add(x.s.parent, CommentBlock, x.start, x.lines[b.end-1].end)
	e.Text = x.linesOf(text)
	if text.isEmpty() {
		return
	}
	at := Node{Span: x.nodeSpan(e.Span, b.first)}
	if slip := x.commentSlip(); slip != nil {
		slip.Text = e.Text
		at.Slip = slip
		x.found = append(x.found, at)
	}
	ours := x.tree.Windsock != nil
	if !ours && !x.reader.wantsComment(x.lineText(&text, text.first)) {
		return
	}
	at.Slip = nil
	at.Comment = &Comment{
		Span: e.Span, Text: e.Text, Container: x.parser.container(x.s), First: !x.s.seen, ForWindsock: ours,
	}
	if x.cell == InDocument {
		at.Comment.Column = x.column(x.start)
	}
	if ours {
		x.readWindsock(at.Comment, x.tree.Windsock)
	}
	e.ownDetails().Comment = at.Comment
	x.found = append(x.found, at)
}

// wantsComment reports whether the reader looks for comments whose first line is text.
func (r *Reader) wantsComment(text []byte) bool {
	text = bytes.TrimLeftFunc(text, IsSpace)
	for _, prefix := range r.Comments {
		if bytes.HasPrefix(text, []byte(prefix)) {
			return true
		}
	}
	return false
}

// readWindsock sets the fields of c from a comment that begins with "windsock:".
func (x *explicit) readWindsock(c *Comment, t *windsockTree) {
	switch {
	case t.Kept != nil:
		x.readKept(c, t.Kept)
	case t.End != nil:
		c.End = new(Text)
		if t.End.Digest != nil {
			*c.End = x.textOf(*t.End.Digest)
		}
	case t.Silence != nil && t.Silence.Closed == nil:
		span := x.textOf(t.Silence.Scope).Span
		if x.rejected != nil {
			span.End = max(span.End, x.textOf(*x.rejected).End)
		}
		c.Problem = rejection{"a rule", ""}.problem(span, "write \""+t.Silence.Scope.Value+"[rule]\"")
	case t.Silence != nil:
		c.Silence = x.silence(t.Silence)
	}
}

// readKept sets the directive of c, if the reader looks for its type.
func (x *explicit) readKept(c *Comment, t *keptTree) {
	h := directiveHead{start: t.Directive.Type.Pos.Offset, typ: t.Directive.Type}
	if t.Text != nil {
		h.start = t.Text.Pos.Offset - len("|")
		text := x.textOf(*t.Text)
		h.substitution = &text
	}
	spec, wanted := x.reader.spec(strings.ToLower(h.typ.Value))
	if !wanted {
		return
	}
	parts := x.divide(spec, t.Directive.Block)
	c.Directive = x.describe(h, &parts)
	c.Directive.Content = x.linesOf(parts.content)
}

// silence returns the meaning of a silencing comment.
func (x *explicit) silence(t *silenceTree) *Silence {
	s := &Silence{Page: t.Scope.Value == "ignore-file"}
	for _, rule := range t.Rules {
		if rule.Type == ruleToken {
			s.Rules = append(s.Rules, x.textOf(rule))
		}
	}
	if t.Option != nil {
		option := x.textOf(*t.Option)
		s.Option = &option
	}
	return s
}

// textOf returns the text of a token. If the token has a value, this is the text's value.
func (p *parser) textOf(t lexer.Token) Text {
	start, end := t.Pos.Offset, t.Pos.Offset+t.Pos.Column
	if t.Value != "" {
		return Text{p.span(start, end), t.Value}
	}
	return p.textAt(start, end)
}
