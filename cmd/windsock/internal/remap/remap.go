// Package remap converts Sphinx's messages about the pages of an output tree to messages about
// their sources.
//
// A [Stream] copies the output of a program. It replaces each path in an output tree, and the
// line number behind it, by the path and the line number of the source. So
//
//	docs-expanded/page.rst:123: WARNING: Title underline too short.
//
// becomes
//
//	docs/page.rst:57: WARNING: Title underline too short.
//
// All other bytes stay the same.
package remap

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"windsock/cmd/windsock/internal/pages"
)

// maxLine is the size of the longest line, in bytes. The rest of a longer line is processed as
// another line.
const maxLine = 64 << 10

// A Stream copies lines, and replaces the paths of output trees in them.
type Stream struct {
	trees       []tree
	treePattern *regexp.Regexp // matches the path of a tree, its first group, with the slash behind it
	to          io.Writer
}

// A tree is an output tree.
type tree struct {
	out     string // its path, as the user wrote it
	base    string // the last element of its absolute path
	origins *pages.Origins
}

// NewStream returns a stream that writes to a writer and replaces paths in the output trees
// outs. A tree can be written after the stream is created, but before a message about it.
func NewStream(to io.Writer, outs []string) *Stream {
	s := &Stream{to: to}
	var folders, bases []string
	for _, out := range outs {
		abs, err := filepath.Abs(out)
		if err != nil {
			abs = out
		}
		base := filepath.Base(abs)
		s.trees = append(s.trees, tree{out, base, pages.NewOrigins(out)})
		for _, path := range []string{abs, out} { // with characters that end other paths, such as blanks
			folder, _ := strings.CutSuffix(filepath.ToSlash(path), base)
			folders = append(folders, quoted(folder))
		}
		bases = append(bases, quoted(base))
	}
	s.treePattern = regexp.MustCompile(fmt.Sprintf(`(?:^|[%[1]s]|%[2]s)((?:%[3]s|[^%[1]s\x1b]*/)?(?:%[4]s))/`,
		delimiters, colour, strings.Join(folders, "|"), strings.Join(bases, "|")))
	return s
}

// quoted returns a regular expression that matches text. In regular expressions, U+FFFD matches
// an invalid byte.
func quoted(text string) string { return regexp.QuoteMeta(string([]rune(text))) }

// Copy copies all lines of a reader. It writes each line as soon as it has read it.
func (s *Stream) Copy(from io.Reader) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 2*maxLine)
	lines.Split(splitLines())
	for lines.Scan() {
		if _, err := io.WriteString(s.to, s.line(lines.Text())); err != nil {
			return err
		}
	}
	return lines.Err()
}

// Missing returns the first output tree without a readable manifest, and the reason as an error.
// The error is nil if there is no such tree.
func (s *Stream) Missing() (out string, err error) {
	for _, t := range s.trees {
		if err := t.origins.Refresh(); err != nil {
			return t.out, err
		}
	}
	return "", nil
}

// splitLines returns a split function for lines with their endings, LF or CR: Sphinx prints its
// progress with CR. It searches each byte once, even if the bytes arrive one at a time.
func splitLines() bufio.SplitFunc {
	searched := 0
	return func(data []byte, atEOF bool) (int, []byte, error) {
		end := len(data)
		if i := bytes.IndexAny(data[searched:], "\r\n"); i >= 0 {
			end = searched + i + 1
		} else if len(data) == 0 || !atEOF && len(data) < maxLine {
			searched = len(data)
			return 0, nil, nil
		}
		searched = 0
		return end, data[:end], nil
	}
}

// Parts of the patterns: the characters that delimit paths and are rare in them, as in a class,
// and an escape sequence that sets the colour of text.
const (
	delimiters = " \\t\"'`(\\[{<=,;"
	colour     = `\x1b\[[0-9;]*m`
)

var (
	pathEndPattern     = regexp.MustCompile("^\\.?(?:$|[" + delimiters + "])|^[:)\\]}>\x1b]") // matches the text behind a path
	lineNumberPattern  = regexp.MustCompile(`^(:|", line )([0-9]+)\b`)
	lastColoursPattern = regexp.MustCompile("(?:" + colour + ")*$")
)

// maxName is the length in bytes of the longest path in a tree that is searched for.
const maxName = 4096

// line returns a line with the paths and line numbers of sources. If a line number is in an
// expansion, a note at the end of the line names its directive.
func (s *Stream) line(line string) string {
	text := strings.TrimRight(line, "\r\n")
	ending := line[len(text):]
	var out strings.Builder
	last, note := 0, ""
	for _, m := range s.treePattern.FindAllStringSubmatchIndex(filepath.ToSlash(text), -1) {
		folder, behind := text[m[2]:m[3]], text[m[1]:]
		origins := s.originsAt(folder)
		if origins == nil || m[2] < last {
			continue
		}
		name := origins.Longest(filepath.ToSlash(behind[:min(len(behind), maxName)]), pathEndPattern.MatchString)
		if missing, _, ok := strings.Cut(behind, "'"); name == "" && ok && strings.HasSuffix(text[:m[2]], "'") && path.Ext(missing) != "" && !origins.IsForeign(missing) {
			name = missing // Sphinx quotes the path of a missing file, such as one to include
		}
		if name == "" {
			continue
		}
		out.WriteString(text[last:m[2]] + filepath.FromSlash(path.Join(sourceFolder(folder, origins), name)))
		last = m[1] + len(name)
		if number := lineNumberPattern.FindStringSubmatch(text[last:]); number != nil {
			source, madeBy := sourceLine(origins, name, number[2])
			if madeBy != "" {
				note = cmp.Or(note, " (in the expansion of "+madeBy+")")
			}
			out.WriteString(number[1] + source)
			last += len(number[0])
		}
	}
	text = out.String() + text[last:]
	end := lastColoursPattern.FindStringIndex(text)[0]
	return text[:end] + note + text[end:] + ending
}

// originsAt returns the origins of the tree in a folder; nil if there is none. A message from
// another working folder or another machine can name a folder that does not exist here. Then the
// tree is the only one with that base name.
func (s *Stream) originsAt(folder string) *pages.Origins {
	info, err := os.Stat(filepath.FromSlash(folder))
	var namesakes []*pages.Origins
	for _, t := range s.trees {
		if t.base != path.Base(filepath.ToSlash(folder)) || t.origins.Refresh() != nil {
			continue
		}
		if treeInfo, treeErr := os.Stat(t.out); err == nil && treeErr == nil && os.SameFile(treeInfo, info) {
			return t.origins
		}
		namesakes = append(namesakes, t.origins)
	}
	if err == nil || len(namesakes) != 1 {
		return nil
	}
	return namesakes[0]
}

// sourceFolder returns the path of the source folder of a tree. It is absolute if folder, the
// path of the tree in the message, is absolute, or if the manifest has an absolute path.
func sourceFolder(folder string, o *pages.Origins) string {
	if filepath.IsAbs(o.Source()) {
		return o.Source()
	}
	source := path.Join(folder, o.Source())
	if real := path.Join(pages.Real(folder), o.Source()); !pages.IsFolder(source) && pages.IsFolder(real) {
		return real // folder is a symlink, to which the relative path does not apply
	}
	return source
}

// sourceLine returns the line number in the source, and the directive whose expansion contains
// the line, "" if there is none. A number that overflows an int stays the same.
func sourceLine(o *pages.Origins, name, number string) (source, madeBy string) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return number, ""
	}
	line, madeBy := o.Line(name, n)
	return strconv.Itoa(line), madeBy
}
