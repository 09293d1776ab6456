package check

import (
	"slices"
	"sort"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A context records which parts of an element are about the past. It is computed once for each
// element.
type context struct {
	isPast bool                       // the whole element is about the past
	named  map[catalog.Reference]bool // for a section: the options that its notes call past
	lines  []bool                     // for a literal block: whether each line is about the past
}

// isPast reports whether the words in doubt are about the past: their sentence says so, or an element
// that contains them does.
func (d *doubt) isPast() bool {
	if lines := d.context(d.element).lines; lines != nil {
		start := d.flow.lines[0].Start
		if lines[sort.Search(len(lines), func(i int) bool { return d.element.Text[i].Start >= start })] {
			return true
		}
	}
	return d.sentence(d.place.from).isPast() || d.isCalledGone() || d.isWithinPast(d.element, d.v)
}

// isWithinPast reports whether an element, or one that contains it, is about the past, at least for
// the option of v.
func (p *page) isWithinPast(e *grammar.Element, v catalog.Resolution) bool {
	for ; e != nil; e = e.Parent {
		if c := p.context(e); c.isPast || c.named[lower(v.About)] || p.isPastCell(e, v) {
			return true
		}
	}
	return false
}

// isPastCell reports whether an element is a table cell in a column about the past, or in a row that
// names the successor of the option.
func (p *page) isPastCell(e *grammar.Element, v catalog.Resolution) bool {
	c := p.cells[e]
	return c != nil && (c.column < len(c.header) && p.isPastHeader(c.header[c.column]) || namesSuccessor(c.beginning(), v))
}

// context returns the context of an element.
func (p *page) context(e *grammar.Element) *context {
	if c := p.contexts[e]; c != nil {
		return c
	}
	c := &context{}
	p.contexts[e] = c
	switch {
	case isLiteral(e):
		c.lines = p.pastLines(e)
	case e.Kind == grammar.Section:
		p.readSection(c, e)
	case e.Kind == grammar.ListItem:
		c.isPast = p.hasPastParenthesis(e)
	case e.Kind == grammar.DirectiveBlock:
		c.isPast = versionDirectives[e.Name.Value] || admonitions[e.Name.Value] && p.isOfPast(noteText(e)) || p.hasPastCaption(e)
	}
	if e.IsTable() || isList(e) {
		c.isPast = c.isPast || p.isIntroducedAsPast(e)
	}
	return c
}

// maxContext is the number of bytes around a mention, or in its table row, that are searched for the
// successor of the option; maxGone is the number of bytes before it that are searched for a word
// that calls it gone.
const (
	maxContext = 1 << 10
	maxGone    = 1 << 7
)

// isCalledGone reports whether the sentence says that the option is gone, or names its successor.
func (d *doubt) isCalledGone() bool {
	text, in := d.flow.text, d.sentence(d.place.from)
	before := text[max(in.from, d.place.from-maxContext):d.place.from]
	behind := text[d.words.to:max(d.words.to, min(in.to, d.words.to+maxContext))]
	return namesSuccessor(before+behind, d.v) || isGoneBefore(before[max(0, len(before)-maxGone):]) || goneBehind().MatchString(behind)
}

// readSection reads the title and the notes of a section. A note that names options is about these
// options only. Otherwise it is about the whole section if it names a version.
func (p *page) readSection(c *context, section *grammar.Element) {
	c.named = map[catalog.Reference]bool{}
	for _, child := range section.Children {
		switch {
		case child.Kind == grammar.Title && p.isPastTitle(textOf(child)):
			c.isPast = true
		case child.Kind == grammar.DirectiveBlock && admonitions[child.Name.Value] && p.isOfPast(noteText(child)):
			isNamed := false
			for _, r := range p.namedIn(child) {
				c.named[lower(r)], isNamed = true, true
			}
			c.isPast = c.isPast || !isNamed && (p.isOfOtherVersion(noteText(child), p.isOtherMajor) || ofVersion().MatchString(noteText(child)))
		}
	}
}

// namedIn returns the options that an element and its descendants name.
func (p *page) namedIn(e *grammar.Element) []catalog.Reference {
	found := p.named[e]
	for _, child := range e.Children {
		found = append(found[:len(found):len(found)], p.namedIn(child)...)
	}
	return found
}

// parentheses matches text in parentheses.
var parentheses = lazyregexp.New(`\([^()]*\)`)

// hasPastParenthesis reports whether a parenthesis in the first paragraph of a list item is
// about the past.
func (p *page) hasPastParenthesis(item *grammar.Element) bool {
	if len(item.Children) == 0 || item.Children[0].Kind != grammar.Paragraph {
		return false
	}
	return slices.ContainsFunc(parentheses().FindAllString(textOf(item.Children[0]), -1), p.isOfPast)
}

// hasPastCaption reports whether a caption of a directive, or the title of a tab of
// sphinx-tabs, which is an argument, is about the past.
func (p *page) hasPastCaption(e *grammar.Element) bool {
	if name := e.Name.Value; (name == "tab" || name == "group-tab") && e.Directive != nil && p.isPastTitle(grammar.Join(e.Directive.Arguments).Value) {
		return true
	}
	return p.isPastTitle(caption(e))
}

// caption returns the text of the caption of an element, "" if it has none.
func caption(e *grammar.Element) string {
	for _, child := range e.Children {
		if child.Kind == grammar.Caption {
			return textOf(child)
		}
	}
	return ""
}

// isIntroducedAsPast reports whether the sentence with a colon that introduces a list or a
// table is about the past.
func (p *page) isIntroducedAsPast(e *grammar.Element) bool {
	text := p.paragraphBefore(e)
	return strings.HasSuffix(strings.TrimSpace(text), ":") && p.isOfPast(lastSentence(text))
}

// introduction returns the text of the paragraph before a literal block, or before the directive
// that contains it; "" if there is none.
func (p *page) introduction(e *grammar.Element) string {
	if e.Parent != nil && e.Parent.Kind == grammar.DirectiveBlock {
		e = e.Parent
	}
	return p.paragraphBefore(e)
}

// paragraphBefore returns the text of the paragraph before an element, "" if there is none.
func (p *page) paragraphBefore(e *grammar.Element) string {
	if before := sibling(e, -1); before != nil && before.Kind == grammar.Paragraph {
		return textOf(before)
	}
	return ""
}

// lastSentence returns the last sentence of a text.
func lastSentence(text string) string {
	f := &flow{text: text}
	return text[f.sentence(len(text)).from:]
}

// codeComment matches a comment line, in any language, and its text.
var codeComment = lazyregexp.New(`^\s*(?:#+|;+|//+|--|REM\b|::|<!--|/?\*+)\s*(.*)`)

// pastLines reports for each line of a literal block whether it is about the past: the sentence before
// the block says so, or the last comment above the line does, or a diff removes the line.
func (p *page) pastLines(e *grammar.Element) []bool {
	lines := make([]bool, len(e.Text))
	isPastBlock := p.isOfPast(lastSentence(p.introduction(e)))
	isDiff := e.Name.Value == "diff" || e.Name.Value == "udiff"
	isPast, wasComment, first := false, false, 0
	for i, line := range e.Text {
		comment := codeComment().FindStringSubmatch(line.Value)
		if comment != nil && !wasComment {
			isPast, first = false, i
		}
		if wasComment = comment != nil; wasComment && !isPast && p.isOfPast(comment[1]) {
			isPast = true
			for n := first; n < i; n++ {
				lines[n] = true
			}
		}
		lines[i] = isPastBlock || isPast || isDiff && strings.HasPrefix(line.Value, "-")
	}
	return lines
}

// textOf returns the running text of an element.
func textOf(e *grammar.Element) string { return grammar.Join(e.Text).Value }

// noteText returns the first paragraph of a note.
func noteText(e *grammar.Element) string {
	for _, child := range e.Children {
		if child.Kind == grammar.Paragraph || child.Kind == grammar.Caption {
			return textOf(child)
		}
	}
	return ""
}

// admonitions lists the directives whose content is about the text around them.
var admonitions = map[string]bool{
	"note": true, "warning": true, "attention": true, "caution": true, "danger": true, "important": true,
	"hint": true, "tip": true, "admonition": true, "deprecated": true,
}

// versionDirectives lists the directives about a change in another version.
var versionDirectives = map[string]bool{
	"deprecated": true, "versionchanged": true, "versionremoved": true,
	"version-changed": true, "version-deprecated": true, "version-removed": true,
}

// isList reports whether an element is a list of items or of definitions.
func isList(e *grammar.Element) bool {
	return e.Kind == grammar.BulletList || e.Kind == grammar.EnumeratedList || e.Kind == grammar.DefinitionList
}

// isLiteral reports whether the text of an element is not RST.
func isLiteral(e *grammar.Element) bool {
	return e.Kind == grammar.LiteralBlock || e.Kind == grammar.DoctestBlock
}
