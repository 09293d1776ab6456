package directives

import (
	"slices"
	"strings"
	"unicode"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// label returns the description of a sensitive option as tables show it: the
// annotation's, else [section] name for core and the name in words for a
// provider's option, or the data's first sentence if the author asked for it.
func (c *Call) label(o *catalog.Option) render.Cell {
	if note := c.Catalog.Annotations.Sensitive.Of(o.Reference); note != nil && note.Value.Description != "" {
		return c.text("label", o, note.Value.Description)
	}
	if c.value("describe").Value != "" && strings.TrimSpace(o.Description) != "" {
		return c.firstSentence(o)
	}
	if o.Provider == "" {
		return c.text("name", o, o.String())
	}
	return c.text("name", o, o.Words())
}

// text shows a string as running text, and warns if it had to be changed to be shown; what
// names the part of the option, such as "default".
func (c *Call) text(what string, o *catalog.Option, s string) render.Cell {
	lines, exact := render.Text(s)
	if !exact {
		c.inexact(what, o)
	}
	return lines
}

// inexact warns that something of an option is shown with escapes.
func (c *Call) inexact(what string, o *catalog.Option) {
	c.unsafe(o, "the %s of %s holds characters that reStructuredText cannot show; they are shown as escapes", what, o)
}

// firstSentence returns the first sentence of the data's description on one line: that of its
// first paragraph, as RST, which may stand in a list or a note, or else of its first lines as
// text.
func (c *Call) firstSentence(o *catalog.Option) render.Cell {
	source := c.described(o)
	text, _, _ := strings.Cut(source, "\n\n")
	for e := range c.read(source).All() {
		if e.Kind == grammar.Paragraph {
			text = source[e.Span.Start:sentenceEnd(source, e)]
			break
		}
	}
	line := strings.Join(strings.Fields(text), " ")
	if strings.HasSuffix(line, "::") {
		line = line[:len(line)-1] // the literal block that this introduces stays away
	}
	if root := c.read(line); !isShowable(line) || !isSafe(line, root, 0) || root.Children[0].Kind != grammar.Paragraph {
		line = asText(line)
	}
	return strings.Split(line, "\n")
}

// fullStop matches the end of a sentence that another one may follow.
var fullStop = lazyregexp.New(`[.!?]\s`)

// sentenceEnd returns the offset in source of the end of the first sentence of a paragraph.
// Full stops within its inline markup are none.
func sentenceEnd(source string, e *grammar.Element) int {
	for _, at := range fullStop().FindAllStringIndex(source[e.Span.Start:e.Span.End], -1) {
		end := e.Span.Start + at[0] + 1
		words := strings.FieldsFunc(source[e.Span.Start:end-1], func(r rune) bool { return unicode.IsSpace(r) || r == '(' })
		isInside := slices.ContainsFunc(e.Inlines, func(in grammar.Inline) bool { return in.Span.Start < end && end <= in.Span.End })
		if !isInside && len(words) > 0 && !slices.Contains([]string{"e.g", "i.e", "etc"}, words[len(words)-1]) {
			return end
		}
	}
	return e.Span.End
}
