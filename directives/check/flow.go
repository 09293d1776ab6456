package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/grammar"
)

// A flow is running text as one string, its lines joined by blanks, which knows
// where each part of it stands in the source.
type flow struct {
	text   string
	lines  []grammar.Text
	starts []int // offset in text of each line
	source []byte
}

// newFlow joins the lines of an element's text.
func newFlow(source []byte, lines []grammar.Text) *flow {
	f := &flow{lines: lines, starts: make([]int, len(lines)), source: source}
	if len(lines) == 1 {
		f.text = lines[0].Value
		return f
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte(' ')
		}
		f.starts[i] = b.Len()
		b.WriteString(l.Value)
	}
	f.text = b.String()
	return f
}

// span returns the source's span of text[from:to].
func (f *flow) span(from, to int) grammar.Span {
	return grammar.Span{Start: f.offset(from), End: f.offset(to)}
}

// offset returns the offset in the source of offset at in the text.
func (f *flow) offset(at int) int {
	i := len(f.starts) - 1
	for i > 0 && f.starts[i] > at {
		i--
	}
	return offsetIn(f.source, f.lines[i], at-f.starts[i])
}

// find returns the offset in the text of offset at in the source.
func (f *flow) find(at int) int {
	i := len(f.lines) - 1
	for i > 0 && f.lines[i].Start > at {
		i--
	}
	line := f.lines[i]
	if line.Len() == len(line.Value) {
		return f.starts[i] + min(max(at-line.Start, 0), line.Len())
	}
	for n := range line.Value {
		if offsetIn(f.source, line, n) >= at {
			return f.starts[i] + n
		}
	}
	return f.starts[i] + len(line.Value)
}

// offsetIn returns the offset in the source of offset at in a text's value. Where
// the two differ, by tabs or by line breaks with their margins, both are read
// side by side.
func offsetIn(source []byte, t grammar.Text, at int) int {
	if t.Len() == len(t.Value) {
		return t.Start + min(at, len(t.Value))
	}
	in := t.Start
	for n := 0; n < at && n < len(t.Value) && in < t.End; {
		r, size := utf8.DecodeRuneInString(t.Value[n:])
		if r != ' ' {
			_, width := utf8.DecodeRune(source[in:])
			in, n = in+width, n+size
			continue
		}
		for n < len(t.Value) && t.Value[n] == ' ' {
			n++
		}
		for in < t.End && isBlank(source[in]) {
			in++
		}
	}
	return in
}

// isBlank reports whether c is white space within a page.
func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f'
}

// isWordByte reports whether c may stand in the name of an option: an ASCII
// letter, a digit or an underscore, or part of a letter beyond ASCII.
func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// wordEnd returns the end of the word that begins at offset at of s. Letters of
// all alphabets count, so that "KEYé" is one word, which names nothing.
func wordEnd(s string, at int) int {
	for at < len(s) && isWordByte(s[at]) {
		if s[at] < utf8.RuneSelf {
			at++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		at += size
	}
	return at
}

// nameEnd returns the end of the name, which may hold dots and hyphens between
// its words, that begins at offset at of s.
func nameEnd(s string, at int) int {
	end := wordEnd(s, at)
	for end > at && end+1 < len(s) && (s[end] == '.' || s[end] == '-') && isWordByte(s[end+1]) {
		end = wordEnd(s, end+1)
	}
	return end
}
