package grammar_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"windsock/grammar"

	"windsock/fixtures"
)

// TestCases reads the pages in fixtures/grammar: "seen" is what the reader finds
// that windsock asks for, "tree" the elements of the page. A page with CRLF must
// be seen as one with LF.
func TestCases(t *testing.T) {
	fixtures.Cases(t, "grammar/*.txtar", func(t *testing.T, c *fixtures.Case) {
		page, ok := c.File("page.rst")
		if !ok {
			return // a case of another test
		}
		r := &grammar.Reader{Directives: []string{"airflow-*"}, Near: func(name string) bool { return strings.HasPrefix(name, "airflow") }}
		seen, tree := outline(r.Read(page))
		c.Want(t, "seen", seen)
		c.Want(t, "tree", tree)
		crlf := bytes.ReplaceAll(bytes.ReplaceAll(page, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		if again, _ := outline(r.Read(crlf)); again != seen {
			t.Errorf("with CRLF:\n%s", again)
		}
		checkReading(t, page)
	})
}

// An outliner writes what a document holds, with the lines where it stands.
type outliner struct {
	*grammar.Document
	lines      *grammar.Lines
	seen, tree strings.Builder
}

// outline returns what is seen in d, and its tree.
func outline(d *grammar.Document) (seen, tree string) {
	o := &outliner{Document: d, lines: grammar.NewLines(d.Source)}
	for _, n := range d.Nodes {
		if n.Directive != nil {
			o.directive("directive", n.Directive)
		}
		if n.Slip != nil {
			fmt.Fprintf(&o.seen, "slip %s %q %s, form %d\n", o.at(n.Slip.Head.Span), n.Slip.Head.Value, n.Slip.Name, n.Slip.Form)
		}
		if n.Comment != nil {
			o.comment(n.Comment)
			if n.Comment.Directive != nil {
				o.directive("kept", n.Comment.Directive)
			}
		}
	}
	for _, child := range d.Root.Children {
		o.element(child, 0)
	}
	return o.seen.String(), o.tree.String()
}

// at returns the line and the column of the beginning of span, and the line of
// its end.
func (o *outliner) at(span grammar.Span) string {
	text := fmt.Sprintf("%d:%d", o.lines.Number(span.Start), columnOf(o.Source[:span.Start]))
	if end := o.lines.Number(span.End); end != o.lines.Number(span.Start) {
		text += fmt.Sprintf("-%d", end)
	}
	return text
}

// columnOf returns the column, from 0, of what stands behind text, with tabs expanded.
func columnOf(text []byte) (column int) {
	for _, r := range string(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		switch {
		case strings.ContainsRune(grammar.LineBreaks, r):
			column = 0
		case r == '\t':
			column += 8 - column%8
		default:
			column++
		}
	}
	return column
}

// quotedLines returns lines, quoted, with a bar between them.
func quotedLines(lines []grammar.Text) string {
	var values []string
	for _, l := range lines {
		values = append(values, fmt.Sprintf("%q", l.Value))
	}
	return strings.Join(values, " | ")
}

// comment writes a comment, with what it says to windsock.
func (o *outliner) comment(c *grammar.Comment) {
	fmt.Fprintf(&o.seen, "comment %s %s\n", o.at(c.Span), quotedLines(c.Text))
	if c.End != nil {
		fmt.Fprintf(&o.seen, "  end %q\n", c.End.Value)
	}
	if c.Silence != nil {
		fmt.Fprintf(&o.seen, "  silences %s, all %t\n", quotedLines(c.Silence.Rules), c.Silence.Page)
		if c.Silence.Option != nil {
			fmt.Fprintf(&o.seen, "  only %q\n", c.Silence.Option.Value)
		}
	}
	if c.Problem != nil {
		fmt.Fprintf(&o.seen, "  problem %s %s\n", o.at(c.Problem.Span), c.Problem.Message)
	}
}

// containerNames are the containers in words.
var containerNames = [...]string{
	"document", "block quote", "list item", "definition", "field body", "option description",
	"directive", "footnote", "grid table", "simple table", "substitution",
}

// directive writes a directive.
func (o *outliner) directive(word string, d *grammar.Directive) {
	fmt.Fprintf(&o.seen, "%s %s %s", word, o.at(d.Span), d.Type.Value)
	if d.Substitution != nil {
		fmt.Fprintf(&o.seen, " |%s|", d.Substitution.Value)
	}
	if len(d.Arguments) > 0 {
		fmt.Fprintf(&o.seen, " %s", quotedLines(d.Arguments))
	}
	fmt.Fprintf(&o.seen, ", in %s", containerNames[d.Container])
	if d.First {
		o.seen.WriteString(", first")
	}
	o.seen.WriteByte('\n')
	for _, option := range d.Options {
		fmt.Fprintf(&o.seen, "  option %s = %s\n", option.Name.Value, quotedLines(option.Value))
	}
	if len(d.Content) > 0 {
		fmt.Fprintf(&o.seen, "  content %s\n", quotedLines(d.Content))
	}
	for _, option := range d.Below {
		fmt.Fprintf(&o.seen, "  below %s = %s\n", option.Name.Value, quotedLines(option.Value))
	}
	if d.Problem != nil {
		fmt.Fprintf(&o.seen, "  problem %s %s\n", o.at(d.Problem.Span), d.Problem.Message)
	}
}

// element writes an element and its children.
func (o *outliner) element(e *grammar.Element, depth int) {
	fmt.Fprintf(&o.tree, "%s%s %s", strings.Repeat("  ", depth), e.Kind, o.at(e.Span))
	if e.Name.Value != "" {
		fmt.Fprintf(&o.tree, " <%s>", e.Name.Value)
	}
	if e.Header {
		o.tree.WriteString(" header")
	}
	if len(e.Text) > 0 && len(e.Text) < 10 {
		fmt.Fprintf(&o.tree, " %s", quotedLines(e.Text))
	}
	o.tree.WriteByte('\n')
	for _, i := range e.Inlines {
		o.inline(e, i)
	}
	for _, child := range e.Children {
		o.element(child, depth+1)
	}
}

// inline writes a piece of inline markup of e.
func (o *outliner) inline(e *grammar.Element, i grammar.Inline) {
	word := [...]string{
		"literal", "role", "phrase", "reference", "footnote reference", "substitution", "target", "emphasis", "strong",
	}[i.Kind]
	if e.Kind == grammar.LiteralBlock {
		word = "(" + word + ")"
	}
	name := ""
	if i.Kind == grammar.Role {
		name = " :" + i.Name.Value + ":"
	}
	fmt.Fprintf(&o.seen, "%s %s%s %q\n", word, o.at(i.Span), name, i.Text.Value)
}
