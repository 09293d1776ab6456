package directives

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// nearMissDirective reports a directive that is almost one of windsock's: Sphinx
// has directives of its own whose types begin with "airflow-".
func (p *pageExpansion) nearMissDirective(d *grammar.Directive) {
	if near := nearType(d.Type.Value); near != "" {
		finding := nearMiss(d.Type, near, joinText(d.Arguments).Value, fmt.Sprintf("there is no directive %q", d.Type.Value))
		finding.Certain = isSlip(d.Type.Value, near) && d.Fits(p.page.Source, d.Type.Span, near)
		p.report(finding)
	}
}

// isSlip reports whether a name is certainly meant to be another: but for one slip,
// and for hyphens written as underscores, it is. What docutils takes for a comment or
// for text is never certain: an author may have put it out of use so.
func isSlip(name, meant string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	return name == meant || catalog.OneSlip(name, meant)
}

// nearMissComment reports a comment that was almost a directive of windsock's:
// docutils drops it without a word.
func (p *pageExpansion) nearMissComment(c *grammar.Comment) {
	text := c.Text[0]
	word, colons, after := cutHead(text.Value)
	near := nearType(word)
	if near == "" || colons == "" && !p.isArgument(near, c) || colons != "::" && strings.Contains(word, " ") {
		return // prose that begins with such a word
	}
	problem := "a directive has two colons"
	switch {
	case colons == "::" && !strings.Contains(word, " ") && simpleType().MatchString(word):
		problem = "a blank follows the two colons of a directive"
	case colons == "::":
		problem = "the type of a directive is one word"
	}
	head := subText(new(grammar.Alignment), p.page.Source, text, 0, len(text.Value)-len(after))
	d := nearMiss(head, near, after, "this is a comment, which Sphinx drops; "+problem)
	if d.Suggestion = near + "::"; after != "" && after[0] != ' ' {
		d.Suggestion += " "
	}
	p.report(d)
}

// simpleType matches a word that docutils takes as the type of a directive.
var simpleType = lazyregexp.New(`^[A-Za-z0-9]+(?:[-_.+:][A-Za-z0-9]+)*$`)

// headOf matches what may be the type of a directive and its colons. The type is
// one word, or up to three before two colons.
var headOf = lazyregexp.New(`^([A-Za-z][\w-]*(?: [\w-]+){0,2}?)[ \t]*(:{1,4})`)

// cutHead divides the text of a comment into what may be a directive's type, the
// colons after it, and the rest; without colons the type is the first word.
func cutHead(text string) (word, colons, after string) {
	if m := headOf().FindStringSubmatch(text); m != nil {
		return m[1], m[2], text[len(m[0]):]
	}
	word, _, _ = strings.Cut(text, " ")
	return word, "", text[len(word):]
}

// isArgument reports whether what follows the first word of a comment could be the
// argument of the directive of that type, or its options: prose is neither.
func (p *pageExpansion) isArgument(near string, c *grammar.Comment) bool {
	_, argument, _ := strings.Cut(c.Text[0].Value, " ")
	if argument == "" {
		return len(c.Text) > 1 && strings.HasPrefix(strings.TrimSpace(c.Text[1].Value), ":")
	}
	if near == configDefaultType {
		_, err := grammar.ParseReference(argument)
		return err == nil
	}
	for _, w := range strings.FieldsFunc(argument, func(r rune) bool { return r == ' ' || r == ',' }) {
		if !slices.Contains([]string{"core", "providers", "all", "self"}, strings.ToLower(w)) && p.Catalog.ProviderByName(w) == nil {
			return false
		}
	}
	return true
}

// typeLike matches what an author may have meant as the beginning of a directive of
// windsock's, in a line.
var typeLike = lazyregexp.New(`^[^\S\r\n]*(?:[-*+][^\S\r\n]+)?(\.\.([^\S\r\n]*)(airflow[\w-]+)[^\S\r\n]*(::?))`)

// typeLikes returns the matches of typeLike at the beginnings of lines, as offsets in
// the source, less those whose dots are known for what they are. It asks only where two
// dots stand before such a word: to ask at each line takes longer than reading the page.
func typeLikes(source []byte, known func(dots int) bool) (matches [][]int) {
	for at := 0; ; at++ {
		n := bytes.Index(source[at:], []byte(".."))
		if n < 0 {
			return matches
		}
		at += n
		if !bytes.HasPrefix(bytes.TrimLeft(source[at+len(".."):], " \t\f"), []byte("airflow")) {
			continue
		}
		start := len(bytes.TrimRight(source[:at], " \t\f-*+"))
		if start > 0 && source[start-1] != '\n' && string(source[:start]) != "\ufeff" || known(at) {
			continue
		}
		if m := typeLike().FindSubmatchIndex(source[start:]); m != nil && start+m[2] == at {
			for i := range m {
				m[i] += start
			}
			matches = append(matches, m)
		}
	}
}

