package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A textWriter writes findings as text, like a compiler.
type textWriter struct {
	w   io.Writer
	ink ink
}

// newTextWriter returns a textWriter to w.
func newTextWriter(w io.Writer, ink ink) findingWriter { return textWriter{w, ink} }

// close implements [findingWriter].
func (p textWriter) close(outcome) {}

// write implements [findingWriter].
func (p textWriter) write(findings []finding.Located) {
	buffer := bufio.NewWriterSize(p.w, 16<<10)
	for _, f := range findings {
		textWriter{buffer, p.ink}.finding(f)
	}
	buffer.Flush()
}

// finding writes one finding: its place and message, the source line with the
// words marked, what to write instead, and where the data declares it.
func (p textWriter) finding(f finding.Located) {
	tone := p.ink.failure
	if f.Severity == finding.Warning {
		tone = p.ink.warning
	}
	fmt.Fprintf(p.w, "%s%s:%d:%d:%s %s%s:%s %s %s[%s]%s\n",
		p.ink.place, pages.Quoted(f.Path), f.Start.Line, f.Start.Column, p.ink.plain,
		tone, f.Severity, p.ink.plain, clean(f.Message), p.ink.rule, f.Rule, p.ink.plain)
	p.source(f)
	if f.Help != "" {
		help := cleanLines(strings.TrimRight(f.Help, "\n"))
		fmt.Fprintf(p.w, "  help: %s\n", strings.ReplaceAll(help, "\n", "\n        "))
	}
	if at := declaredAt(f); at != "" {
		fmt.Fprintf(p.w, "  %s\n", at)
	}
}

// declaredAt says where the data declares what a message speaks of, "" if the
// message says it or nothing is known.
func declaredAt(f finding.Located) string {
	if f.Declared.Line == 0 || strings.Contains(f.Message, f.Declared.Path) {
		return ""
	}
	return fmt.Sprintf("declared at %s:%d", pages.Quoted(f.Declared.Path), f.Declared.Line)
}

// widestLine is how many columns of a source line a message shows, so that with
// its margin it fits where 80 are shown and the marks stay below their words.
const widestLine = 75

// source writes the source line and marks the words under it.
func (p textWriter) source(f finding.Located) {
	if strings.TrimSpace(f.Line) == "" {
		return
	}
	line := []rune(clean(f.Line))
	start := min(max(f.Start.Column-max(f.LineColumn, 1), 0), len(line))
	end := len(line)
	if f.End.Line == f.Start.Line {
		end = min(max(start+f.End.Column-f.Start.Column, start+1), len(line))
	}
	if widthOf(line[:end]) >= widestLine && start > widestLine/4 { // begin a little before the marks
		cut := start - widestLine/4
		line, start, end = append([]rune("…"), line[cut:]...), start-cut+1, end-cut+1
	}
	if widthOf(line) > widestLine {
		line = shortenedTo(line, widestLine)
		start, end = min(start, len(line)), min(end, len(line))
	}
	before, marks := widthOf(line[:start]), max(widthOf(line[start:end]), 1)
	fmt.Fprintf(p.w, "    %s\n    %s%s%s%s\n", string(line), strings.Repeat(" ", before), p.ink.mark, strings.Repeat("^", marks), p.ink.plain)
}

// widthOf returns how many columns text takes on a terminal.
func widthOf(text []rune) int { return grammar.Width([]byte(string(text))) }

// shortenedTo returns text that is wider than so many columns cut to these, with an
// ellipsis at its end.
func shortenedTo(text []rune, width int) []rune {
	n := 0
	for left := width - 1; n < len(text) && left >= widthOf(text[n:n+1]); n++ {
		left -= widthOf(text[n : n+1])
	}
	return append(text[:n:n], '…')
}

// cleanLines returns lines as they may be shown on a terminal.
func cleanLines(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = clean(l)
	}
	return strings.Join(lines, "\n")
}

// clean returns one line as it may be shown on a terminal: each character that is a tab,
// a control or no UTF-8, or turns the direction of others, becomes one that is visible.
func clean(line string) string { return strings.Map(visible, line) }

// visible returns a character as it may be shown on a terminal.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r):
		return utf8.RuneError
	}
	return r
}

// plural writes a number with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if strings.HasSuffix(noun, "y") {
		noun = strings.TrimSuffix(noun, "y") + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// reason returns what the system said, less the path, which messages name.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
