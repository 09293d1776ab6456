package grammar

import (
	"regexp"
	"sync"
)

// field reads the field at line i and returns the line after it, or 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#field-lists
func (p *parser) field(s *body, i int, text []byte) int {
	name, n := fieldMarker(text)
	if n == 0 {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	b := p.gather(&s.block, i, gatherOptions{textStart: start + n})
	b.container = InFieldBody
	fields := p.listFor(s, FieldList, "", start)
	field := p.add(fields, Field, start, p.lines[b.end-1].end)
	p.setText(field, start+1, start+name)
	p.body(b, field)
	return b.end
}

// fieldMarker returns the offset of the colon after the field name at the start of text,
// and the length of the field marker and the blanks after it, or 0 if there is none. A
// colon inside the name is escaped, or neither a blank nor a backquote follows it.
func fieldMarker(text []byte) (name, end int) {
	if len(text) < 3 || text[0] != ':' || text[1] == ':' || text[1] == ' ' {
		return 0, 0
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case text[i] != ':' || i+1 < len(text) && text[i+1] != ' ' && text[i+1] != '`':
		case i+1 < len(text) && text[i+1] == '`' || text[i-1] == ' ':
			return 0, 0
		default:
			return i, markEnd(text, i+1)
		}
	}
	return 0, 0
}

// optionItem reads the option list item at line i and returns the line after it, or 0 if
// there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#option-lists
func (p *parser) optionItem(s *body, i int, text []byte) int {
	n := len(optionPattern().Find(text))
	if n == 0 {
		return 0
	}
	start, end := p.bounds(&s.block, i)
	b := p.gather(&s.block, i, gatherOptions{textStart: start + n})
	if start+n == end && b.end == i+1 {
		return 0
	}
	b.container = InOptionDescription
	options := p.listFor(s, OptionList, "", start)
	item := p.add(options, OptionItem, start, p.lines[b.end-1].end)
	item.ownDetails().Name = p.textAt(start, start+len(trimRight(text[:n])))
	p.body(b, item)
	return b.end
}

// optionPattern matches the options at the start of an option list item, and the two or
// more blanks after them: "-a", "-a ARG", "-aARG", "--long=ARG", "/V", with commas
// between them.
var optionPattern = sync.OnceValue(func() *regexp.Regexp {
	const (
		name     = `[a-zA-Z0-9][a-zA-Z0-9_-]*`
		argument = `(?:[a-zA-Z][a-zA-Z0-9_-]*|<[^<>]+>)`
		option   = `(?:[-+][a-zA-Z0-9](?: ?` + argument + `)?|(?:--|/)` + name + `(?:[ =]` + argument + `)?)`
	)
	return regexp.MustCompile(`^` + option + `(?:, ` + option + `)*(?:  +| ?$)`)
})

// firstByte returns the first byte of text, 0 if text is empty.
func firstByte(text []byte) byte {
	if len(text) == 0 {
		return 0
	}
	return text[0]
}

// lineBlock reads the line block at line i and returns the line after it, or 0 if there
// is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#line-blocks
func (p *parser) lineBlock(s *body, i int, text []byte) int {
	if markEnd(text, 1) == 0 {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	lines := p.add(s.parent, LineBlock, start, start)
	for !p.endsAt(&s.block, i) {
		text := p.lineText(&s.block, i)
		n := markEnd(text, 1)
		if text[0] != '|' || n == 0 {
			break
		}
		start, _ := p.bounds(&s.block, i)
		b := p.gather(&s.block, i, gatherOptions{textStart: start + n, untilBlank: true})
		i = b.end
		if b = p.trimmed(b); !b.isEmpty() {
			p.addRunning(lines, LineBlockLine, b)
		}
	}
	return i
}
