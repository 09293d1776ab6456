package expand

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// The comments that mark a managed region begin with regionPrefix; the one at
// its end goes on with endWord and the digest.
const (
	regionPrefix = "windsock:"
	endWord      = "end"
)

// A Binding is a region that comments of a project's own mark: what stands
// between them is the expansion of a directive that the project file gives.
type Binding struct {
	Begin, End string // the whole text of the two comments
	Directive  string // RST that holds one directive of windsock's and nothing else
}

// A region is a managed region of a page.
type region struct {
	begin, end *grammar.Comment
	directive  *grammar.Directive // what it is made from
	source     []byte             // that the directive stands in: a page, or a project file's directive
	bound      bool               // its markers are a project's own, and hold no digest
	last       string             // the text of the comment that ends it, less a digest
}

// regionEnd writes the comment that ends a region.
func regionEnd(digest string) string {
	return ".. " + regionPrefix + " " + endWord + " " + digest
}

// digest returns what the end of a region says of the lines in it, less their
// margin: the first 12 hexadecimal digits of the SHA-256 sum of the lines with
// LF between them.
func digest(lines []string) string {
	sum := sha256.Sum256([]byte(strings.Join(lines, "\n")))
	return hex.EncodeToString(sum[:6])
}

// regions pairs the comments that mark regions, and returns these and the
// directives outside of them. Comments that do not fit together block the page.
func (p *pageExpansion) regions(doc *grammar.Document) ([]*region, []*grammar.Directive) {
	var regions []*region
	var live []*grammar.Directive
	var open *region
	for _, n := range doc.Nodes {
		switch {
		case n.Directive != nil && directives.Define(n.Directive.Type.Value) == nil:
			p.nearMissDirective(n.Directive)
		case n.Directive != nil && open == nil:
			live = append(live, n.Directive)
		case n.Slip != nil:
			p.slip(n.Slip)
		case n.Comment != nil:
			if r := p.mark(n.Comment, open); r != nil {
				open = r
				if r.end != nil {
					regions, open = append(regions, r), nil
				}
			}
		}
	}
	if open != nil {
		p.badRegion(open.begin.Span, "write \".. "+open.last+"\" below it, at the same margin", "the region that begins here has no end")
	}
	return regions, live
}

// mark reads one comment: it may begin a region, end the open one, or be none of
// either. It returns the region that it began or ended, or else nil.
func (p *pageExpansion) mark(c *grammar.Comment, open *region) *region {
	text := grammar.Join(c.Text)
	switch {
	case c.Directive != nil && directives.Define(c.Directive.Type.Value) != nil:
		return p.begin(&region{begin: c, directive: c.Directive, source: p.page.Source, last: regionPrefix + " " + endWord}, open)
	case c.End != nil:
		return p.finish(c, open, open != nil && !open.bound)
	case c.Problem != nil:
		p.report(finding.Finding{
			Span: c.Problem.Span, Rule: finding.NearMiss, Severity: finding.Error,
			Message: c.Problem.Message, Help: c.Problem.Help,
		})
	case !c.ForWindsock:
		return p.markBound(c, text.Value, open)
	case c.Silence == nil:
		p.unknownMark(c, strings.TrimPrefix(text.Value, regionPrefix))
	}
	return nil
}

// marksRegion reports whether a comment marks a region, or was meant to.
func (p *pageExpansion) marksRegion(c *grammar.Comment) bool {
	text := grammar.Join(c.Text).Value
	if c.ForWindsock {
		return c.Silence == nil && c.Problem == nil
	}
	return slices.ContainsFunc(p.Bindings, func(b Binding) bool { return text == b.Begin || text == b.End })
}

// markBound reads a comment that may be a marker of a project's own.
func (p *pageExpansion) markBound(c *grammar.Comment, text string, open *region) *region {
	for _, b := range p.Bindings {
		switch text {
		case b.Begin:
			return p.begin(&region{begin: c, directive: b.parse(), source: []byte(b.Directive), bound: true, last: b.End}, open)
		case b.End:
			return p.finish(c, open, open != nil && open.bound && grammar.Join(open.begin.Text).Value == b.Begin)
		}
	}
	return nil
}

// begin opens a region, unless one is open.
func (p *pageExpansion) begin(r, open *region) *region {
	if open != nil {
		p.badRegion(r.begin.Span, "", "a region begins inside the one that begins at line %d", p.line(open.begin.Span.Start))
		return nil
	}
	return r
}

// finish ends the open region with the comment c, if that is its end.
func (p *pageExpansion) finish(c *grammar.Comment, open *region, matches bool) *region {
	switch {
	case open == nil:
		p.badRegion(c.Span, "", "the end of a region that has no begin")
		return nil
	case !matches:
		p.badRegion(c.Span, "", "the end of another region than the one that begins at line %d", p.line(open.begin.Span.Start))
		return nil
	case c.Column != open.begin.Column || c.Container != open.begin.Container:
		p.badRegion(c.Span, "", "this end does not stand at the margin of the begin at line %d", p.line(open.begin.Span.Start))
	}
	open.end = c
	return open
}

