package render

import (
	"fmt"
	"strings"
)

// MaxLine is the length in characters of the longest line that windsock writes.
// docutils rejects a page with a longer line (its setting line_length_limit).
const MaxLine = 10_000

// A Block is a sequence of body elements as lines without margin and line
// endings. Blank lines are empty strings. The first and the last line are not
// blank.
type Block struct {
	lines []string
}

// Lines returns the lines of the block. The caller must not change them.
func (b *Block) Lines() []string { return b.lines }

// line appends a line. It panics if s contains a line break, since the text after
// it would have no margin.
func (b *Block) line(indent int, s string) {
	if strings.ContainsAny(s, "\r\n") {
		panic(fmt.Sprintf("render: line break in line %q", s))
	}
	if s != "" {
		s = strings.Repeat(" ", indent) + s
	}
	b.lines = append(b.lines, s)
}

// Add appends a body element, after a blank line if the block is not empty.
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

// Format returns the text of the block for a page. It joins the lines by eol and
// puts margin before each line except the first and blank ones. The last line has
// no line ending.
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

// trimBlank removes the blank lines at both ends.
func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