// nearMissText reports lines of paragraphs that were meant to be directives: a blank
// is missing after the two dots, or a blank line above them.
func (p *pageExpansion) nearMissText(doc *grammar.Document) {
	var begins map[int]bool // made for the first of them
	for _, m := range typeLikes(doc.Source, func(dots int) bool { return isNode(doc, dots) }) {
		spaced := m[4] < m[5]
		if spaced && m[8]+1 == m[9] {
			continue // with a blank and one colon it may be prose
		}
		near := nearType(string(doc.Source[m[6]:m[7]]))
		if near == "" {
			continue
		}
		if begins == nil {
			begins = textLines(doc.Root)
		}
		if !begins[m[2]] {
			continue
		}
		head := grammar.Text{Span: grammar.Span{Start: m[2], End: m[3]}, Value: string(doc.Source[m[2]:m[3]])}
		if !spaced {
			argument, _, _ := bytes.Cut(doc.Source[m[3]:], []byte("\n"))
			d := nearMiss(head, near, string(argument), "this is text; a blank follows the two dots of a directive")
			d.Suggestion = ".. " + near + "::"
			p.report(d)
			continue
		}
		p.report(finding.Finding{
			Span: head.Span, Rule: finding.NearMiss, Severity: finding.Error,
			Message: "this is text of the paragraph above it, which Sphinx shows",
			Help:    "put a blank line above it",
		})
	}
}

// isNode reports whether the byte at offset belongs to a directive or a comment that
// the reader found.
func isNode(doc *grammar.Document, offset int) bool {
	n, _ := slices.BinarySearchFunc(doc.Nodes, offset, func(n grammar.Node, at int) int { return cmp.Compare(n.Span.End, at+1) })
	return n < len(doc.Nodes) && doc.Nodes[n].Span.Start <= offset
}

// textLines returns the offsets at which lines of paragraphs, and of terms, begin.
func textLines(root *grammar.Element) map[int]bool {
	begins := map[int]bool{}
	for e := range root.All() {
		if e.Kind == grammar.Paragraph || e.Kind == grammar.Term {
			for _, line := range e.Text {
				begins[line.Start] = true
			}
		}
	}
	return begins
}

// nearMiss makes the finding for a word that was meant to be a directive's type, or
// for that with its colons, before an argument.
func nearMiss(word grammar.Text, near, argument, message string) finding.Finding {
	option, _ := catalog.ParseReference(argument)
	return finding.Finding{
		About: finding.Option(option),
		Span:  word.Span, Rule: finding.NearMiss, Severity: finding.Error,
		Message:    fmt.Sprintf("%s; did you mean \".. %s::\"?", message, near),
		Suggestion: near,
	}
}

// typeSpelling joins the words of a name as directive types do.
var typeSpelling = strings.NewReplacer("_", "-", " ", "-")

// nearType returns the directive type that name was probably meant to be, or "".
func nearType(name string) string {
	name = typeSpelling.Replace(strings.ToLower(name))
	if name == roleName {
		return configDefaultType
	}
	near, _ := catalog.Nearest(name, Types())
	return near
}

// nearMissRole reports a role that is almost windsock's.
func (s *roleScan) nearMissRole(in grammar.Inline) {
	name := strings.ReplaceAll(strings.ToLower(in.Name.Value), "_", "-")
	if _, near := catalog.Nearest(name, []string{roleName}); !near && name != configDefaultType {
		return
	}
	s.fitting(finding.Finding{
		Span: in.Name.Span, Rule: finding.NearMiss, Severity: finding.Error,
		Message:    fmt.Sprintf("there is no role %q; did you mean :%s:?", in.Name.Value, roleName),
		Suggestion: roleName, Certain: isSlip(in.Name.Value, roleName),
	})
}

// mayBeType reports whether a word of a page may be the type of a directive, or nearly
// one: two dots stand before it, perhaps with a substitution text behind them. In a table
// that is drawn other cells may stand between.
func mayBeType(page *Raw, from, _ int) bool {
	before := bytes.TrimRightFunc(page.Source[:from], grammar.IsSpace)
	if rest, ok := bytes.CutSuffix(before, []byte("|")); ok {
		before = bytes.TrimRightFunc(rest[:bytes.LastIndexByte(rest, '|')+1], func(r rune) bool { return r == '|' || grammar.IsSpace(r) })
	}
	return bytes.HasSuffix(before, []byte("..")) || page.HoldsDrawnTable() && dotsInCell.Match(page.Source)
}

// dotsInCell matches two dots, perhaps with a substitution text, that may be all that a line
// of a cell holds.
var dotsInCell = regexp.MustCompile(`\.\.(?:[ \t]*\||[ \t]{2,}\S)|\S[ \t]+\.\.[ \t]*(?:[\r\n]|$)`)
