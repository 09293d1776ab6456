// Package finding holds what is wrong in pages and in data: a Finding, its
// severity, and the names of the rules that findings break.
package finding

import (
	"cmp"
	"slices"
	"unicode/utf8"
	"windsock/grammar"
)

// A Severity says what a finding does to the exit status.
type Severity int

// The severities, in rising order. Off is never reported.
const (
	Off     Severity = iota
	Warning          // printed; fails a run only under --strict
	Error            // fails the run
)

// String returns the word used in messages and in the project file.
func (s Severity) String() string { return [...]string{"off", "warning", "error"}[s] }

// A Finding is one fault in one source: what is wrong, at which bytes, and
// what to write instead. It is a value; who finds it neither prints it nor
// decides about exit statuses.
type Finding struct {
	Span     grammar.Span // the exact words that the message is about
	Rule     string       // the rule's name, such as "bad-directive"
	Severity Severity     // as the rule has it; configuration may change it
	Message  string       // one line, without a full stop: what is wrong
	Help     string       // what to write instead, or how to mend it; may be several lines
	// Suggestion is the one best replacement for the words at Span or, unless
	// Certain, what they were probably meant to name; "" if nothing is known.
	Suggestion string
	Certain    bool  // the Suggestion may be written in their place without asking
	Declared   Place // where the data declares what the message speaks of; may be zero
	// About is the one option, or section, that the finding is about; zero if that is none
	// or several. A comment may silence a rule for one option alone.
	About Option
}

// An Option is the name of an option, or of a section alone if its Name is "".
type Option struct{ Section, Name string }

// A Place is a line of a file of data. The zero value is no place.
type Place struct {
	Path string // as the file was named to the loader
	Line int    // from 1
}

// A Located is a Finding with its place resolved, so that the source need not
// be kept until it is printed.
type Located struct {
	Finding
	Path       string           // the page or file of data, as messages name it
	Start, End grammar.Position // of the Span; End is the position after the last character
	Text       string           // the source's bytes at the Span
	Line       string           // the source line that holds Start, or as much of it as a message can use
	LineColumn int              // the column of Line's first character: 1, unless the line is very long
}

// Resolve gives the findings of one source their path, positions and text.
func Resolve(path string, source []byte, findings []Finding) []Located {
	if len(findings) == 0 {
		return nil
	}
	located := make([]Located, len(findings))
	order := make([]int, len(findings))
	for i, d := range findings {
		d.Span.Start = min(max(d.Span.Start, 0), len(source))
		d.Span.End = min(max(d.Span.End, d.Span.Start), len(source))
		located[i] = Located{Finding: d, Path: path}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return located[a].Span.Start - located[b].Span.Start })
	p := placer{source: source, lines: grammar.NewLines(source)}
	for _, i := range order {
		p.place(&located[i])
	}
	return located
}

// A placer gives findings in one source their positions. It is quickest with
// those that come in order, since it goes on counting columns from the last.
type placer struct {
	source []byte
	lines  *grammar.Lines
	offset int // of the last finding
	last   grammar.Position
	text   string // the line that holds the last finding, which all on it share
}

// place fills in a finding's positions and source line.
func (p *placer) place(f *Located) {
	source, start := p.source, f.Span.Start
	n := p.lines.Number(start)
	line := p.lines.Line(n)
	if n != p.last.Line {
		p.text = string(line.Of(source))
	}
	if n == p.last.Line && p.offset <= start {
		f.Start = grammar.Position{Line: n, Column: p.last.Column + utf8.RuneCount(source[p.offset:start])}
	} else {
		f.Start = p.lines.Position(start)
	}
	p.offset, p.last = max(start, line.Start), f.Start
	if p.lines.Number(f.Span.End) == n {
		f.End = grammar.Position{Line: n, Column: f.Start.Column + utf8.RuneCount(source[p.offset:max(f.Span.End, p.offset)])}
	} else {
		f.End = p.lines.Position(f.Span.End)
	}
	if line.Contains(f.Span) {
		f.Text = p.text[f.Span.Start-line.Start : f.Span.End-line.Start]
	} else {
		f.Text = string(f.Span.Of(source))
	}
	f.Line, f.LineColumn = excerpt(p.text, start-line.Start, f.Start.Column)
}

// excerptMargin is how many bytes an excerpt of a long line reaches to either
// side. No message shows more.
const excerptMargin = 320

// excerpt returns a line around the byte at offset, which stands in that column,
// and the column of its first character. Of a very long line it returns a part,
// so that many findings on one line cost no more than as many lines.
func excerpt(line string, offset, column int) (string, int) {
	if len(line) <= 2*excerptMargin {
		return line, 1
	}
	start, end := max(0, offset-excerptMargin), min(len(line), offset+excerptMargin)
	for range utf8.UTFMax - 1 {
		if start > 0 && !utf8.RuneStart(line[start]) {
			start++
		}
		if end < len(line) && !utf8.RuneStart(line[end]) {
			end--
		}
	}
	return line[start:end], column - utf8.RuneCountInString(line[start:min(offset, len(line))])
}

// Compare orders findings by path, line, column, rule and message.
func Compare(a, b Located) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Start.Line, b.Start.Line),
		cmp.Compare(a.Start.Column, b.Start.Column),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}
