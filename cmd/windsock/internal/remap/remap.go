// Package remap changes what Sphinx says about the pages of an output tree into what it
// would say about their sources.
//
// A [Stream] copies the lines that a program prints, and replaces the paths of the output
// tree in them, with the line numbers that follow:
//
//	docs-expanded/page.rst:123: WARNING: Title underline too short.
//	docs/page.rst:57: WARNING: Title underline too short.
//
// All other bytes are copied as they are.
package remap

import (
	"bufio"
	"bytes"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// longestLine is how many bytes of a line are read at a time: the rest is a line of its own.
const longestLine = 64 << 10

// A Stream copies lines, and replaces the paths of output trees in them.
type Stream struct {
	trees []*tree
	to    io.Writer
}

// NewStream returns a stream to a writer, for the given output trees. A tree may be
// written later: it must be there before its pages are named.
func NewStream(to io.Writer, outs []string) *Stream {
	s := &Stream{to: to}
	for _, out := range outs {
		t := newTree(out)
		for _, other := range s.trees {
			if other.base == t.base {
				other.twin, t.twin = true, true
			}
		}
		s.trees = append(s.trees, t)
	}
	return s
}

// Copy copies all lines of a reader, each as soon as it ends.
func (s *Stream) Copy(from io.Reader) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 2*longestLine)
	lines.Split(splitLines())
	for lines.Scan() {
		if _, err := io.WriteString(s.to, s.line(lines.Text())); err != nil {
			return err
		}
	}
	return lines.Err()
}

// Missing returns the first of the output trees that windsock did not write, and why it
// has no line numbers; a nil error if there is none.
func (s *Stream) Missing() (out string, err error) {
	for _, t := range s.trees {
		if err := t.origins.Refresh(); err != nil {
			return t.out, err
		}
	}
	return "", nil
}

// splitLines returns a function that splits what is read into lines with their endings, of
// which CR is one: Sphinx shows its progress that way. It searches each byte once, even if
// they come one by one.
func splitLines() bufio.SplitFunc {
	searched := 0
	return func(data []byte, atEOF bool) (int, []byte, error) {
		end := len(data)
		if i := bytes.IndexAny(data[searched:], "\r\n"); i >= 0 {
			end = searched + i + 1
		} else if len(data) == 0 || !atEOF && len(data) < longestLine {
			searched = len(data)
			return 0, nil, nil
		}
		searched = 0
		return end, data[:end], nil
	}
}

// lineNumber matches the line number behind a path.
var lineNumber = regexp.MustCompile(`^(:|", line )([0-9]+)\b`)

// lastColours matches the escape sequences at the end of a line that set colours.
var lastColours = regexp.MustCompile(`(?:\x1b\[[0-9;]*m)*$`)

// line returns a line in which the paths of output trees are those of their sources. If a
// line number lies in an expansion, the end of the line says so.
func (s *Stream) line(line string) string {
	text := strings.TrimRight(line, "\r\n")
	ending := line[len(text):]
	var out strings.Builder
	last, note := 0, ""
	for m, ok := s.next(text, last); ok; m, ok = s.next(text, last) {
		out.WriteString(text[last:m.start] + filepath.FromSlash(m.source()))
		last = m.end
		number := lineNumber.FindStringSubmatch(text[last:])
		if number == nil {
			continue
		}
		n, err := strconv.Atoi(number[2])
		if err != nil {
			continue
		}
		source, madeBy := m.tree.origins.Line(m.name, n)
		if madeBy != "" && note == "" {
			note = " (in the expansion of " + madeBy + ")"
		}
		out.WriteString(number[1] + strconv.Itoa(source))
		last += len(number[0])
	}
	text = out.String() + text[last:]
	end := lastColours.FindStringIndex(text)[0]
	return text[:end] + note + text[end:] + ending
}

// next returns the first file of an output tree that text names, from an offset on.
func (s *Stream) next(text string, from int) (first mention, found bool) {
	text = filepath.ToSlash(text)
	for _, t := range s.trees {
		if m, ok := t.next(text, from); ok && (!found || m.start < first.start) {
			first, found = m, true
		}
	}
	return first, found
}
