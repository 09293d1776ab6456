package render

import (
	"fmt"
	"strings"
)

// MaxLine is the length of the longest line, in characters, that windsock
// writes. docutils refuses a page that holds a longer one (its setting
// line_length_limit).
const MaxLine = 10_000

// A Block is body elements as lines, without margin and line endings. Blank
// lines are empty strings; neither the first nor the last line is blank.
type Block struct {
	lines []string
}

// Lines returns the lines of the block, not to be changed.
func (b *Block) Lines() []string { return b.lines }

// line adds one line. A line break in it would leave the margin, so that is a
// fault of the caller.
func (b *Block) line(indent int, s string) {
	if strings.ContainsAny(s, "\r\n") {
		panic(fmt.Sprintf("render: a line holds a line break: %q", s))
	}
	if s != "" {
		s = strings.Repeat(" ", indent) + s
	}
	b.lines = append(b.lines, s)
}

// Add appends a body element, with a blank line before it where there is
// something to be kept apart from.
func (b *Block) Add(lines ...string) {
	lines = trimBlank(lines)
	if len(lines) == 0 {
		return
	}
	if len(b.lines) > 0 {
		b.line(0, "")
	}
	for _, l := range lines {
		b.line(0, l)
	}
}

// Format returns the block as it stands in a page: its lines joined by eol, each
// but the first after margin, blank lines bare. There is no line ending after
// the last line.
func (b *Block) Format(margin, eol string) string {
	var s strings.Builder
	for i, l := range b.lines {
		if i > 0 {
			s.WriteString(eol)
			if l != "" {
				s.WriteString(margin)
			}
		}
		s.WriteString(l)
	}
	return s.String()
}

// trimBlank returns lines without the blank ones at either end.
func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
