package check

import (
	"maps"
	"slices"
	"sort"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
)

// A history remembers what was found out about the elements of a page, so that
// each is looked at once however many findings are in it.
type history struct {
	of       *grammar.Element // the element that the rest is about
	flow     *flow            // its running text
	sentence part             // the sentence looked at last
	isPast   bool             // whether that is about the past
	lines    []bool           // for each line of a literal block, likewise
	governs  map[*grammar.Element]bool
	asides   map[*grammar.Element]aside  // of sections
	columns  map[*grammar.Element][]bool // for each column of a table, likewise
	rows     map[*grammar.Element]string // what rows of tables say
}

// isPast reports whether a mention is about the past.
func (p *page) isPast(m mention, v catalog.Resolution) bool {
	if p.history.of != m.from {
		p.history.of, p.history.flow, p.history.lines = m.from, nil, nil
	}
	switch {
	case isLiteral(m.from):
		if p.isPastLine(m.from, m.text.Start) {
			return true
		}
	case len(m.from.Text) > 0:
		if p.isPastSentence(m.from, m.at) || p.isToldGone(m, v) {
			return true
		}
	}
	return p.isWithinPast(m.from, v)
}

// isWithinPast reports whether an element, or one that it stands in, says that what it
// holds is about the past, as far as the option is concerned.
func (p *page) isWithinPast(e *grammar.Element, v catalog.Resolution) bool {
	for up := e; up != nil; up = up.Parent {
		if up.Kind == grammar.Section && p.governsSection(up, v) || p.governs(up) || p.governsCell(up, v) {
			return true
		}
	}
	return p.cellOf.page != nil && p.cellOf.isPast(v)
}

// isPastSentence reports whether the sentence at offset at of running text is about
// the past.
func (p *page) isPastSentence(e *grammar.Element, at int) bool {
	h := &p.history
	if h.flow == nil {
		h.flow, h.sentence = newFlow(p.source, e.Text), part{-1, -1}
	}
	if s := h.flow.sentence(at); s != h.sentence {
		h.sentence, h.isPast = s, isOfPast(h.flow.text[s.from:s.to])
	}
	return h.isPast
}

// governs reports whether an element makes all that stands in it about the past.
func (p *page) governs(e *grammar.Element) bool {
	is, known := p.history.governs[e]
	if !known {
		switch {
		case e.Kind == grammar.ListItem:
			is = p.hasAside(e)
		case e.Kind == grammar.DirectiveBlock && (isChange(e) || isNote(e) && isOfPast(p.noteText(e)) || p.hasPastCaption(e)):
			is = true
		case isList(e) || e.IsTable():
			is = p.isIntroducedAsPast(e)
		default:
			return false
		}
		p.history.governs[e] = is
	}
	return is
}

// hasPastCaption reports whether a caption of a directive, or the title of a tab, is
// about the past.
func (p *page) hasPastCaption(e *grammar.Element) bool {
	if isTab(e) && isPastTitle(joinLines(e.Directive.Arguments)) {
		return true
	}
	return slices.ContainsFunc(e.Children, func(child *grammar.Element) bool {
		return child.Kind == grammar.Caption && isPastTitle(p.textOf(child))
	})
}

// isTab reports whether an element is a tab of sphinx-tabs, whose title docutils is told
// nothing of.
func isTab(e *grammar.Element) bool {
	switch e.Name.Value {
	case "tab", "group-tab":
		return e.Directive != nil
	}
	return false
}

// isList reports whether an element is a list of items or of definitions.
func isList(e *grammar.Element) bool {
	return e.Kind == grammar.BulletList || e.Kind == grammar.EnumeratedList || e.Kind == grammar.DefinitionList
}

// isIntroducedAsPast reports whether the sentence with a colon that introduces a list or a
// table is about the past.
func (p *page) isIntroducedAsPast(e *grammar.Element) bool {
	before := p.sibling(e, -1)
	if before == nil || before.Kind != grammar.Paragraph {
		return false
	}
	f := newFlowOf(p, before)
	return strings.HasSuffix(strings.TrimSpace(f.text), ":") && saysGone(lastSentence(f))
}

// parentheses finds what stands between parentheses.
var parentheses = lazyregexp.New(`\([^()]*\)`)

// hasAside reports whether a parenthesis in the first paragraph of a list item is
// about the past.
func (p *page) hasAside(item *grammar.Element) bool {
	if len(item.Children) == 0 || item.Children[0].Kind != grammar.Paragraph {
		return false
	}
	return slices.ContainsFunc(parentheses().FindAllString(p.textOf(item.Children[0]), -1), isOfPast)
}

// An aside is what the title of a section, and the notes in it, say to be about the past.
type aside struct {
	all   bool                       // the whole section is
	names map[catalog.Reference]bool // the options that are
}

// governsSection reports whether the title of a section, or a note in it, makes
// the section about the past, as far as the option is concerned.
func (p *page) governsSection(section *grammar.Element, v catalog.Resolution) bool {
	a, known := p.history.asides[section]
	if !known {
		a = p.asideOf(section)
		p.history.asides[section] = a
	}
	return a.all || a.names[lower(v.About)]
}

// asideOf finds what the title and the notes of a section say to be about the past.
func (p *page) asideOf(section *grammar.Element) aside {
	a := aside{names: map[catalog.Reference]bool{}}
	for _, child := range section.Children {
		switch {
		case child.Kind == grammar.Title && isPastTitle(p.textOf(child)):
			a.all = true
		case child.Kind == grammar.DirectiveBlock && isNote(child) && isOfPast(p.noteText(child)):
			names := p.namesIn(child)
			maps.Copy(a.names, names)
			a.all = a.all || names == nil && isOfVersion(p.noteText(child))
		}
	}
	return a
}

