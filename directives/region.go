package directives

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// The words of windsock's own comments.
const (
	CommentPrefix = "windsock:" // begins all of them
	endWord       = "end"       // follows the prefix at the end of a region, before the digest
)

// A Binding is a pair of comments, chosen by a project, that mark a managed region, and the
// directive that generates the text of the region.
type Binding struct {
	Begin, End string // the text of the comments
	Directive  string // RST that consists of one windsock directive
}

// parse returns the directive of the binding, or nil if there is none.
func (b *Binding) parse() *grammar.Directive {
	for _, n := range (&grammar.Reader{Directives: Types()}).Read([]byte(b.Directive)).Nodes {
		if n.Directive != nil {
			return n.Directive
		}
	}
	return nil
}

// Problem returns nil if Directive consists of one windsock directive, or else the reason why
// not. Its span is in Directive.
func (b *Binding) Problem() *grammar.Problem {
	elements := (&grammar.Reader{}).Read([]byte(b.Directive)).Root.Children
	if len(elements) == 0 || elements[0].Kind != grammar.DirectiveBlock {
		return &grammar.Problem{
			Span: grammar.Span{End: len(b.Directive)}, Message: "directive must be a directive as on a page, less the \"..\"",
			Help: "such as: " + SensitiveVarsType + ":: core",
		}
	}
	name := elements[0].Name
	near, found := catalog.Nearest(strings.ToLower(name.Value), Types())
	switch {
	case Define(name.Value) != nil && len(elements) > 1:
		return &grammar.Problem{Span: elements[1].Span, Message: "text after the directive is lost", Help: "indent it, as content of the directive, or leave it out"}
	case Define(name.Value) != nil:
		return nil
	case found:
		return &grammar.Problem{Span: name.Span, Message: fmt.Sprintf("there is no directive %q; did you mean %s?", name.Value, near)}
	}
	return &grammar.Problem{Span: name.Span, Message: fmt.Sprintf("%q is not a directive of windsock", name.Value), Help: "known are " + strings.Join(Types(), ", ")}
}

// A Region is a managed region of a page: generated text between two comments.
type Region struct {
	Begin, End *grammar.Comment
	Directive  *grammar.Directive // generates the text
	Binding    *Binding           // defines the comments; nil if they are windsock's own
}

// Span returns the span of the region, with its comments.
func (r *Region) Span() grammar.Span {
	return grammar.Span{Start: r.Begin.Span.Start, End: r.End.Span.End}
}

// Digest returns the digest in the comment at the end of the region, "" if it has none.
func (r *Region) Digest() string {
	if r.End.End == nil {
		return ""
	}
	return r.End.End.Value
}

// Digest returns the first 12 hexadecimal digits of the SHA-256 sum of the lines of a region,
// without their margin, joined by LF.
func Digest(lines []string) string {
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:6])
}

// EndComment returns the comment at the end of a region with the given lines.
func EndComment(lines []string) string {
	return ".. " + CommentPrefix + " " + endWord + " " + Digest(lines)
}

// endText returns the beginning of the text of the comment that must end the region.
func (r *Region) endText() string {
	if r.Binding != nil {
		return r.Binding.End
	}
	return CommentPrefix + " " + endWord
}

// Regions is a list of the managed regions of a page, in order.
type Regions []*Region

// At returns the region that contains a span, or nil if there is none.
func (rs Regions) At(s grammar.Span) *Region {
	i := sort.Search(len(rs), func(i int) bool { return rs[i].End.Span.End >= s.End })
	if i == len(rs) || !rs[i].Span().Contains(s) {
		return nil
	}
	return rs[i]
}

// A Pairing is the result of [PairComments].
type Pairing struct {
	Regions  Regions
	Outside  []*grammar.Directive // windsock's directives outside regions
	Problems []finding.Finding    // of the rule bad-region
	Markers  []string             // the texts of all comments of bindings, in order
	doc      *grammar.Document
	bindings []Binding
	open     *Region        // has no end yet; nil if all regions have one
	lines    *grammar.Lines // nil until a message needs a line number
}

