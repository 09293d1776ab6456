package pages

import (
	"bufio"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// ManifestName is the file of an output tree that names the files which windsock wrote
// there, and says where their lines come from.
const ManifestName = ".windsock-manifest"

// A manifest begins with a line that names its version, and one that names the source
// folder. unfinishedLine says that a run began to write and has not come to its end.
const (
	manifestBegin  = "# Written by windsock, which overwrites and removes these files only. "
	manifestHead   = manifestBegin + "1\n"
	sourceHead     = "# The source folder: "
	unfinishedLine = "# A run writes, or was killed.\n"
)

// mostManifest is how many bytes a manifest may have: those of millions of files.
const mostManifest = 1 << 30

var (
	errVersion = errors.New("another version of windsock wrote it; remove the output tree, or use that version")
	// errSeveralNames is why a manifest is not written to: it could be a second name of
	// somebody else's file.
	errSeveralNames = errors.New("the file " + ManifestName + " there has another name too, or is a symlink; remove that file")
)

// A manifest says what windsock wrote in an output tree, in a line for each file. The
// line is appended before the file is written, so that after a kill the next run knows
// the file. Lines are kept as they stand in the file: a hundred thousand of them take
// little more memory than it has bytes.
type manifest struct {
	isNew      bool // whether there was none
	source     string
	lines      []line // of earlier runs, sorted by name
	hasSource  []bool // whether the files of lines have a source now
	unfinished bool   // whether the run before was killed
	untidy     bool   // whether it is to be written anew though nothing was added

	mu     sync.Mutex
	record *os.File // open while a run writes
	start  int64    // the size of the file when it was opened
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
// the tree, is the only one of its file, and none of windsock's own.
func isName(name string) bool {
	return filepath.IsLocal(name) && path.Clean(name) == name && name != "." && !isReserved(name)
}

// isReserved reports whether windsock has a file of that name in each output tree.
func isReserved(name string) bool { return name == ManifestName || name == lockName }

// readManifest reads the manifest of an output tree. A tree without one holds nothing of
// windsock's.
func readManifest(out *os.Root) (*manifest, error) {
	m := &manifest{}
	f, info, err := openFile(out, ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		m.isNew = true
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := readText(f, info.Size())
	if err != nil {
		return nil, err
	}
	if m.isNew = len(text) < len(manifestHead); !m.isNew { // else a killed run wrote part of its first line
		m.read(text)
	}
	return m, nil
}

// readText reads a manifest of about that size, if its first line shows that it is one.
func readText(f io.Reader, size int64) (string, error) {
	var text strings.Builder
	if _, err := io.CopyN(&text, f, int64(len(manifestHead))); err != nil && err != io.EOF {
		return "", err
	}
	switch {
	case strings.HasPrefix(manifestHead, text.String()):
	case strings.HasPrefix(text.String(), "# Written by windsock"):
		return "", errVersion
	default:
		return "", errForeign
	}
	if size > mostManifest {
		return "", TooLarge{mostManifest}
	}
	text.Grow(int(size))
	_, err := io.Copy(&text, f)
	return text.String(), err
}

// read reads the text of a manifest.
func (m *manifest) read(text string) {
	m.lines = make([]line, 0, strings.Count(text, "\n"))
	for whole := range strings.Lines(text) {
		source, isSource := strings.CutPrefix(whole, sourceHead)
		switch {
		case isSource:
			m.source, _ = strconv.Unquote(strings.TrimSuffix(source, "\n"))
		case whole == unfinishedLine:
			m.unfinished = true
		default:
			m.lines = appendLine(m.lines, whole)
		}
	}
	count := len(m.lines)
	sorted := slices.IsSortedFunc(m.lines, compareNames)
	m.lines = lastOfEach(m.lines)
	m.untidy = m.unfinished || !sorted || count != len(m.lines) || strings.Count(text, "\n") != count+2 || !strings.HasSuffix(text, "\n")
	m.hasSource = make([]bool, len(m.lines))
}

// appendLine appends a line, with its end, to others, unless it names no file or a kill cut
// it off.
func appendLine(lines []line, whole string) []line {
	text, complete := strings.CutSuffix(whole, "\n")
	if l := line(text); complete && !strings.HasPrefix(text, "#") && isName(l.name()) {
		return append(lines, l)
	}
	return lines
}

// compareNames orders lines by the names in them.
func compareNames(a, b line) int { return cmp.Compare(a.name(), b.name()) }

// lastOfEach sorts lines in place, and returns them with the last line alone of those for
// one file.
func lastOfEach(lines []line) []line {
	slices.SortStableFunc(lines, compareNames)
	last := lines[:0]
	for i, l := range lines {
		if i+1 == len(lines) || compareNames(lines[i+1], l) != 0 {
			last = append(last, l)
		}
	}
	return last
}

// find returns the index of the line of a file, or where it would be.
func (m *manifest) find(name string) (int, bool) {
	return slices.BinarySearchFunc(m.lines, name, func(l line, name string) int { return cmp.Compare(l.name(), name) })
}

// names reports whether an earlier run wrote the file.
func (m *manifest) names(name string) bool {
	_, found := m.find(name)
	return found
}

// keep notes that a file has a source.
func (m *manifest) keep(name string) {
	if i, found := m.find(name); found {
		m.hasSource[i] = true
	}
}

// records reports whether an earlier run recorded the same of the file.
func (m *manifest) records(l line) bool {
	i, found := m.find(l.name())
	return found && m.lines[i] == l
}

// put records a file that is about to be written.
func (m *manifest) put(out *os.Root, l line) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.open(out); err != nil || m.records(l) {
		return err
	}
	_, err := m.record.WriteString(string(l) + "\n")
	return err
}

// open opens the manifest for appending, if it is not open, and makes it if it is not
// there. From then on it says that a run has not come to its end.
func (m *manifest) open(out *os.Root) error {
	if m.record != nil {
		return nil
	}
	f, err := out.OpenFile(ManifestName, os.O_RDWR|os.O_APPEND|os.O_CREATE|syscall.O_NONBLOCK, 0o666)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	begin := "\n" + unfinishedLine // on a line of its own, whatever a killed run left
	switch {
	case err != nil:
	case !isAt(out, ManifestName, info) || !info.Mode().IsRegular() || names(info) > 1:
		err = errSeveralNames
	case m.isNew:
		begin = m.head() + unfinishedLine
		err = f.Truncate(0)
	default:
		m.start = info.Size()
	}
	if err == nil {
		_, err = f.WriteString(begin)
	}
	if err != nil {
		f.Close()
		return err
	}
	m.record = f
	return nil
}

// setSource notes where SRC is, seen from OUT.
func (m *manifest) setSource(source string) {
	m.untidy, m.source = m.untidy || m.source != source, source
}

// head returns the lines of comment that a manifest begins with.
func (m *manifest) head() string {
	return manifestHead + sourceHead + strconv.Quote(m.source) + "\n"
}

// orphans returns the files of earlier runs that have no source now.
func (m *manifest) orphans() (orphans []string) {
	for i, l := range m.lines {
		if !m.hasSource[i] {
			orphans = append(orphans, l.name())
		}
	}
	return orphans
}

// close ends the record. It writes the manifest anew, if it changed: the lines of earlier
// runs whose files have a source, and those that this run added, sorted.
func (m *manifest) close(out *os.Root) error {
	if m.record == nil && !m.untidy && !slices.Contains(m.hasSource, false) {
		return nil
	}
	kept := m.lines[:0]
	for i, l := range m.lines {
		if m.hasSource[i] {
			kept = append(kept, l)
		}
	}
	added, err := m.added()
	if err != nil {
		return err
	}
	kept = slices.Grow(kept, strings.Count(added, "\n"))
	for whole := range strings.Lines(added) {
		kept = appendLine(kept, whole)
	}
	return replace(out, ManifestName, replacement{mode: newMode(0o666), fill: func(w io.Writer) error {
		text := bufio.NewWriter(w)
		text.WriteString(m.head())
		for _, l := range lastOfEach(kept) {
			text.WriteString(string(l) + "\n")
		}
		return text.Flush()
	}})
}

// added returns what this run appended to the manifest, and closes that.
func (m *manifest) added() (string, error) {
	if m.record == nil {
		return "", nil
	}
	defer m.record.Close()
	info, err := m.record.Stat()
	if err != nil {
		return "", err
	}
	var text strings.Builder
	text.Grow(int(info.Size() - m.start))
	_, err = io.Copy(&text, io.NewSectionReader(m.record, m.start, mostManifest))
	return text.String(), err
}
