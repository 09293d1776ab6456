package check

import (
	"slices"
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

	aligned grammar.Alignment
}

// newFlow joins the lines of an element's text with blanks.
func newFlow(source []byte, lines []grammar.Text) *flow { return joinedBy(" ", source, lines) }

// joinedBy joins texts with something between each two.
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

// span returns the source's span of text[from:to].
func (f *flow) span(from, to int) grammar.Span {
	return grammar.Span{Start: f.offset(from), End: f.offset(to)}
}

// offset returns the offset in the source of offset at in the text.
func (f *flow) offset(at int) int {
	i := max(sort.SearchInts(f.starts, at+1)-1, 0)
	return f.aligned.Offset(f.source, f.lines[i], at-f.starts[i])
}

// find returns the offset in the text of offset at in the source.
func (f *flow) find(at int) int {
	i := max(sort.Search(len(f.lines), func(i int) bool { return f.lines[i].Start > at })-1, 0)
	return f.starts[i] + f.aligned.Find(f.source, f.lines[i], at)
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
	for end > at && end+1 < len(s) && (s[end] == '.' || s[end] == '-') {
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

// maxSentence is how many bytes a sentence may have before a blank ends it: what is
// known of a sentence stays in memory until it ends.
const maxSentence = 64 << 10

// sentenceEnds returns where the sentences of a text end, the blank behind them
// included; the last is the end of the text.
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

// endsSentence reports whether a text ends in what ends a sentence: a mark, perhaps
// with quotes and parentheses behind it.
func endsSentence(text string) bool {
	if strings.IndexByte(".!?)\"'", text[len(text)-1]) < 0 {
		return false
	}
	mark := strings.TrimRight(text[max(0, len(text)-4):], ")\"'")
	return mark != "" && strings.IndexByte(".!?", mark[len(mark)-1]) >= 0 && !isAbbreviation(text)
}

// abbreviations end in a full stop that ends no sentence.
var abbreviations = []string{"e.g.", "i.e.", "f.e.", "etc.", "cf.", "vs.", "resp.", "ex."}

// isAbbreviation reports whether a text ends in an abbreviation.
func isAbbreviation(text string) bool {
	return slices.ContainsFunc(abbreviations, func(a string) bool { return hasSuffixFold(text, a) })
}
