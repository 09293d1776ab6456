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

// longestLine is how many bytes of a line are read at a time: the rest is a line of its own.
const longestLine = 64 << 10

// A Stream copies lines, and replaces the paths of output trees in them.
type Stream struct {
	trees []tree
	paths *regexp.Regexp // finds the trees' names; the first group is the path of the tree
	to    io.Writer
}

// A tree is an output tree.
type tree struct {
	out     string // as the user named it
	base    string // its own name
	origins *pages.Origins
}

// NewStream returns a stream to a writer, for the given output trees. A tree may be
// written later: it must be there before its pages are named.
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
		for _, path := range []string{abs, out} { // they may hold characters that seldom stand in paths
			folder, _ := strings.CutSuffix(filepath.ToSlash(path), base)
			folders = append(folders, quoted(folder))
		}
		bases = append(bases, quoted(base))
	}
	s.paths = regexp.MustCompile(fmt.Sprintf(`(?:^|[%[1]s]|%[2]s)((?:%[3]s|[^%[1]s\x1b]*/)?(?:%[4]s))/`,
		around, colour, strings.Join(folders, "|"), strings.Join(bases, "|")))
	return s
}

// quoted returns an expression that matches text: in one, a byte that is not UTF-8 is U+FFFD.
func quoted(text string) string { return regexp.QuoteMeta(string([]rune(text))) }

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

// What stands around paths, and seldom in them, as in a class of a regular expression; and
// the escape sequences that set colours.
const (
	around = " \\t\"'`(\\[{<=,;"
	colour = `\x1b\[[0-9;]*m`
)

var (
	behindPath  = regexp.MustCompile("^\\.?(?:$|[" + around + "])|^[:)\\]}>\x1b]")
	lineNumber  = regexp.MustCompile(`^(:|", line )([0-9]+)\b`)
	lastColours = regexp.MustCompile("(?:" + colour + ")*$")
)

// longestName is how many bytes a path may have.
const longestName = 4096

// line returns a line in which the paths of output trees are those of their sources. If a
// line number lies in an expansion, the end of the line says so.
func (s *Stream) line(line string) string {
	text := strings.TrimRight(line, "\r\n")
	ending := line[len(text):]
	var out strings.Builder
	last, note := 0, ""
	for _, m := range s.paths.FindAllStringSubmatchIndex(filepath.ToSlash(text), -1) {
		folder, behind := text[m[2]:m[3]], text[m[1]:]
		origins := s.originsAt(folder)
		if origins == nil || m[2] < last {
			continue
		}
		name := origins.Longest(filepath.ToSlash(behind[:min(len(behind), longestName)]), behindPath.MatchString)
		if missing, _, ok := strings.Cut(behind, "'"); name == "" && ok && strings.HasSuffix(text[:m[2]], "'") && path.Ext(missing) != "" && !origins.IsForeign(missing) {
			name = missing // Sphinx names what a page asks for and is not there
		}
		if name == "" {
			continue
		}
		out.WriteString(text[last:m[2]] + filepath.FromSlash(path.Join(sourceFolder(folder, origins), name)))
		last = m[1] + len(name)
		if number := lineNumber.FindStringSubmatch(text[last:]); number != nil {
			source, madeBy := mapped(origins, name, number[2])
			if madeBy != "" {
				note = cmp.Or(note, " (in the expansion of "+madeBy+")")
			}
			out.WriteString(number[1] + source)
			last += len(number[0])
		}
	}
	text = out.String() + text[last:]
	end := lastColours.FindStringIndex(text)[0]
	return text[:end] + note + text[end:] + ending
}

// originsAt returns what is known of the files of the tree in a folder. A folder that is not
// there may be the only tree of that name, as another working folder or another machine names
// it.
func (s *Stream) originsAt(folder string) *pages.Origins {
	there, err := os.Stat(filepath.FromSlash(folder))
	var named []*pages.Origins
	for _, t := range s.trees {
		if t.base != path.Base(filepath.ToSlash(folder)) || t.origins.Refresh() != nil {
			continue
		}
		if here, hereErr := os.Stat(t.out); err == nil && hereErr == nil && os.SameFile(here, there) {
			return t.origins
		}
		named = append(named, t.origins)
	}
	if err == nil || len(named) != 1 {
		return nil
	}
	return named[0]
}

// sourceFolder returns the source folder of the tree in a folder, absolute or relative as the
// path of the folder is.
func sourceFolder(folder string, o *pages.Origins) string {
	if filepath.IsAbs(o.Source()) {
		return o.Source()
	}
	source := path.Join(folder, o.Source())
	if real := path.Join(pages.Real(folder), o.Source()); !pages.IsFolder(source) && pages.IsFolder(real) {
		return real // the path to the tree leads through a symlink
	}
	return source
}

// mapped returns the number of the line in the source, and what made the line. A number that
// is too large for one stays.
func mapped(o *pages.Origins, name, number string) (source, madeBy string) {
	n, err := strconv.Atoi(number)
	if err != nil {
		return number, ""
	}
	line, madeBy := o.Line(name, n)
	return strconv.Itoa(line), madeBy
}
