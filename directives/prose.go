package directives

import (
	"strings"

	"windsock/directives/catalog"
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
	if _, ok := c.value("describe"); ok && strings.TrimSpace(o.Description) != "" {
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

// firstSentence returns the first sentence of the data's description on one line:
// that of its first paragraph, as RST, which may stand in a list or a note, or, where
// it has no paragraph, of its first lines as text.
func (c *Call) firstSentence(o *catalog.Option) render.Cell {
	text, _, _ := strings.Cut(c.firstParagraph(c.described(o)), "\n\n")
	words := strings.Fields(text)
	line := strings.Join(words, " ")
	if end := c.sentenceEnd(line); end > 0 {
		line = line[:end]
	}
	if strings.HasSuffix(line, "::") {
		line = line[:len(line)-1] // the literal block that this introduces stays away
	}
	if !c.isParagraph(line) {
		line = asText(line)
	}
	return strings.Split(c.wrap(line, render.MaxLine/2), "\n")
}

// firstParagraph returns the first paragraph in RST text, at any depth, or the text
// itself if it holds none.
func (c *Call) firstParagraph(text string) string {
	for e := range c.read(text).All() {
		if e.Kind == grammar.Paragraph {
			return string(e.Span.Of([]byte(text)))
		}
	}
	return text
}

// isParagraph reports whether RST is one paragraph that is safe in a cell.
func (c *Call) isParagraph(source string) bool {
	root := c.read(source)
	return isShowable(source) && isSafe(source, root, 0) && len(root.Children) == 1 && root.Children[0].Kind == grammar.Paragraph
}

// sentenceEnd returns the length of the first sentence of RST text, in bytes, or
// 0 if it is but one. Full stops within literals, roles and links are none.
func (c *Call) sentenceEnd(text string) int {
	var inlines []grammar.Inline
	for e := range c.read(text).All() {
		inlines = append(inlines, e.Inlines...)
	}
	for i := 0; i+1 < len(text); i++ {
		for len(inlines) > 0 && inlines[0].Span.End <= i {
			inlines = inlines[1:]
		}
		inside := len(inlines) > 0 && inlines[0].Span.Start <= i
		if inside || strings.IndexByte(".!?", text[i]) < 0 || text[i+1] != ' ' {
			continue
		}
		if word := lastWord(text[:i]); word != "e.g" && word != "i.e" && word != "etc" {
			return i + 1
		}
	}
	return 0
}

// lastWord returns what follows the last blank or bracket of s.
func lastWord(s string) string { return s[strings.LastIndexAny(s, " (")+1:] }
