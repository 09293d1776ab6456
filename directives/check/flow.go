package check

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/grammar"
)

// A flow is running text as one string, with a map from its offsets to those of the source.
type flow struct {
	text   string
	lines  []grammar.Text
	starts []int // the offset of each line in text
	source []byte
	ends   []int // the ends of the sentences; nil until needed

	aligned grammar.Alignment
}

// newFlow joins the lines of an element's text with blanks.
func newFlow(source []byte, lines []grammar.Text) *flow { return joinedBy(" ", source, lines) }

// joinedBy joins the lines of an element's text with a separator.
func joinedBy(between string, source []byte, lines []grammar.Text) *flow {
	f := &flow{lines: lines, starts: make([]int, len(lines)), source: source}
	if len(lines) == 1 {
		f.text = lines[0].Value
		return f
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteString(between)
		}
		f.starts[i] = b.Len()
		b.WriteString(l.Value)
	}
	f.text = b.String()
	return f
}

// span returns the span of text[from:to] in the source.
func (f *flow) span(from, to int) grammar.Span {
	return grammar.Span{Start: f.offset(from), End: f.offset(to)}
}

// offset converts an offset in the text to one in the source.
func (f *flow) offset(at int) int {
	i := max(sort.SearchInts(f.starts, at+1)-1, 0)
	return f.aligned.Offset(f.source, f.lines[i], at-f.starts[i])
}

// find converts an offset in the source to one in the text.
func (f *flow) find(at int) int {
	i := max(sort.Search(len(f.lines), func(i int) bool { return f.lines[i].Start > at })-1, 0)
	return f.starts[i] + f.aligned.Find(f.source, f.lines[i], at)
}

// isWordByte reports whether c is allowed in a word: an ASCII letter, a digit, an underscore, or
// any byte of a character outside ASCII.
func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z' || c >= utf8.RuneSelf
}

// wordEnd returns the end of the word at offset at of s. Letters of all alphabets count: "KEYé" is
// one word.
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

// nameEnd returns the end of the name at offset at of s: words with single dots or hyphens between
// them.
func nameEnd(s string, at int) int {
	end := wordEnd(s, at)
	for end > at && end+1 < len(s) && (s[end] == '.' || s[end] == '-') {
		next := wordEnd(s, end+1)
		if next == end+1 {
			break
		}
		end = next
	}
	return end
}

// sentence returns the sentence at an offset of the text.
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

// maxSentence is the number of bytes after which a blank ends a sentence, to limit memory.
const maxSentence = 64 << 10

// sentenceEnds returns the ends of the sentences of a text, including the blank behind each; the
// last is the end of the text.
func sentenceEnds(text string) (ends []int) {
	start := 0
	for i := 0; i+1 < len(text); i++ {
		if text[i+1] == ' ' && (endsSentence(text[:i+1]) || i-start >= maxSentence) {
			start = i + 2
			ends = append(ends, start)
		}
	}
	return append(ends, len(text))
}

// endsSentence reports whether a text ends a sentence: with a full stop, an exclamation mark or a
// question mark, perhaps followed by quotes and parentheses.
func endsSentence(text string) bool {
	if strings.IndexByte(".!?)\"'", text[len(text)-1]) < 0 {
		return false
	}
	mark := strings.TrimRight(text[max(0, len(text)-4):], ")\"'")
	return mark != "" && strings.IndexByte(".!?", mark[len(mark)-1]) >= 0 && !isAbbreviation(text)
}

// abbreviations end in a full stop that does not end a sentence.
var abbreviations = []string{"e.g.", "i.e.", "f.e.", "etc.", "cf.", "vs.", "resp.", "ex."}

// isAbbreviation reports whether a text ends in an abbreviation.
func isAbbreviation(text string) bool {
	return slices.ContainsFunc(abbreviations, func(a string) bool { return hasSuffixFold(text, a) })
}
