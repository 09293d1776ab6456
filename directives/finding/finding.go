// Package finding defines what windsock reports about pages and data files: a
// [Finding], its severity, and the names of the rules that findings break.
package finding

import (
	"cmp"
	"slices"
	"unicode/utf8"
	"windsock/grammar"
)

// A Severity decides what a finding does to the exit status.
type Severity int

// The severities, in rising order. A finding that is Off is not reported.
const (
	Off     Severity = iota
	Warning          // fails the run only under --strict
	Error            // fails the run
)

// String returns the word used in messages and in the project file.
func (s Severity) String() string { return [...]string{"off", "warning", "error"}[s] }

// A Finding is a fault at a span of a page or data file. It is a plain value: the
// code that reports it does not print it or set the exit status.
type Finding struct {
	Span     grammar.Span // the words that Message is about
	Rule     string       // the name of the rule, such as "bad-directive"
	Severity Severity     // the rule's own; the project file and flags can change it
	Message  string       // what is wrong, on one line without a full stop
	Help     string       // what to write instead, on one or more lines; "" for no advice
	// Suggestion replaces the words at Span if Certain is set. Otherwise it is the name
	// that they probably mean. It is "" if there is no suggestion.
	Suggestion string
	Certain    bool  // --fix can write Suggestion
	Declared   Place // where the data declares the subject of Message; can be zero
	// About is the one option or section that the finding is about, zero if there are
	// none or several. A comment can silence a rule for one option.
	About Option
}

// An Option is the name of an option, or of a section if Name is empty.
type Option struct{ Section, Name string }

// A Place is a line of a data file. The zero value means no place.
type Place struct {
	Path string // as passed to the loader
	Line int    // from 1
}

// A Located is a Finding with its path, positions and text. Printing it does not
// need the source.
type Located struct {
	Finding
	Path       string           // the page or data file, as messages name it
	Start, End grammar.Position // of Span; End is the position after its last character
	Text       string           // the source text at Span
	Line       string           // the line that contains Start, or an excerpt of a long one
	LineColumn int              // the column of the first character of Line, 1 unless it is an excerpt
}

// Resolve locates the findings of a source. It returns them in the same order.
func Resolve(path string, source []byte, findings []Finding) []Located {
	if len(findings) == 0 {
		return nil
	}
	located := make([]Located, len(findings))
	order := make([]int, len(findings))
	for i, f := range findings {
		f.Span.Start = min(max(f.Span.Start, 0), len(source))
		f.Span.End = min(max(f.Span.End, f.Span.Start), len(source))
		located[i] = Located{Finding: f, Path: path}
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return located[a].Span.Start - located[b].Span.Start })
	l := locator{source: source, lines: grammar.NewLines(source)}
	for _, i := range order {
		l.locate(&located[i])
	}
	return located
}

// A locator computes the positions of findings in a source. Findings should be
// sorted by offset: on the line of the last finding, the locator counts columns
// from there.
type locator struct {
	source   []byte
	lines    *grammar.Lines
	offset   int              // where the last finding begins
	position grammar.Position // of offset
	text     string           // of the line that contains offset, shared by all findings on it
}

// locate sets the positions and texts of a finding.
func (l *locator) locate(f *Located) {
	source, start := l.source, f.Span.Start
	n := l.lines.Number(start)
	line := l.lines.Line(n)
	if n != l.position.Line {
		l.text = string(line.Of(source))
	}
	if n == l.position.Line && l.offset <= start {
		f.Start = grammar.Position{Line: n, Column: l.position.Column + utf8.RuneCount(source[l.offset:start])}
	} else {
		f.Start = l.lines.Position(start)
	}
	l.offset, l.position = max(start, line.Start), f.Start
	if l.lines.Number(f.Span.End) == n {
		f.End = grammar.Position{Line: n, Column: f.Start.Column + utf8.RuneCount(source[l.offset:max(f.Span.End, l.offset)])}
	} else {
		f.End = l.lines.Position(f.Span.End)
	}
	f.Text = string(f.Span.Of(source))
	f.Line, f.LineColumn = excerpt(l.text, start-line.Start, f.Start.Column)
}

// excerptMargin is the length in bytes of an excerpt on each side of the finding.
const excerptMargin = 320

// excerpt returns the part of a line around the byte at offset, which is at the given
// column, and the column of the first character of that part. It bounds the memory
// for many findings on one very long line.
func excerpt(line string, offset, column int) (string, int) {
	if len(line) <= 2*excerptMargin {
		return line, 1
	}
	start, end := max(0, offset-excerptMargin), min(len(line), offset+excerptMargin)
	for range utf8.UTFMax - 1 { // a character has at most three continuation bytes
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
