package grammar

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"
)

// A page is a source divided into lines as docutils divides it: LF, CRLF, CR and some
// characters of Unicode end a line, form feeds become blanks, tabs extend to the next
// multiple of 8 columns, and trailing white space is removed.
// https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#whitespace
type page struct {
	source []byte
	// text is source, followed by copies of the lines with tabs or form feeds, which the
	// copies expand. An offset below len(source) is therefore the same in both.
	text    []byte
	offsets []int32 // offsets in source of the bytes of text after source
	lines   []line  // of the page, and those of the cell being read
	values  string  // text as a string, shared by all Values of the page
}

// A line is the position of one line in the page's text.
type line struct {
	start, end int  // offsets in page.text, without trailing white space
	indent     int  // number of leading white space characters
	next       int  // index of the next line that is not blank, or len(lines)
	odd        bool // the indentation contains white space other than blanks
}

// tabWidth is the distance between tab stops, in characters.
const tabWidth = 8

// A byteSet is a set of bytes: those whose entry is true.
type byteSet [256]bool

// specialBytes is the set of bytes that start a line break, or that rewrite expands.
var specialBytes = func() (set byteSet) {
	for _, b := range []byte("\n\r\x1c\x1d\x1e\t\v\f\xc2\xe2") {
		set[b] = true
	}
	return set
}()

// newPage divides source into lines, in time linear in its length. It reuses the memory
// of buffer.
func newPage(source []byte, buffer []line) page {
	p := page{source: source, text: source[:len(source):len(source)]}
	p.lines = slices.Grow(buffer[:0], bytes.Count(source, []byte{'\n'})+1)
	start := 0
	if bytes.HasPrefix(source, []byte(byteOrderMark)) {
		start = len(byteOrderMark)
	}
	for start < len(source) {
		end, next, clean := lineEnd(source, start)
		if clean {
			p.addLine(start, end)
		} else {
			p.rewrite(start, end)
		}
		start = next
	}
	p.link(0)
	p.values = string(p.text)
	return p
}

// lineEnd returns the offsets of the end of the line at start and of the next line. clean
// reports whether the line has neither tabs nor form feeds.
func lineEnd(source []byte, start int) (end, next int, clean bool) {
	clean = true
	for i := start; i < len(source); i++ {
		if !specialBytes[source[i]] {
			continue
		}
		switch n := lineBreak(source[i:]); {
		case n > 0:
			return i, i + n, clean
		case source[i] < 0x80:
			clean = false
		}
	}
	return len(source), len(source), clean
}

// lineBreak returns the length in bytes of the line break at the start of s, 0 if there
// is none.
func lineBreak(s []byte) int {
	switch s[0] {
	case '\n', '\x1c', '\x1d', '\x1e':
		return 1
	case '\r':
		if len(s) > 1 && s[1] == '\n' {
			return 2
		}
		return 1
	case 0xc2: // U+0085
		if len(s) > 1 && s[1] == 0x85 {
			return 2
		}
	case 0xe2: // U+2028 and U+2029
		if len(s) > 2 && s[1] == 0x80 && (s[2] == 0xa8 || s[2] == 0xa9) {
			return 3
		}
	}
	return 0
}

// rewrite adds the line source[start:end] with its tabs and form feeds expanded. Line
// feeds around the copy ensure that no line starts at the offset where another ends.
func (p *page) rewrite(start, end int) {
	p.write('\n', start)
	from, column := len(p.text), 0
	for i := start; i < end; {
		n := 1
		switch b := p.source[i]; b {
		case '\t':
			for p.write(' ', i); (column+1)%tabWidth > 0; column++ {
				p.write(' ', i)
			}
		case '\v', '\f':
			p.write(' ', i)
		default:
			_, n = utf8.DecodeRune(p.source[i:end])
			for k := range n {
				p.write(p.source[i+k], i+k)
			}
		}
		i, column = i+n, column+1
	}
	p.addLine(from, len(p.text))
	p.write('\n', end)
}

// write appends a byte to the text, and its offset in the source.
func (p *page) write(b byte, offset int) {
	p.text, p.offsets = append(p.text, b), append(p.offsets, int32(offset))
}

// addLine adds the line text[start:end] without its trailing white space.
func (p *page) addLine(start, end int) {
	l := line{start: start, end: start + len(trimRight(p.text[start:end]))}
	for i := l.start; i < l.end; l.indent++ {
		r, n := utf8.DecodeRune(p.text[i:l.end])
		if !IsSpace(r) {
			break
		}
		l.odd = l.odd || r != ' '
		i += n
	}
	p.lines = append(p.lines, l)
}

// link sets the next field of the lines from first on.
func (p *page) link(first int) {
	next := len(p.lines)
	for i := len(p.lines) - 1; i >= first; i-- {
		p.lines[i].next = next
		if !p.lines[i].blank() {
			next = i
		}
	}
}

// blank reports whether the line is empty or white space.
func (l *line) blank() bool { return l.start == l.end }

// trimRight returns s without trailing white space.
func trimRight(s []byte) []byte { return bytes.TrimRightFunc(s, IsSpace) }

// IsSpace reports whether docutils, that is, Python, considers r white space.
func IsSpace(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f ||
		r >= 0x85 && unicode.IsSpace(r)
}

// columnOffset returns the offset of the character of the line that is count characters
// from its left margin, or the end of the line.
func (p *page) columnOffset(l *line, count int) int {
	if !l.odd {
		return min(l.start+count, l.end)
	}
	i := l.start
	for ; count > 0 && i < l.end; count-- {
		_, n := utf8.DecodeRune(p.text[i:l.end])
		i += n
	}
	return i
}

// sourceOffset converts an offset in the text to one in the source.
func (p *page) sourceOffset(offset int) int {
	if offset <= len(p.source) {
		return offset
	}
	return int(p.offsets[offset-len(p.source)])
}

// span returns the span in the source of text[start:end]. Both offsets must be within
// lines.
func (p *page) span(start, end int) Span {
	return Span{p.sourceOffset(start), p.sourceOffset(end)}
}

// textAt returns text[start:end] as a Text.
func (p *page) textAt(start, end int) Text {
	return Text{p.span(start, end), p.values[start:end]}
}
