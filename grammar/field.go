package grammar

// field reads the field at line i and returns the line after it; 0 if there is
// none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#field-lists
func (p *parser) field(s *body, i int, text []byte) int {
	name, n := fieldMarker(text)
	if n == 0 {
		return 0
	}
	start, _ := p.bounds(&s.block, i)
	b := p.gather(&s.block, i, gathering{lo: start + n})
	b.container = InFieldBody
	fields := p.join(s, FieldList, list{kind: FieldList}, start)
	field := p.add(fields, Field, start, p.lines[b.end-1].end)
	p.setText(field, start+1, start+name)
	p.body(b, field)
	return b.end
}

// fieldMarker returns the offset of the colon that closes the field name at the
// beginning of text, and the length of the field marker with the blanks after
// it; that is 0 if there is none. A colon in the name is escaped, or followed by
// neither a blank nor a backquote.
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

// optionItem reads the item of an option list at line i and returns the line
// after it; 0 if there is none.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#option-lists
func (p *parser) optionItem(s *body, i int, text []byte) int {
	n := optionMarker(text)
	if n == 0 {
		return 0
	}
	start, end := p.bounds(&s.block, i)
	b := p.gather(&s.block, i, gathering{lo: start + n})
	if start+n == end && b.end == i+1 {
		return 0
	}
	b.container = InOptionDescription
	options := p.join(s, OptionList, list{kind: OptionList}, start)
	item := p.add(options, OptionItem, start, p.lines[b.end-1].end)
	item.own().Name = p.textAt(start, start+len(trimRight(text[:n])))
	p.body(b, item)
	return b.end
}

// optionMarker returns the length of the options that text begins with, with
// the two or more blanks after them; 0 if it begins with none.
func optionMarker(text []byte) int {
	n := 0
	for {
		m := option(text[n:])
		if m == 0 {
			return 0
		}
		n += m
		if n+1 < len(text) && text[n] == ',' && text[n+1] == ' ' {
			n += 2
			continue
		}
		end := markEnd(text, n)
		if end < len(text) && end < n+2 {
			return 0
		}
		return end
	}
}

// option returns the length of the option that text begins with, its argument
// included: "-a", "-a ARG", "-aARG", "--long=ARG", "/V". It is 0 if there is none.
func option(text []byte) int {
	n := 1
	long := firstByte(text) == '/' || len(text) > 1 && text[0] == '-' && text[1] == '-'
	switch {
	case long && text[0] == '-':
		n = 2
	case !long && firstByte(text) != '-' && firstByte(text) != '+':
		return 0
	}
	if n >= len(text) || !isAlnum(text[n]) {
		return 0
	}
	for n++; long && n < len(text) && isOptionByte(text[n]); n++ {
	}
	m := n
	switch {
	case m < len(text) && (text[m] == ' ' || long && text[m] == '='):
		m++
	case long:
		return n
	}
	return n + optionArgument(text[n:], m-n)
}

// firstByte returns the first byte of text, 0 if there is none.
func firstByte(text []byte) byte {
	if len(text) == 0 {
		return 0
	}
	return text[0]
}

// optionArgument returns the length of the option argument at text[n:], plus n,
// or 0 if there is none: a word, or anything between angle brackets.
func optionArgument(text []byte, n int) int {
	switch c := firstByte(text[n:]); {
	case isLetter(c):
		for n++; n < len(text) && isOptionByte(text[n]); n++ {
		}
		return n
	case c == '<':
		for i := n + 1; i < len(text) && text[i] != '<'; i++ {
			if text[i] == '>' && i > n+1 {
				return i + 1
			}
			if text[i] == '>' {
				return 0
			}
		}
	}
	return 0
}

// isOptionByte reports whether c may stand in the name of an option.
func isOptionByte(c byte) bool { return isAlnum(c) || c == '-' || c == '_' }

// lineBlock reads the line block that begins at line i and returns the line
// after it; 0 if there is none.
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
		b := p.gather(&s.block, i, gathering{lo: start + n, untilBlank: true})
		i = b.end
		if b = p.trimmed(b); !b.isEmpty() {
			p.addRunning(lines, LineBlockLine, b)
		}
	}
	return i
}
