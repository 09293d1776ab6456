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

// A textWriter writes findings in the style of compiler messages.
type textWriter struct {
	w   io.Writer
	ink ink
}

// newTextWriter returns a textWriter to w.
func newTextWriter(w io.Writer, ink ink) findingWriter { return textWriter{w, ink} }

// close implements [findingWriter].
func (p textWriter) close(totals, int) {}

// write implements [findingWriter].
func (p textWriter) write(findings []finding.Located) {
	buffer := bufio.NewWriterSize(p.w, 16<<10)
	for _, f := range findings {
		textWriter{buffer, p.ink}.finding(f)
	}
	buffer.Flush()
}

// finding writes one finding: its position and message, the source line with carets under the
// words, the help, and where the data declares the option.
func (p textWriter) finding(f finding.Located) {
	tone := p.ink.failure
	if f.Severity == finding.Warning {
		tone = p.ink.warning
	}
	fmt.Fprintf(p.w, "%s%s:%d:%d:%s %s%s:%s %s %s[%s]%s\n",
		p.ink.place, pages.Quoted(f.Path), f.Start.Line, f.Start.Column, p.ink.reset,
		tone, f.Severity, p.ink.reset, clean(f.Message), p.ink.rule, f.Rule, p.ink.reset)
	p.source(f)
	if f.Help != "" {
		help := cleanLines(strings.TrimRight(f.Help, "\n"))
		fmt.Fprintf(p.w, "  help: %s\n", strings.ReplaceAll(help, "\n", "\n        "))
	}
	if at := declaredAt(f); at != "" {
		fmt.Fprintf(p.w, "  %s\n", at)
	}
}

// declaredAt says where the data declares the option of a finding. It returns "" if that is
// unknown or the message says it.
func declaredAt(f finding.Located) string {
	if f.Declared.Line == 0 || strings.Contains(f.Message, f.Declared.Path) {
		return ""
	}
	return fmt.Sprintf("declared at %s:%d", pages.Quoted(f.Declared.Path), f.Declared.Line)
}

// maxWidth is how many columns of a source line a message shows. With the margin, a line fits on
// a terminal of 80 columns, so that the carets stay below their words.
const maxWidth = 75

// source writes the source line of a finding, and carets under the words.
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
	if widthOf(line[:end]) >= maxWidth && start > maxWidth/4 { // begin a little before the words
		cut := start - maxWidth/4
		line, start, end = append([]rune("…"), line[cut:]...), start-cut+1, end-cut+1
	}
	if widthOf(line) > maxWidth {
		line = truncated(line, maxWidth)
		start, end = min(start, len(line)), min(end, len(line))
	}
	before, carets := widthOf(line[:start]), max(widthOf(line[start:end]), 1)
	fmt.Fprintf(p.w, "    %s\n    %s%s%s%s\n", string(line), strings.Repeat(" ", before), p.ink.caret, strings.Repeat("^", carets), p.ink.reset)
}

// widthOf returns how many columns of a terminal text occupies.
func widthOf(text []rune) int { return grammar.Width([]byte(string(text))) }

// truncated cuts text that is wider than a number of columns to that width, including an
// ellipsis at its end.
func truncated(text []rune, width int) []rune {
	n := 0
	for left := width - 1; n < len(text) && left >= widthOf(text[n:n+1]); n++ {
		left -= widthOf(text[n : n+1])
	}
	return append(text[:n:n], '…')
}

// cleanLines is [clean] for text of several lines.
func cleanLines(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' {
			return r
		}
		return visible(r)
	}, text)
}

// clean makes one line safe to print on a terminal: a tab becomes a space; controls, invalid
// UTF-8 and bidirectional controls become U+FFFD.
func clean(line string) string { return strings.Map(visible, line) }

// visible returns the character to print for r.
func visible(r rune) rune {
	switch {
	case r == '\t':
		return ' '
	case unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r):
		return utf8.RuneError
	}
	return r
}

// plural returns a number with its noun, whose plural ends in "s".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// reason returns the cause of an error about a path. Messages name the path themselves.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}
