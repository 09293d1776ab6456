package grammar

import "cmp"

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

// A Diagnostic is one finding in one source: what is wrong, at which bytes, and
// what to write instead. It is a value; who finds it neither prints it nor
// decides about exit statuses.
type Diagnostic struct {
	Span     Span     // the exact words that the message is about
	Rule     string   // the rule's name, such as "bad-directive"
	Severity Severity // as the rule has it; configuration may change it
	Message  string   // one line, without a full stop: what is wrong
	Help     string   // what to write instead, or how to mend it; may be several lines
	// Suggestion is the one best replacement for the words at Span, or "".
	Suggestion string
	Declared   Place // where the data declares what the message speaks of; may be zero
}

// A Place is a line of a file of data. The zero value is no place.
type Place struct {
	Path string // as the file was named to the loader
	Line int    // from 1
}

// A Finding is a Diagnostic with its place resolved, so that the source need not
// be kept until it is printed.
type Finding struct {
	Diagnostic
	Path       string   // the page or file of data, as messages name it
	Start, End Position // of the Span; End is the position after the last character
	Text       string   // the source's bytes at the Span
	Line       string   // the source line that holds Start, without its line ending
}

// Resolve gives diagnostics of one source their path, positions and text.
func Resolve(path string, source []byte, diagnostics []Diagnostic) []Finding {
	if len(diagnostics) == 0 {
		return nil
	}
	lines := NewLines(source)
	findings := make([]Finding, len(diagnostics))
	for i, d := range diagnostics {
		d.Span.Start = min(max(d.Span.Start, 0), len(source))
		d.Span.End = min(max(d.Span.End, d.Span.Start), len(source))
		start := lines.Position(d.Span.Start)
		findings[i] = Finding{
			Diagnostic: d,
			Path:       path,
			Start:      start,
			End:        lines.Position(d.Span.End),
			Text:       string(d.Span.Of(source)),
			Line:       string(lines.Line(start.Line).Of(source)),
		}
	}
	return findings
}

// CompareFindings orders findings by path, line, column, rule and message.
func CompareFindings(a, b Finding) int {
	return cmp.Or(
		cmp.Compare(a.Path, b.Path),
		cmp.Compare(a.Start.Line, b.Start.Line),
		cmp.Compare(a.Start.Column, b.Start.Column),
		cmp.Compare(a.Rule, b.Rule),
		cmp.Compare(a.Message, b.Message),
	)
}
