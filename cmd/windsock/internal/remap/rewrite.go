package remap

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// rewrite returns a line, or part of one, in which the paths of output trees are
// those of their sources. If a line number leads into an expansion, the note says so.
func (s *Stream) rewrite(line []byte) []byte {
	text := filepath.ToSlash(string(line))
	var out []byte
	last := 0
	for _, m := range s.mentions(text) {
		out = append(append(out, line[last:m.start]...), filepath.FromSlash(m.source())...)
		last = m.end
		number := lineNumber().FindStringSubmatchIndex(text[m.end:])
		if number == nil {
			continue
		}
		n, err := strconv.Atoi(text[m.end+number[2] : m.end+number[3]])
		if err != nil {
			continue
		}
		source, madeBy := m.tree.origins.Line(m.name, n)
		if madeBy != "" && s.note == "" {
			s.note = " (in the expansion of " + madeBy + ")"
		}
		out = strconv.AppendInt(append(out, line[m.end:m.end+number[2]]...), int64(source), 10)
		last = m.end + number[3]
	}
	if last == 0 {
		return line
	}
	return append(out, line[last:]...)
}

// lineNumber matches the line number behind a path.
var lineNumber = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?::|", line )([0-9]+)\b`)
})

// mentions returns the files of output trees that a line names, in order.
func (s *Stream) mentions(text string) []mention {
	var found []mention
	last := 0
	named := s.named(text)
	for _, t := range named {
		if m, ok := t.bare(text); ok && !s.started {
			found, last = append(found, m), m.end
			break
		}
	}
	for {
		m, ok := next(named, text, last)
		if !ok {
			return found
		}
		found, last = append(found, m), m.end
	}
}

// named returns the trees whose files a line may name, with what is on record of them
// now.
func (s *Stream) named(text string) []*tree {
	var named []*tree
	for _, t := range s.trees {
		if (t.within != "" || strings.Contains(text, t.base)) && t.origins.Refresh() == nil {
			named = append(named, t)
		}
	}
	return named
}

// next returns the first mention of a file of the trees in text, from an offset on.
func next(trees []*tree, text string, from int) (first mention, found bool) {
	for _, t := range trees {
		if m, ok := t.next(text, from); ok && (!found || m.start < first.start) {
			first, found = m, true
		}
	}
	return first, found
}

// next returns the first mention of a file of the tree in text, from an offset on.
func (t *tree) next(text string, from int) (mention, bool) {
	for at := from; ; at++ {
		n := strings.Index(text[at:], t.base)
		if n < 0 {
			return mention{}, false
		}
		at += n
		if m, ok := t.mentionAt(text, at, from); ok {
			return m, true
		}
	}
}

// endsPath reports whether a path may end before text.
func endsPath(text string) bool {
	if text == "" || isBoundary(text[0]) || text[0] == '\x1b' {
		return true
	}
	if text[0] == '.' {
		return len(text) == 1 || isBoundary(text[1])
	}
	return strings.IndexByte(":)]}>,;", text[0]) >= 0
}

// isBoundary reports whether a byte stands around paths, and seldom in them.
func isBoundary(b byte) bool {
	switch b {
	case ' ', '\t', '"', '\'', '`', '(', '[', '{', '<', '=', ',', ';':
		return true
	}
	return false
}

// beginsPath reports whether a path that begins with folder may begin after text.
func beginsPath(text, folder string) bool {
	if text == "" || isBoundary(text[len(text)-1]) || coloursEnd(text) < len(text) {
		return true
	}
	return text[len(text)-1] == ':' && filepath.IsAbs(folder)
}
