package grammar_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"windsock/grammar"

	"windsock/fixtures"
)

// TestReferences parses each line of the case's texts.
func TestReferences(t *testing.T) {
	fixtures.Cases(t, "grammar/references*.txtar", func(t *testing.T, c *fixtures.Case) {
		texts, _ := c.File("texts")
		var got strings.Builder
		for line := range strings.Lines(string(texts)) {
			line = strings.TrimSuffix(line, "\n")
			got.WriteString(describeReference(line) + "\n")
		}
		c.Want(t, "references", got.String())
	})
}

// TestFoundReferences finds the reference that each line of the case's texts begins with.
func TestFoundReferences(t *testing.T) {
	fixtures.Cases(t, "grammar/found_references*.txtar", func(t *testing.T, c *fixtures.Case) {
		texts, _ := c.File("texts")
		var got strings.Builder
		for line := range strings.Lines(string(texts)) {
			line = strings.TrimSuffix(line, "\n")
			if r, ok := grammar.FindReference(line); ok {
				fmt.Fprintf(&got, "form %d section %q name %q unit %v at %q, then %q\n", r.Form, r.Section.Value, r.Name.Value, r.Unit != nil, r.Span.Of([]byte(line)), line[r.End:])
			} else {
				got.WriteString("none\n")
			}
		}
		c.Want(t, "references", got.String())
	})
}

// describeReference says what text refers to.
func describeReference(text string) string {
	r, err := grammar.ParseReference(text)
	var wrong *grammar.ReferenceError
	if errors.As(err, &wrong) {
		return fmt.Sprintf("error at %q: %s", wrong.Span.Of([]byte(text)), wrong.Message)
	}
	form := [...]string{grammar.Bracketed: "bracketed", grammar.Dotted: "dotted", grammar.Variable: "variable"}[r.Form]
	if r.IsPattern() {
		form += " pattern"
	}
	for _, w := range []grammar.Text{r.Section, r.Name} {
		if string(w.Span.Of([]byte(text))) != w.Value {
			return fmt.Sprintf("%q does not stand at %v", w.Value, w.Span)
		}
	}
	return fmt.Sprintf("%s section %q name %q, %q", form, r.Section.Value, r.Name.Value, r.Span.Of([]byte(text)))
}

// TestItems parses the content of each directive in the case's page.
func TestItems(t *testing.T) {
	fixtures.Cases(t, "grammar/items*.txtar", func(t *testing.T, c *fixtures.Case) {
		page, _ := c.File("directive.rst")
		var got strings.Builder
		for _, n := range (&grammar.Reader{Directives: []string{"airflow-*"}}).Read(page).Nodes {
			if n.Directive == nil {
				continue
			}
			items, problems := grammar.ParseItems(page, n.Directive.Content)
			for _, it := range items {
				got.WriteString(describeItem(page, it))
			}
			lines := grammar.NewLines(page)
			for _, p := range problems {
				at := lines.Position(p.Span.Start)
				fmt.Fprintf(&got, "%d:%d %s: %s\n", at.Line, at.Column, p.Message, p.Help)
			}
		}
		c.Want(t, "items", got.String())
	})
}

// describeItem writes an item, and what stands at its spans.
func describeItem(page []byte, it grammar.Item) string {
	text := fmt.Sprintf("item %q\n", it.Span.Of(page))
	text += fmt.Sprintf("  head %q\n", it.Head.Span.Of(page))
	if it.Reference != nil {
		text += fmt.Sprintf("  reference %s, name at %q\n", it.Reference, it.Reference.Name.Span.Of(page))
	}
	if it.Unit != nil {
		text += fmt.Sprintf("  unit %q\n", it.Unit.Value)
	}
	for _, o := range it.Options {
		text += fmt.Sprintf("  option %s = %s at %q\n", o.Name.Value, quotedLines(o.Value), o.Span.Of(page))
	}
	for _, l := range it.Body {
		text += fmt.Sprintf("  body %q\n", l.Value)
	}
	return text
}

// FuzzReference parses any text: it does not panic, and the spans lie within it.
func FuzzReference(f *testing.F) {
	for _, text := range []string{"[a] b", "``[a.b] c*``", "a.b", "AIRFLOW__A__B", "[", "]", "``", "a..", "AIRFLOW____"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := grammar.ParseReference(text)
		span := r.Span
		var wrong *grammar.ReferenceError
		if errors.As(err, &wrong) {
			span = wrong.Span
		}
		if whole := (grammar.Span{0, len(text)}); !whole.Contains(span) || !whole.Contains(r.Name.Span) {
			t.Errorf("%q: %+v %v", text, r, span)
		}
		lines := strings.Split(text, "\n")
		content := make([]grammar.Text, len(lines))
		at := 0
		for i, l := range lines {
			content[i] = grammar.Text{grammar.Span{at, at + len(l)}, l}
			at += len(l) + 1
		}
		grammar.ParseItems([]byte(text), content)
	})
}
