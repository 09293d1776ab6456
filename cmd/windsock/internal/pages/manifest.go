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

// ManifestName is the file of an output tree that lists the files windsock wrote there, each
// with the map of its lines.
const ManifestName = ".windsock-manifest"

// The first line of a manifest states its version, the second one the source folder.
const (
	manifestHead = "# Written by windsock, which overwrites and removes these files only. 1\n"
	sourceHead   = "# The source folder: "
)

// Sizes of a manifest in bytes.
const (
	largeManifest = 1 << 20 // from here on it takes up much of a run's memory
	maxManifest   = 1 << 30 // the limit, enough for millions of files
)

// A manifest lists the files that windsock wrote in an output tree, one line for each. A run
// appends a line before it writes the file, so that the next run knows the file even after a
// kill. At its end the run sorts the lines.
type manifest struct {
	source string // the source folder: an absolute path, or relative to the tree
	lines  []line // from earlier runs, one for each file, sorted by name
	isTidy bool   // whether the file contains no other lines

	mu   sync.Mutex
	file *os.File // opened by the first put
}

// A line of a manifest is the name of a file relative to the tree, then, unless its map of
// lines is the identity, a tab and that map. A name that would read back differently is
// quoted.
type line string

// newLine returns the line of a file.
func newLine(name, lineMap string) line {
	if strings.ContainsAny(name, "\n\r\t") || strings.HasPrefix(name, "#") || strings.HasPrefix(name, `"`) {
		name = strconv.Quote(name)
	}
	if lineMap != "" {
		name += "\t" + lineMap
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

// isName reports whether name is the clean, local path of a file other than the manifest.
func isName(name string) bool {
	return filepath.IsLocal(name) && path.Clean(name) == name && name != "." && name != ManifestName
}

// readManifest reads the manifest of an output tree. It returns an empty one if the tree has
// none, and on an error.
func readManifest(out *os.Root) (*manifest, error) {
	m := new(manifest)
	f, info, err := openFile(out, ManifestName, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	defer f.Close()
	if info.Size() > maxManifest {
		return m, TooLarge{maxManifest}
	}
	if info.Size() > largeManifest {
		debug.SetGCPercent(30) // lowers the peak from 46 MB to 30 MB with 100,000 files
	}
	var data strings.Builder
	data.Grow(int(info.Size()))
	_, err = io.Copy(&data, f)
	lines, isCurrent := strings.CutPrefix(data.String(), manifestHead)
	switch {
	case err != nil:
		return m, err
	case !strings.HasPrefix(data.String(), "# Written by windsock"):
		return m, errForeign
	case !isCurrent:
		return m, errVersion
	}
	m.parse(lines)
	return m, nil
}

// parse reads the lines after the first. It skips lines that name no file, and a last line
// that was not written completely.
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
	slices.SortStableFunc(lines, func(a, b line) int { return strings.Compare(a.name(), b.name()) })
	m.lines = lines[:0]
	for i, l := range lines {
		if i+1 == len(lines) || lines[i+1].name() != l.name() { // the last line for a file counts
			m.lines = append(m.lines, l)
		}
	}
	m.isTidy = len(m.lines)+1 == strings.Count(text, "\n") && strings.HasSuffix(text, "\n")
}

// index returns the index of a file's line, and false if no earlier run wrote the file.
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

// put appends the line of a file that is about to be written. The first call writes a blank
// line before it. If the run does not end by saving the manifest, the next run sees the
// blank line.
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

// save replaces the manifest file.
func (m *manifest) save(out *os.Root) error {
	return replace(out, ManifestName, 0o666, func(f *os.File) error {
		text := bufio.NewWriter(f)
		text.WriteString(manifestHead + sourceHead + strconv.Quote(m.source) + "\n")
		for _, l := range m.lines {
			text.WriteString(string(l) + "\n")
		}
		return text.Flush()
	}, out.Rename)
}
