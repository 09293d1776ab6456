package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"windsock/grammar"
)

// printFindings writes the findings that were reported since the last call,
// sorted and each once. Pages to standard output leave that to the pages.
func (s *session) printFindings() {
	if s.format != "text" && s.format != "" {
		return
	}
	slices.SortStableFunc(s.findings, grammar.CompareFindings)
	s.findings = slices.CompactFunc(s.findings, func(a, b grammar.Finding) bool { return grammar.CompareFindings(a, b) == 0 })
	w := s.findingsTo()
	p := printer{w: w, ink: s.ink(w)}
	for _, f := range s.findings {
		p.finding(f)
	}
	s.findings = s.findings[:0]
}

// findingsTo returns where findings go: standard output, unless pages or listings
// go there.
func (s *session) findingsTo() io.Writer {
	if s.judges {
		return s.stdout
	}
	return s.stderr
}

// ink returns the colours for messages to w: none where nobody sees them.
func (s *session) ink(w io.Writer) ink {
	file, isFile := w.(interface{ Fd() uintptr })
	switch {
	case s.color == "always":
		return colours
	case s.color == "never", s.getenv("NO_COLOR") != "", s.getenv("TERM") == "dumb", !isFile, !term.IsTerminal(int(file.Fd())):
		return ink{}
	}
	return colours
}

// An ink holds the escape sequences for the parts of a message, all empty for
// none.
type ink struct {
	place, failure, warning, rule, mark, plain string
}

// colours is the ink for terminals.
var colours = ink{
	place: "\x1b[1m", failure: "\x1b[1;31m", warning: "\x1b[1;33m", rule: "\x1b[2m", mark: "\x1b[1;32m", plain: "\x1b[0m",
}

// A printer writes findings as text, like a compiler.
type printer struct {
	w   io.Writer
	ink ink
}

// finding writes one finding: its place and message, the source line with the
// words marked, what to write instead, and where the data declares it.
func (p printer) finding(f grammar.Finding) {
	tone := p.ink.failure
	if f.Severity == grammar.Warning {
		tone = p.ink.warning
	}
	fmt.Fprintf(p.w, "%s%s:%d:%d:%s %s%s:%s %s %s[%s]%s\n",
		p.ink.place, f.Path, f.Start.Line, f.Start.Column, p.ink.plain,
		tone, f.Severity, p.ink.plain, f.Message, p.ink.rule, f.Rule, p.ink.plain)
	p.source(f)
	if f.Help != "" {
		fmt.Fprintf(p.w, "  help: %s\n", strings.ReplaceAll(strings.TrimRight(f.Help, "\n"), "\n", "\n        "))
	}
	if f.Declared.Line > 0 && !strings.Contains(f.Message, f.Declared.Path) {
		fmt.Fprintf(p.w, "  declared at %s:%d\n", f.Declared.Path, f.Declared.Line)
	}
}

// widestLine is how many characters of a source line a message shows.
const widestLine = 160

// source writes the source line and marks the words under it.
func (p printer) source(f grammar.Finding) {
	if strings.TrimSpace(f.Line) == "" {
		return
	}
	line := []rune(clean(f.Line))
	start := min(f.Start.Column-1, len(line))
	end := len(line)
	if f.End.Line == f.Start.Line {
		end = min(max(f.End.Column-1, start+1), len(line))
	}
	if start > widestLine/2 && len(line) > widestLine {
		cut := start - widestLine/4
		line, start, end = append([]rune("…"), line[cut:]...), start-cut+1, end-cut+1
	}
	if len(line) > widestLine {
		line = append(line[:widestLine:widestLine], '…')
		start, end = min(start, len(line)), min(end, len(line))
	}
	marks := max(runewidth.StringWidth(string(line[start:end])), 1)
	fmt.Fprintf(p.w, "    %s\n    %s%s%s%s\n", string(line),
		strings.Repeat(" ", runewidth.StringWidth(string(line[:start]))),
		p.ink.mark, strings.Repeat("^", marks), p.ink.plain)
}

// clean returns a source line as it may be shown on a terminal: each character
// that is a tab, a control or no UTF-8 becomes one that is visible.
func clean(line string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r < 0x20 || r == 0x7f || '\u0080' <= r && r <= '\u009f' || r == '\u2028' || r == '\u2029':
			return utf8.RuneError
		}
		return r
	}, line)
}
