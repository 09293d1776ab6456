package grammar

import "bytes"

// sections tracks the levels of the section titles in a body.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections
type sections struct {
	styles []style    // by level, in the order of their first use
	level  int        // number of open sections
	open   []*Element // the open sections
}

// A style is the punctuation above and below a title.
type style struct {
	over, under byte // over is 0 if there is no overline
}

// enter moves to the section that a title of style t opens. It reports false if the title
// skips a level.
func (s *sections) enter(t style) bool {
	level := 1
	for level <= len(s.styles) && s.styles[level-1] != t {
		level++
	}
	if level > s.level+1 {
		return false
	}
	if level > len(s.styles) {
		s.styles = append(s.styles, t)
	}
	s.level = level
	return true
}

// shortRule is the minimum length of a line of punctuation that is always a rule.
// docutils reads many shorter ones as text.
const shortRule = 4

// underlinedTitle reads the title at line i, whose underline is the next line. It returns
// the line after both, or 0 if they are ordinary text.
func (p *parser) underlinedTitle(s *body, i int) int {
	start, end := p.bounds(&s.block, i)
	under := p.lineText(&s.block, i+1)
	if len(under) < shortRule && Width(p.text[start:end]) > len(under) {
		return 0
	}
	if s.titles {
		p.section(s, style{under: under[0]}, start, end, i+1)
	}
	return i + 2
}

// rule reads a title with an overline or a transition at line i, a line of punctuation.
// It returns the line after it, or 0 if line i is ordinary text. It skips lines that
// docutils reports as a malformed title.
func (p *parser) rule(s *body, i int, over []byte) int {
	b := &s.block
	isShort := len(over) < shortRule
	next := i + 1
	switch {
	case !s.titles:
	case p.endsAt(b, next):
		if !isShort {
			p.addBlock(s.parent, Transition, b.from(i).upTo(next))
		}
	case p.indentOf(b, next) == 0 && isRule(p.lineText(b, next)):
		next++
	case p.overlinedTitle(s, i, over):
		return i + 3
	default:
		next = min(i+3, b.end)
	}
	if isShort {
		return 0
	}
	return next
}

// overlinedTitle reads the title at line i+1, between its overline and its underline. It
// reports whether there is one.
func (p *parser) overlinedTitle(s *body, i int, over []byte) bool {
	b := &s.block
	if i+2 >= b.end || !bytes.Equal(over, p.lineText(b, i+2)) {
		return false
	}
	start, end := p.bounds(b, i+1)
	if len(over) < shortRule && Width(p.text[start:end]) > len(over) {
		return false
	}
	start += p.indentBytes(start, end)
	p.section(s, style{over[0], over[0]}, start, end, i+2)
	return true
}

// indentBytes returns the length in bytes of the white space at the start of
// text[start:end].
func (p *parser) indentBytes(start, end int) int {
	return end - start - len(bytes.TrimLeftFunc(p.text[start:end], IsSpace))
}

// section opens a section, unless its title skips a level. The title is text[start:end],
// and its underline is line under.
func (p *parser) section(s *body, t style, start, end, under int) {
	if !s.sections.enter(t) {
		return
	}
	open := s.sections.open
	if len(open) == 0 {
		open = append(open, s.parent)
	}
	open = open[:s.sections.level]
	e := p.add(open[len(open)-1], Section, start, p.lines[under].end)
	s.sections.open = append(open, e)
	s.parent = e
	p.addText(e, Title, start, end).ownDetails().Name = p.textAt(p.bounds(&s.block, under))
}

// isRule reports whether text consists of one repeated punctuation character.
func isRule(text []byte) bool {
	if !isPunctuation(text[0]) {
		return false
	}
	for _, c := range text {
		if c != text[0] {
			return false
		}
	}
	return true
}

// isPunctuation reports whether c is a printable ASCII character other than a
// letter, a digit or a blank.
func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !isAlnum(c)
}

// isAlnum reports whether c is an ASCII letter or digit.
func isAlnum(c byte) bool { return isLetter(c) || isDigit(c) }

// isLetter reports whether c is an ASCII letter.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// isDigit reports whether c is an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
