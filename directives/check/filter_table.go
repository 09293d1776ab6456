package check

import "bytes"

// hasCells reports whether the page has tables, in whose cells "section" or a slash
// may begin or end a line.
func (f *filter) hasCells() bool {
	return f.cells.ask(func() bool { return f.hasBorders() && (hasSection(f.source) || hasSlash(f.source)) })
}

// blockHolds reports whether the block of lines looked at last, unless it is too long to
// be looked through, holds something.
func (f *filter) blockHolds(what func([]byte) bool) bool {
	block := f.source[f.blockAt.from:f.blockAt.to]
	return len(block) > maxBlock || what(block)
}

// hasSlash reports whether a text holds a slash with a blank before or behind it.
func hasSlash(text []byte) bool {
	return bytes.Contains(text, []byte("/ ")) || bytes.Contains(text, []byte(" /"))
}

// hasBorders reports whether the page may hold a grid table or a simple table.
func (f *filter) hasBorders() bool {
	return f.borders.ask(func() bool { return bytes.Contains(f.source, []byte("+-")) || hasSimpleBorder(f.source) })
}

// hasSimpleBorder reports whether a text may hold the border of a simple table:
// equals signs with blanks between.
func hasSimpleBorder(text []byte) bool {
	for {
		n := bytes.IndexByte(text, '=')
		if n < 0 {
			return false
		}
		text = text[n:]
		for len(text) > 0 && text[0] == '=' {
			text = text[1:]
		}
		rest := bytes.TrimLeft(text, " \t\v\f")
		if len(rest) < len(text) && len(rest) > 0 && rest[0] == '=' {
			return true
		}
		text = rest
	}
}