// unknownMark reports a comment of windsock's that says nothing known.
func (p *pageExpansion) unknownMark(c *grammar.Comment, mark string) {
	word, _, _ := strings.Cut(strings.TrimSpace(mark), " ")
	known := append(directives.Types(), endWord, "ignore[rule]", "ignore-file[rule]")
	help := "known are " + strings.Join(known, ", ")
	if near, ok := catalog.Nearest(strings.TrimRight(word, ":"), known); ok {
		help = "did you mean " + near + "?"
	}
	p.badRegion(c.Span, help, "%s is nothing that windsock knows", directives.Quote(word))
}

// badRegion reports comments that do not fit together.
func (p *pageExpansion) badRegion(span grammar.Span, help, format string, args ...any) {
	p.block(finding.Finding{
		Span: span, Rule: finding.BadRegion, Severity: finding.Error,
		Message: fmt.Sprintf(format, args...), Help: help,
	})
}

// line returns the number of the line that holds the byte at offset.
func (p *pageExpansion) line(offset int) int {
	if p.lines == nil {
		p.lines = grammar.NewLines(p.page.Source)
	}
	return p.lines.Number(offset)
}

// parse returns the directive of a binding. The project file's reader has seen to
// it that there is one.
func (b Binding) parse() *grammar.Directive {
	for _, n := range (&grammar.Reader{Directives: directives.Types()}).Read([]byte(b.Directive)).Nodes {
		if n.Directive != nil {
			return n.Directive
		}
	}
	return nil
}

// renew brings a region up to date. Its text is left alone if it is right, and,
// unless forced, if somebody changed it by hand.
func (p *pageExpansion) renew(r *region) {
	at := placeOf(p.page.Source, r.begin.Span, r.begin.Column)
	e, ok := p.make(r.directive, r.source, at, p.at(r))
	if !ok {
		p.result.Blocked = true
		return
	}
	old := p.body(r)
	x := Expansion{
		Source: grammar.Span{Start: r.begin.Span.Start, End: r.end.Span.End}, Type: r.directive.Type,
		Managed: true, Bound: r.bound, Options: e.Options, Old: old, New: e.Block.Lines(),
		shows: e.Shows, column: r.begin.Column, edit: -1,
	}
	if r.bound {
		x.Type = grammar.Join(r.begin.Text)
	}
	if slices.Equal(old, x.New) {
		x.edit = p.renewDigest(r, old)
	} else if r.bound || r.digest() == digest(old) || p.Force {
		x.edit = p.change(r.replace(at, &e.Block))
	} else {
		p.report(finding.Finding{
			Span: r.directive.Type.Span, Rule: finding.Edited, Severity: finding.Error, About: about(e.Options),
			Message: fmt.Sprintf("the text generated by %s was changed by hand", r.directive.Type.Value),
			Help:    fmt.Sprintf("edit line %d instead, or the data; \"windsock expand -w --force\" renews the text", p.line(r.begin.Span.Start)),
		})
		x.New = x.Old
	}
	p.result.Expansions = append(p.result.Expansions, x)
}

// at returns where findings of a region's directive go: the directive of a
// binding stands in the project file, so they are reported at the begin comment.
func (p *pageExpansion) at(r *region) func(finding.Finding) {
	if !r.bound {
		return p.report
	}
	return func(d finding.Finding) {
		d.Span, d.Suggestion, d.Certain = r.begin.Span, "", false
		p.report(d)
	}
}

// body returns the lines between the comments of a region.
func (p *pageExpansion) body(r *region) []string {
	return cutLines(string(p.page.Source[r.begin.Span.End:r.end.Span.Start]), r.begin.Column)
}

// cutLines returns the lines of text, less a margin of so many columns, trailing
// blanks, and the blank lines at either end.
func cutLines(text string, columns int) []string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(cutMargin(l, columns), " \t")
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// cutMargin returns a line without the white space that fills its first columns.
func cutMargin(line string, columns int) string {
	column := 0
	for i := range len(line) {
		if column >= columns || line[i] != ' ' && line[i] != '\t' {
			return line[i:]
		}
		if column++; line[i] == '\t' {
			column += 7 - (column-1)%8
		}
	}
	return ""
}

// digest returns the digest that the region's end carries, "" if none.
func (r *region) digest() string {
	return r.end.End.Value
}

// renewDigest corrects a digest that does not fit the lines, as after a merge of
// two changes, where the lines are right. It returns the index of its edit, or
// -1.
func (p *pageExpansion) renewDigest(r *region, lines []string) int {
	if r.bound || r.digest() == digest(lines) {
		return -1
	}
	return p.change(render.Edit{
		Start: r.end.Span.Start, End: r.end.Span.End, New: []byte(regionEnd(digest(lines))),
	})
}

// replace puts new lines between the comments of a region.
func (r *region) replace(at place, block *render.Block) render.Edit {
	text := at.eol + at.eol + at.margin + block.Place(at.margin, at.eol) + at.eol + at.eol + at.margin
	e := render.Edit{Start: r.begin.Span.End, End: r.end.Span.Start}
	if !r.bound {
		text += regionEnd(digest(block.Lines()))
		e.End = r.end.Span.End
	}
	e.New = []byte(text)
	return e
}
