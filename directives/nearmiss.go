package directives

import (
	"fmt"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// nearMissDirective reports a directive that is almost one of windsock's: Sphinx
// has directives of its own whose types begin with "airflow-".
func (p *pageExpansion) nearMissDirective(d *grammar.Directive) {
	if near := nearType(d.Type.Value); near != "" {
		p.report(nearMiss(d.Type, near, fmt.Sprintf("there is no directive %q", d.Type.Value)))
	}
}

// nearMissComment reports a comment that was almost a directive of windsock's:
// docutils drops it without a word.
func (p *pageExpansion) nearMissComment(c *grammar.Comment) {
	text := c.Text[0]
	end := strings.IndexAny(text.Value, ": \t")
	if end < 0 || !strings.HasPrefix(strings.TrimLeft(text.Value[end:], " \t"), ":") {
		return // prose that begins with such a word
	}
	if near := nearType(text.Value[:end]); near != "" {
		word := subText(text, 0, end)
		p.report(nearMiss(word, near, "this is a comment, which Sphinx drops; a directive has two colons"))
	}
}

// nearMiss makes the finding for a word that was meant to be a directive's type.
func nearMiss(word grammar.Text, near, message string) grammar.Diagnostic {
	return grammar.Diagnostic{
		Span: word.Span, Rule: NearMiss, Severity: grammar.Error,
		Message:    fmt.Sprintf("%s; did you mean \".. %s::\"?", message, near),
		Suggestion: near,
	}
}

// nearType returns the directive type that name was probably meant to be, or "".
func nearType(name string) string {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	near, _ := catalog.Nearest(name, Types())
	return near
}

// nearMissRole reports a role that is almost windsock's.
func (s *roleScan) nearMissRole(in grammar.Inline) {
	name := strings.ReplaceAll(strings.ToLower(in.Name.Value), "_", "-")
	if _, near := catalog.Nearest(name, []string{roleName}); !near && name != configDefaultType {
		return
	}
	s.report(grammar.Diagnostic{
		Span: in.Name.Span, Rule: NearMiss, Severity: grammar.Error,
		Message:    fmt.Sprintf("there is no role %q; did you mean :%s:?", in.Name.Value, roleName),
		Suggestion: roleName,
	})
}