// releaseTitle matches a title that is the name of a release and no more: one of an
// Airflow of the past, one with its date, or a version alone, as changelogs have it.
var releaseTitle = lazyregexp.New(`(?i)^(?:` + strings.Join([]string{
	`(?:apache )?airflow v?[12](?:\.[\dx*]+)*(?: ?\([^()]*\))?`,
	`[\w .-]*\bv?\d+(?:\.\d+)+\w*[ ,(/–—-]+\d{4}-\d\d-\d\d\)?`,
	`v?\d+(?:\.\d+)+`,
}, "|") + `)$`)

// isPastTitle reports whether the title of a section makes it one about the past.
func isPastTitle(title string) bool {
	return isOfPast(title) || strings.ContainsAny(title, "0123456789") && releaseTitle().MatchString(strings.TrimSpace(title))
}

// textOf returns the running text of an element.
func (p *page) textOf(e *grammar.Element) string {
	if len(e.Text) == 0 {
		return ""
	}
	return newFlow(p.source, e.Text).text
}

// noteText returns the text of a note: its first paragraph.
func (p *page) noteText(e *grammar.Element) string {
	for _, child := range e.Children {
		if child.Kind == grammar.Paragraph || child.Kind == grammar.Caption {
			return p.textOf(child)
		}
	}
	return ""
}

// namesIn returns the options that an element names, nil if there are none.
func (p *page) namesIn(e *grammar.Element) map[catalog.Reference]bool {
	inner := p.Checker.page(p.source)
	inner.namesOnly, inner.keeps = true, true
	inner.body(e)
	var names map[catalog.Reference]bool
	for _, r := range inner.references {
		if r.Option == "" {
			continue
		}
		if names == nil {
			names = map[catalog.Reference]bool{}
		}
		names[lower(catalog.Reference{Section: r.Section, Name: r.Option})] = true
	}
	return names
}

// notes are the directives whose content speaks of what stands around them.
var notes = map[string]bool{
	"note": true, "warning": true, "attention": true, "caution": true, "danger": true, "important": true,
	"hint": true, "tip": true, "admonition": true, "deprecated": true,
}

// isNote reports whether a directive is a note.
func isNote(e *grammar.Element) bool { return notes[e.Name.Value] }

// isChange reports whether a directive tells what another version changed.
func isChange(e *grammar.Element) bool {
	switch e.Name.Value {
	case "deprecated", "versionchanged", "versionremoved", "version-changed", "version-deprecated", "version-removed":
		return true
	}
	return false
}

// isLiteral reports whether an element is text that is no RST.
func isLiteral(e *grammar.Element) bool {
	return e.Kind == grammar.LiteralBlock || e.Kind == grammar.DoctestBlock
}

// introduction returns the paragraph that stands right before a literal block, or
// before the directive that it is the content of; nil if there is none.
func (p *page) introduction(e *grammar.Element) *grammar.Element {
	if e.Parent != nil && e.Parent.Kind == grammar.DirectiveBlock {
		e = e.Parent
	}
	if before := p.sibling(e, -1); before != nil && before.Kind == grammar.Paragraph {
		return before
	}
	return nil
}

// lastSentence returns the last sentence of running text.
func lastSentence(f *flow) string { return f.text[f.sentence(len(f.text)).from:] }

// codeComment matches a line that is a comment, in whatever language, and finds
// its text.
var codeComment = lazyregexp.New(`^\s*(?:#+|;+|//+|--|REM\b|::|<!--|/?\*+)\s*(.*)`)

// isPastLine reports whether the line at offset of a literal block is about the
// past: the code comment that governs it says so, which it does up to the next
// comment, or the sentence before the block.
func (p *page) isPastLine(e *grammar.Element, offset int) bool {
	if p.history.lines == nil {
		p.history.lines = p.pastLines(e)
	}
	i := sort.Search(len(e.Text), func(i int) bool { return e.Text[i].Start > offset }) - 1
	return i >= 0 && p.history.lines[i]
}

// pastLines says which lines of a literal block are about the past.
func (p *page) pastLines(e *grammar.Element) []bool {
	lines := make([]bool, len(e.Text))
	intro := p.introduction(e)
	all := intro != nil && isOfPast(lastSentence(newFlow(p.source, intro.Text)))
	isDiff := e.Name.Value == "diff" || e.Name.Value == "udiff"
	first, isPast := 0, false // of the comment that governs, and what it says
	for i, line := range e.Text {
		comment := codeComment().FindStringSubmatch(line.Value)
		if comment != nil {
			if i == 0 || codeComment().FindStringIndex(e.Text[i-1].Value) == nil {
				first, isPast = i, false
			}
			isPast = isPast || isOfPast(comment[1])
			for n := first; n < i; n++ {
				lines[n] = lines[n] || isPast
			}
			if isPast {
				first = i // the lines above are done
			}
		}
		lines[i] = all || isPast || isPastBehind(line.Value) || isDiff && strings.HasPrefix(line.Value, "-")
	}
	return lines
}

// isPastBehind reports whether a comment behind code is about the past.
func isPastBehind(line string) bool {
	n := strings.IndexAny(line, "#;")
	return n >= 0 && isOfPast(line[n:])
}
