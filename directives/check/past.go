package check

import (
	"regexp"
	"strings"

	"windsock/directives/catalog"
	"windsock/grammar"
)

// ofVersion matches text that says that it is about a version of the past.
var ofVersion = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`\b(?:in|for|with|on|of|to|from) (?:apache )?airflow (?:version )?v?[12](?:\.[x*])?(?:[^\w.+-]|\.(?:\D|$)|$)`,
	`\b(?:before|prior to|earlier than|older than|lower than|less than|below|pre-?) ?(?:the )?(?:apache )?(?:airflow |versions? |airflow versions? )v?\d`,
	`\b(?:until|up to) (?:apache )?(?:airflow |versions? |airflow versions? )v?[12]\b`,
	`\bversions? (?:before|prior to|earlier than|older than|lower than|less than|below) v?\d`,
	`\b(?:airflow|versions?) ?<=? ?\d`,
}, "|"))

// ofChange matches text that says that something is not what it was.
var ofChange = regexp.MustCompile(`(?i)` + strings.Join([]string{
	`\brenamed (?:from|to|in)\b`, `\b(?:was|were|been|is|are|got) (?:renamed|moved|removed|replaced|dropped)\b`,
	`\bremoved in\b`, `\b(?:removed|renamed|dropped|moved) (?:options?|settings?|config\w*|parameters?|sections?|keys?)\b`,
	`\bmoved (?:from|to)\b`, `\breplaced by\b`,
	`\b(?:previously|formerly) (?:known|called|named|in|under)\b`, `\bused to be\b`, `\bno longer\b`,
	`\bdeprecat`, `\bobsolete`,
}, "|"))

// isOfPast reports whether a text says that it is about the past.
func isOfPast(text string) bool { return ofVersion.MatchString(text) || ofChange.MatchString(text) }

// parentheses finds what stands between parentheses.
var parentheses = regexp.MustCompile(`\([^()]*\)`)

// isPast reports whether a mention is about the past.
func (p *page) isPast(m mention, v verdict) bool {
	e := m.from
	if isLiteral(e) {
		if p.isPastLine(e, m.text.Start) {
			return true
		}
		if intro := p.introduction(e); intro != nil && isOfPast(lastSentence(newFlow(p.source, intro.Text).text)) {
			return true
		}
	} else if len(e.Text) > 0 {
		text := newFlow(p.source, e.Text).text
		at := sentenceAt(text, part{m.at, m.at})
		if isOfPast(text[at.from:at.to]) {
			return true
		}
	}
	for up := e; up != nil; up = up.Parent {
		if p.governs(up, v) {
			return true
		}
	}
	return false
}

// governs reports whether an element makes all that stands in it about the past.
func (p *page) governs(e *grammar.Element, v verdict) bool {
	switch e.Kind {
	case grammar.ListItem:
		if len(e.Children) > 0 && e.Children[0].Kind == grammar.Paragraph {
			for _, aside := range parentheses.FindAllString(p.textOf(e.Children[0]), -1) {
				if isOfPast(aside) {
					return true
				}
			}
		}
	case grammar.DirectiveBlock:
		return isChange(e) || isNote(e) && isOfPast(p.noteText(e))
	case grammar.Section:
		return p.governsSection(e, v)
	}
	return false
}

// An aside is a title or a note that says that its section is about the past.
type aside struct {
	names map[catalog.Reference]bool // the options that it speaks of; nil for all
}

// governsSection reports whether the title of a section, or a note in it, makes
// the section about the past, as far as the option is concerned.
func (p *page) governsSection(section *grammar.Element, v verdict) bool {
	asides, known := p.asides[section]
	if !known {
		asides = p.asidesOf(section)
		p.asides[section] = asides
	}
	for _, a := range asides {
		if a.names == nil || a.names[lower(v.about)] {
			return true
		}
	}
	return false
}

// asidesOf finds the asides of a section.
func (p *page) asidesOf(section *grammar.Element) (asides []aside) {
	for _, child := range section.Children {
		switch {
		case child.Kind == grammar.Title && isOfPast(p.textOf(child)):
			asides = append(asides, aside{})
		case child.Kind == grammar.DirectiveBlock && isNote(child) && isOfPast(p.noteText(child)):
			if names := p.namesIn(child); names != nil || ofVersion.MatchString(p.noteText(child)) {
				asides = append(asides, aside{names})
			}
		}
	}
	return asides
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
	inner.namesOnly = true
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

// lastSentence returns the last sentence of a text.
func lastSentence(text string) string {
	at := sentenceAt(text, part{len(text), len(text)})
	return text[at.from:]
}

// codeComment matches a line that is a comment, in whatever language, and finds
// its text.
var codeComment = regexp.MustCompile(`^\s*(?:#+|;+|//+|--|REM\b|::|<!--|/?\*+)\s*(.*)`)

// isPastLine reports whether the code comment that governs the line at offset of
// a literal block says that the line is about the past. It governs the lines up to
// the next comment.
func (p *page) isPastLine(e *grammar.Element, offset int) bool {
	comment, inComment := "", false
	for _, line := range e.Text {
		if m := codeComment.FindStringSubmatch(line.Value); m != nil {
			if !inComment {
				comment = ""
			}
			comment, inComment = comment+" "+m[1], true
		} else {
			inComment = false
		}
		if line.Start <= offset && offset <= line.End {
			if n := strings.IndexAny(line.Value, "#;"); n >= 0 && isOfPast(line.Value[n:]) {
				return true
			}
			return isOfPast(comment)
		}
	}
	return false
}
