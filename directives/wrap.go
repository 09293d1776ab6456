package directives

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// The longest lines, in columns, that paragraphs of the data's are wrapped to,
// counted from the left of the page where the margin leaves enough.
const (
	pageWidth = 110
	leastWide = 40
)

// cellMargin is how far the cells of a list-table stand from its margin.
const cellMargin = 7

// cellWidth returns how many columns the lines of a cell may take up.
func (c *Call) cellWidth() int { return max(pageWidth-c.Column-cellMargin, leastWide) }

// wrap breaks the lines of paragraphs of RST that take up more than width columns, at blanks,
// where docutils reads the same. Shorter lines stay as they are, and a line that cannot be
// broken stays long.
func (c *Call) wrap(text string, width int) string {
	var edits []render.Edit
	for e := range c.read(text).All() {
		if e.Kind == grammar.Paragraph && canWrap(e.Parent) {
			edits = append(edits, breaks(text, e, width)...)
		}
	}
	out, err := render.Splice([]byte(text), edits)
	if err != nil {
		return text
	}
	return string(out)
}

// canWrap reports whether a paragraph in the body e may have more lines, all at the
// margin of its first.
func canWrap(e *grammar.Element) bool {
	for ; e.Kind != grammar.Root; e = e.Parent {
		switch e.Kind {
		case grammar.BlockQuote, grammar.BulletList, grammar.EnumeratedList, grammar.ListItem:
		default:
			return false
		}
	}
	return true
}

// breaks returns the edits that break the lines of a paragraph.
func breaks(text string, e *grammar.Element, width int) []render.Edit {
	indent := grammar.Width([]byte(text[strings.LastIndexByte(text[:e.Span.Start], '\n')+1 : e.Span.Start]))
	newLine := []byte("\n" + strings.Repeat(" ", indent))
	var edits []render.Edit
	column, last, inlines := indent, -1, e.Inlines
	for i, r := range text[e.Span.Start:e.Span.End] {
		i += e.Span.Start
		if r == '\n' {
			column, last = 0, -1
			continue
		}
		for len(inlines) > 0 && inlines[0].Span.End <= i {
			inlines = inlines[1:]
		}
		if r == ' ' && !isKept(inlines, i) && canBreak(text[e.Span.Start:e.Span.End], i-e.Span.Start) {
			last = i
		}
		if column += grammar.Width([]byte(string(r))); column > width && last >= 0 {
			edits = append(edits, render.Edit{Start: last, End: last + 1, New: newLine})
			column = indent + grammar.Width([]byte(text[last+1:max(i, last+1)]))
			if i > last {
				column += grammar.Width([]byte(string(r)))
			}
			last = -1
		}
	}
	return edits
}

// isKept reports whether the blank at offset i stands in the first of the inlines,
// and is to stay there: that of a literal, a role or a link.
func isKept(inlines []grammar.Inline, i int) bool {
	if len(inlines) == 0 || i < inlines[0].Span.Start {
		return false
	}
	kind := inlines[0].Kind
	return kind != grammar.Emphasis && kind != grammar.StrongEmphasis
}

// canBreak reports whether a line end may take the place of the blank at text[i]:
// it must not be escaped or one of several, and neither line may look like
// something else than a paragraph's.
func canBreak(text string, i int) bool {
	before, after := text[:i], text[i+1:]
	escapes := len(before) - len(strings.TrimRight(before, `\`))
	if escapes%2 == 1 || before == "" || after == "" || strings.HasSuffix(before, "::") {
		return false
	}
	if strings.ContainsAny(before[i-1:]+after[:1], " \n") {
		return false
	}
	next, _, _ := strings.Cut(after[:min(len(after), longestMark)], "\n")
	last := before[max(0, len(before)-longestMark):]
	return !looksMarked().MatchString(next) && !isRule([]byte(last[strings.LastIndexAny(last, " \n")+1:]))
}

// longestMark is how many bytes of a line are looked at to see what it begins with.
const longestMark = 64

// looksMarked matches a line that begins like a body element other than a
// paragraph, or that is all punctuation, as the line under a title is.
var looksMarked = lazyregexp.New(`^(?:` + bodyItemMark + `|(?:\.\.|>>>|__|::)(?: |$)|[[:punct:]]+(?: |$))`)

// isRule reports whether text is one punctuation character, repeated: alone on a line
// it would adorn a title.
func isRule(text []byte) bool {
	c := rune(text[0])
	return c < utf8.RuneSelf && !unicode.IsLetter(c) && !unicode.IsDigit(c) && len(bytes.Trim(text, string(c))) == 0
}
