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

// The words of windsock's own comments around a region.
const (
	CommentPrefix = "windsock:" // with which all of windsock's comments begin
	endWord       = "end"       // which a digest follows
)

// A Binding is a project's own pair of comments around generated text, and the
// directive that the text is made from.
type Binding struct {
	Begin, End string // the whole text of the two comments
	Directive  string // RST that holds one directive of windsock's and nothing else
}

// parse returns the directive of the binding, nil if it holds none.
func (b *Binding) parse() *grammar.Directive {
	for _, n := range (&grammar.Reader{Directives: Types()}).Read([]byte(b.Directive)).Nodes {
		if n.Directive != nil {
			return n.Directive
		}
	}
	return nil
}

// Problem returns why Directive does not hold one directive of windsock's and nothing else,
// nil if it does. Its span is in Directive.
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
		return &grammar.Problem{Span: elements[1].Span, Message: "text behind the directive is lost", Help: "indent it, as content of the directive, or leave it out"}
	case Define(name.Value) != nil:
		return nil
	case found:
		return &grammar.Problem{Span: name.Span, Message: fmt.Sprintf("there is no directive %q; did you mean %s?", name.Value, near)}
	}
	return &grammar.Problem{Span: name.Span, Message: fmt.Sprintf("%q is no directive of windsock's", name.Value), Help: "known are " + strings.Join(Types(), ", ")}
}

// A Region is a managed region of a page: generated text between two comments.
type Region struct {
	Begin, End *grammar.Comment
	Directive  *grammar.Directive // that the text is made from
	Binding    *Binding           // whose comments these are, nil if they are windsock's own
}

// Span returns the bytes of the region, with its comments.
func (r *Region) Span() grammar.Span {
	return grammar.Span{Start: r.Begin.Span.Start, End: r.End.Span.End}
}

// Digest returns the digest that the region's end carries, "" if none.
func (r *Region) Digest() string {
	if r.End.End == nil {
		return ""
	}
	return r.End.End.Value
}

// Digest returns the first 12 hexadecimal digits of the SHA-256 sum of the lines of a
// region, less their margin, with LF between them.
func Digest(lines []string) string {
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:6])
}

// EndComment returns the comment that ends a region with these lines.
func EndComment(lines []string) string {
	return ".. " + CommentPrefix + " " + endWord + " " + Digest(lines)
}

// endText returns the text that the comment at the region's end begins with.
func (r *Region) endText() string {
	if r.Binding != nil {
		return r.Binding.End
	}
	return CommentPrefix + " " + endWord
}

// Regions are the managed regions of a page, in its order.
type Regions []*Region

// At returns the region in which a span lies, nil if it lies in none.
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
	Outside  []*grammar.Directive // windsock's directives that no region holds
	Problems []finding.Finding    // of comments that do not fit together
	Markers  []string             // the texts of comments of bindings, in order
	doc      *grammar.Document
	bindings []Binding
	open     *Region        // whose end is still to come, nil if there is none
	lines    *grammar.Lines // nil until a message needs a line number
}

// PairComments pairs the comments of a page that begin regions with those that end them.
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

// comment reads one comment.
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

// findBinding returns the binding that a comment belongs to, nil if there is none, and
// whether the comment begins a region.
func findBinding(bindings []Binding, c *grammar.Comment) (b *Binding, begins bool) {
	text := grammar.Join(c.Text).Value
	for i := range bindings {
		if b := &bindings[i]; text == b.Begin || text == b.End {
			return b, text == b.Begin
		}
	}
	return nil, false
}

// MarksRegion reports whether a comment begins or ends a region, or was meant to.
func MarksRegion(c *grammar.Comment, bindings []Binding) bool {
	if c.ForWindsock {
		return c.Silence == nil && c.Problem == nil
	}
	b, _ := findBinding(bindings, c)
	return b != nil
}

// begin opens a region, unless one is open.
func (p *Pairing) begin(r *Region) {
	if p.open != nil {
		p.problem(r.Begin, "", "a region begins inside the one that begins at line %d", p.openLine())
		return
	}
	p.open = r
}

// end closes the open region if the comment c, of the binding b, is its end.
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

// unknown reports a comment for windsock that says nothing known.
func (p *Pairing) unknown(c *grammar.Comment) {
	text := strings.TrimPrefix(grammar.Join(c.Text).Value, CommentPrefix)
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	known := append(Types(), endWord, "ignore[rule]", "ignore-file[rule]")
	help := "known are " + strings.Join(known, ", ")
	if near, ok := catalog.Nearest(strings.TrimRight(word, ":"), known); ok {
		help = "did you mean " + near + "?"
	}
	p.problem(c, help, "%s is nothing that windsock knows", Quote(word))
}

// problem reports a comment that does not fit the others.
func (p *Pairing) problem(c *grammar.Comment, help, format string, args ...any) {
	p.Problems = append(p.Problems, finding.Finding{
		Span: c.Span, Rule: finding.BadRegion, Severity: finding.Error,
		Message: fmt.Sprintf(format, args...), Help: help,
	})
}
