package pages

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ManifestName is the file of an output tree that names the files which windsock wrote
// there, and says where their lines come from.
const ManifestName = ".windsock-manifest"

// A manifest begins with a line that names its version, and one that names the source
// folder.
const (
	manifestHead = "# Written by windsock, which overwrites and removes these files only. 1\n"
	sourceHead   = "# The source folder: "
)

// largeManifest is from how many bytes on a manifest is much of the memory that a run needs.
const largeManifest = 1 << 20

// mostManifest is how many bytes a manifest may have: those of millions of files.
const mostManifest = 1 << 30

var errVersion = errors.New("another version of windsock wrote it; remove the output tree, or use that version")

// A manifest says what windsock wrote in an output tree, in a line for each file. A run
// appends a line before it writes the file, so that after a kill the next run knows the
// file, and sorts them when it ends.
type manifest struct {
	source string // the source folder, from the tree or absolute
	lines  []line // that earlier runs left, one for each file, sorted by name
	isTidy bool   // whether the file holds these and no more

	mu   sync.Mutex
	file *os.File // open once this run writes
}

// A line of a manifest is a file's name relative to the tree, in quotes if it does not read
// back as it is, and, behind a tab, the map of its lines, if that is not the identity.
type line string

// newLine returns the line of a file.
func newLine(name, lines string) line {
	if strings.ContainsAny(name, "\n\r\t") || strings.HasPrefix(name, "#") || strings.HasPrefix(name, `"`) {
		name = strconv.Quote(name)
	}
	if lines != "" {
		name += "\t" + lines
	}
	return line(name)
}

// name returns the name of the file, "" if the line has none.
func (l line) name() string {
	name, _, _ := strings.Cut(string(l), "\t")
	if strings.HasPrefix(name, `"`) {
		name, _ = strconv.Unquote(name)
	}
	return name
}

// lineMap returns the map of the file's lines as text.
func (l line) lineMap() string {
	_, text, _ := strings.Cut(string(l), "\t")
	return text
}

// isName reports whether a file of a tree may have a name: the name does not lead out of
// the tree, is the only one of its file, and not the manifest's.
func isName(name string) bool {
	return filepath.IsLocal(name) && path.Clean(name) == name && name != "." && name != ManifestName
}

// readManifest reads the manifest of an output tree. A tree without one holds nothing of
// windsock's.
func readManifest(out *os.Root) (*manifest, error) {
	m := new(manifest)
	f, info, err := openFile(out, ManifestName, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info.Size() > mostManifest {
		return nil, TooLarge{mostManifest}
	}
	if info.Size() > largeManifest {
		debug.SetGCPercent(30) // else twice as much garbage would wait: 46 MB, not 30, with 100,000 files
	}
	var data strings.Builder
	data.Grow(int(info.Size()))
	_, err = io.Copy(&data, f)
	text := data.String()
	lines, isCurrent := strings.CutPrefix(text, manifestHead)
	switch {
	case err != nil:
		return nil, err
	case !strings.HasPrefix(text, "# Written by windsock"):
		return nil, errForeign
	case !isCurrent:
		return nil, errVersion
	}
	m.parse(lines)
	size := len(m.head())
	for _, l := range m.lines {
		size += len(l) + 1
	}
	m.isTidy = size == len(text)
	return m, nil
}

// parse reads the lines behind the first. What names no file is none, and neither is a last
// line that a kill cut off.
func (m *manifest) parse(text string) {
	second, _, _ := strings.Cut(text, "\n")
	source, _ := strings.CutPrefix(second, sourceHead)
	m.source, _ = strconv.Unquote(source)
	lines := make([]line, 0, strings.Count(text, "\n"))
	for whole := range strings.Lines(text) {
		text, isWhole := strings.CutSuffix(whole, "\n")
		if l := line(text); isWhole && !strings.HasPrefix(text, "#") && isName(l.name()) {
			lines = append(lines, l)
		}
	}
	m.lines = sorted(lines)
}

// sorted sorts lines by the names of their files, and returns the last line for each.
func sorted(lines []line) []line {
	slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.name(), b.name()) })
	last := lines[:0]
	for i, l := range lines {
		if i+1 == len(lines) || lines[i+1].name() != l.name() {
			last = append(last, l)
		}
	}
	return last
}

// head returns the lines of comment that a manifest begins with.
func (m *manifest) head() string {
	return manifestHead + sourceHead + strconv.Quote(m.source) + "\n"
}

// index returns where the line of a file is, false if no earlier run wrote the file.
func (m *manifest) index(name string) (int, bool) {
	return slices.BinarySearchFunc(m.lines, name, func(l line, name string) int { return strings.Compare(l.name(), name) })
}

// find returns the line of a file, "" if no earlier run wrote the file.
func (m *manifest) find(name string) line {
	if i, found := m.index(name); found {
		return m.lines[i]
	}
	return ""
}

// put appends the line of a file that is about to be written. A blank line comes before the
// first, so that the next run sees that this one did not end.
func (m *manifest) put(out *os.Root, l line) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text := string(l) + "\n"
	if m.file == nil {
		text = "\n" + text
		if m.file, _, err = openFile(out, ManifestName, os.O_WRONLY|os.O_APPEND); err != nil {
			return err
		}
	}
	_, err = m.file.WriteString(text)
	return err
}

// save writes the manifest anew.
func (m *manifest) save(out *os.Root) error {
	return replace(out, ManifestName, 0o666, func(f *os.File) error {
		text := bufio.NewWriter(f)
		text.WriteString(m.head())
		for _, l := range m.lines {
			text.WriteString(string(l) + "\n")
		}
		return text.Flush()
	}, out.Rename)
}
