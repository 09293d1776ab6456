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

// firstSentence returns the first sentence of the data's description on one line. It is the RST
// of the first paragraph, which can be in a list or a note. If there is no paragraph, or its
// sentence is not safe alone, the sentence is shown as text.
func (c *Call) firstSentence(o *catalog.Option) render.Cell {
	source := c.descriptionRST(o)
	text, _, _ := strings.Cut(source, "\n\n")
	for e := range c.read(source).All() {
		if e.Kind == grammar.Paragraph {
			text = source[e.Span.Start:sentenceEnd(source, e)]
			break
		}
	}
	line := strings.Join(strings.Fields(text), " ")
	if strings.HasSuffix(line, "::") {
		line = line[:len(line)-1] // the literal block that it introduces is not shown
	}
	if root := c.read(line); !isShowable(line) || !isSafe(line, root, 0) || root.Children[0].Kind != grammar.Paragraph {
		line = asText(line)
	}
	return strings.Split(line, "\n")
}

// sentenceEndPattern matches the end of a sentence before another sentence.
var sentenceEndPattern = lazyregexp.New(`[.!?]\s`)

// sentenceEnd returns the offset in source of the end of the first sentence of a paragraph. It
// ignores full stops in inline markup and after abbreviations.
func sentenceEnd(source string, e *grammar.Element) int {
	for _, at := range sentenceEndPattern().FindAllStringIndex(source[e.Span.Start:e.Span.End], -1) {
		end := e.Span.Start + at[0] + 1
		words := strings.FieldsFunc(source[e.Span.Start:end-1], func(r rune) bool { return unicode.IsSpace(r) || r == '(' })
		isInside := slices.ContainsFunc(e.Inlines, func(in grammar.Inline) bool { return in.Span.Start < end && end <= in.Span.End })
		if !isInside && len(words) > 0 && !slices.Contains([]string{"e.g", "i.e", "etc"}, words[len(words)-1]) {
			return end
		}
	}
	return e.Span.End
}