// PairComments pairs the comments that begin and end the managed regions of a page. bindings
// defines comments besides windsock's own.
func PairComments(doc *grammar.Document, bindings []Binding) *Pairing {
	p := &Pairing{doc: doc, bindings: bindings}
	for _, n := range doc.Nodes {
		switch {
		case n.Directive != nil && p.open == nil && Define(n.Directive.Type.Value) != nil:
			p.Outside = append(p.Outside, n.Directive)
		case n.Comment != nil:
			p.comment(n.Comment)
		}
	}
	if p.open != nil {
		p.problem(p.open.Begin, "write \".. "+p.open.endText()+"\" below it, at the same margin", "the region that begins here has no end")
	}
	return p
}

// comment adds a comment.
func (p *Pairing) comment(c *grammar.Comment) {
	switch {
	case c.Directive != nil && Define(c.Directive.Type.Value) != nil:
		p.begin(&Region{Begin: c, Directive: c.Directive})
	case c.End != nil:
		p.end(c, nil)
	case !c.ForWindsock:
		b, begins := findBinding(p.bindings, c)
		if b != nil {
			p.Markers = append(p.Markers, grammar.Join(c.Text).Value)
		}
		if begins {
			p.begin(&Region{Begin: c, Directive: b.parse(), Binding: b})
		} else if b != nil {
			p.end(c, b)
		}
	case c.Silence == nil && c.Problem == nil:
		p.unknown(c)
	}
}

// findBinding returns the binding that a comment belongs to, or nil, and whether the comment
// begins a region.
func findBinding(bindings []Binding, c *grammar.Comment) (b *Binding, begins bool) {
	text := grammar.Join(c.Text).Value
	for i := range bindings {
		if b := &bindings[i]; text == b.Begin || text == b.End {
			return b, text == b.Begin
		}
	}
	return nil, false
}

// MarksRegion reports whether a comment begins or ends a region, or is a windsock comment with
// an unknown word.
func MarksRegion(c *grammar.Comment, bindings []Binding) bool {
	if c.ForWindsock {
		return c.Silence == nil && c.Problem == nil
	}
	b, _ := findBinding(bindings, c)
	return b != nil
}

// begin opens a region, or reports that one is open already.
func (p *Pairing) begin(r *Region) {
	if p.open != nil {
		p.problem(r.Begin, "", "a region begins inside the one that begins at line %d", p.openLine())
		return
	}
	p.open = r
}

// end closes the open region with the comment c of the binding b, which is nil for windsock's own
// comments. It reports a comment that does not match the region.
func (p *Pairing) end(c *grammar.Comment, b *Binding) {
	switch {
	case p.open == nil:
		p.problem(c, "", "this ends a region that begins nowhere")
		return
	case p.open.Binding != b:
		p.problem(c, "", "this ends another region than the one that begins at line %d", p.openLine())
		return
	case c.Column != p.open.Begin.Column || c.Container != p.open.Begin.Container:
		p.problem(c, "", "this end is not indented like the beginning at line %d", p.openLine())
	}
	p.open.End = c
	p.Regions, p.open = append(p.Regions, p.open), nil
}

// openLine returns the number of the line on which the open region begins, from 1.
func (p *Pairing) openLine() int {
	if p.lines == nil {
		p.lines = grammar.NewLines(p.doc.Source)
	}
	return p.lines.Number(p.open.Begin.Span.Start)
}

// unknown reports a windsock comment with an unknown word.
func (p *Pairing) unknown(c *grammar.Comment) {
	text := strings.TrimPrefix(grammar.Join(c.Text).Value, CommentPrefix)
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	known := append(Types(), endWord, "ignore[rule]", "ignore-file[rule]")
	help := "known are " + strings.Join(known, ", ")
	if near, ok := catalog.Nearest(strings.TrimRight(word, ":"), known); ok {
		help = "did you mean " + near + "?"
	}
	p.problem(c, help, "%s is not known to windsock", Quote(word))
}

// problem adds a finding of the rule bad-region at a comment.
func (p *Pairing) problem(c *grammar.Comment, help, format string, args ...any) {
	p.Problems = append(p.Problems, finding.Finding{
		Span: c.Span, Rule: finding.BadRegion, Severity: finding.Error,
		Message: fmt.Sprintf(format, args...), Help: help,
	})
}
