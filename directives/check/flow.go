package check

import (
	"sort"
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
	ends   []int // where the sentences end, once asked for
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
	i := max(sort.SearchInts(f.starts, at+1)-1, 0)
	return offsetIn(f.source, f.lines[i], at-f.starts[i])
}

// find returns the offset in the text of offset at in the source.
func (f *flow) find(at int) int {
	i := max(sort.Search(len(f.lines), func(i int) bool { return f.lines[i].Start > at })-1, 0)
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
	if end == at {
		return at
	}
	return nameGoesOn(s, end)
}

// nameGoesOn returns the end of the name of which a word ends at offset end of s.
func nameGoesOn(s string, end int) int {
	for end+1 < len(s) && (s[end] == '.' || s[end] == '-') {
		next := wordEnd(s, end+1)
		if next == end+1 {
			break
		}
		end = next
	}
	return end
}

// sentence returns the sentence of the text that holds offset at.
func (f *flow) sentence(at int) part {
	if f.ends == nil {
		f.ends = sentenceEnds(f.text)
	}
	i := min(sort.SearchInts(f.ends, at+1), len(f.ends)-1)
	from := 0
	if i > 0 {
		from = f.ends[i-1]
	}
	return part{from, f.ends[i]}
}

// sentenceEnds returns where the sentences of a text end, the blank behind them
// included; the last is the end of the text.
func sentenceEnds(text string) (ends []int) {
	for i := 0; i+1 < len(text); i++ {
		if text[i+1] != ' ' || strings.IndexByte(".!?)\"'", text[i]) < 0 {
			continue
		}
		mark := strings.TrimRight(text[max(0, i-3):i+1], ")\"'")
		if mark != "" && strings.IndexByte(".!?", mark[len(mark)-1]) >= 0 && !isAbbreviation(text[:i+1]) {
			ends = append(ends, i+2)
		}
	}
	return append(ends, len(text))
}

// abbreviations end in a full stop that ends no sentence.
var abbreviations = [...]string{"e.g.", "i.e.", "f.e.", "etc.", "cf.", "vs.", "resp.", "ex."}

// isAbbreviation reports whether a text ends in an abbreviation.
func isAbbreviation(text string) bool {
	for _, a := range abbreviations {
		if len(text) >= len(a) && strings.EqualFold(text[len(text)-len(a):], a) {
			return true
		}
	}
	return false
}
