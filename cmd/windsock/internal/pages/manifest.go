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
	manifestHead   = "# Written by windsock, which overwrites and removes these files only. 1\n"
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

// A manifest says what windsock wrote in an output tree, in a line for each file. A run
// appends a line before it writes the file, so that after a kill the next run knows the
// file, and sorts the lines when it ends. They are sorted as a walk comes to the files, and
// read along with it: no run has all of them in memory before it ends.
type manifest struct {
	source string
	text   io.ReaderAt // what earlier runs left
	size   int64       // of text, in bytes
	isNew  bool        // whether they left nothing
	untidy bool        // whether it is to be written anew though nothing changed

	mu     sync.Mutex
	record *os.File        // open once a run writes
	start  int64           // where in record the lines of this run begin
	added  int64           // how many bytes they have
	gone   map[string]bool // the names of files that were removed
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

// parseLine returns a line of a manifest, "" if it names no file or a kill cut it off.
func parseLine(text string) line {
	text, complete := strings.CutSuffix(text, "\n")
	if l := line(text); complete && !strings.HasPrefix(text, "#") && isName(l.name()) {
		return l
	}
	return ""
}

// isName reports whether a file of a tree may have a name: the name does not lead out of
// the tree, is the only one of its file, and none of windsock's own.
func isName(name string) bool {
	return filepath.IsLocal(name) && path.Clean(name) == name && name != "." && !isReserved(name)
}

// isReserved reports whether windsock has a file of that name in each output tree.
func isReserved(name string) bool { return name == ManifestName || name == lockName }

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

// compareNames orders the names of files as a walk comes to them: what is in a folder comes
// where the folder's own name stands.
func compareNames(a, b string) int {
	for i := range min(len(a), len(b)) {
		switch {
		case a[i] == b[i]:
		case a[i] == '/':
			return -1
		case b[i] == '/':
			return 1
		default:
			return cmp.Compare(a[i], b[i])
		}
	}
	return cmp.Compare(len(a), len(b))
}

// newManifest returns that of an output tree in which windsock wrote nothing.
func newManifest() *manifest {
	return &manifest{text: strings.NewReader(""), isNew: true, untidy: true, gone: make(map[string]bool)}
}

// readManifest reads the manifest of an output tree. A tree without one holds nothing of
// windsock's.
func readManifest(out *os.Root) (*manifest, error) {
	m := newManifest()
	f, info, err := openFile(out, ManifestName, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return nil, err
	}
	head := make([]byte, len(manifestHead))
	n, err := f.ReadAt(head, 0)
	switch head = head[:n]; {
	case err != nil && err != io.EOF:
	case n < len(manifestHead) && strings.HasPrefix(manifestHead, string(head)): // a killed run wrote no more
		return m, f.Close()
	case strings.HasPrefix(string(head), "# Written by windsock") && string(head) != manifestHead:
		err = errVersion
	case string(head) != manifestHead:
		err = errForeign
	case info.Size() > mostManifest:
		err = TooLarge{mostManifest}
	default:
		m.text, m.size, m.isNew = f, info.Size(), false
		err = m.tidy()
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return m, nil
}

// tidy finds the source folder in a manifest, and sorts its lines in memory if a killed run
// left them as it wrote them.
func (m *manifest) tidy() error {
	text := bufio.NewReader(m.section())
	text.ReadString('\n')
	second, _ := text.ReadString('\n')
	source, _ := strings.CutPrefix(second, sourceHead)
	m.source, _ = strconv.Unquote(strings.TrimSuffix(source, "\n"))
	last, isSorted, size, reader := "", true, len(m.head()), m.reader()
	for l := reader.next(); l != ""; l = reader.next() {
		isSorted = isSorted && compareNames(last, l.name()) < 0
		last, size = l.name(), size+len(l)+1
	}
	if m.untidy = !isSorted || int64(size) != m.size; !m.untidy {
		return nil
	}
	lines, err := sortedLines(m.section(), m.size, nil)
	var tidied strings.Builder
	for _, l := range lines {
		tidied.WriteString(string(l) + "\n")
	}
	m.text, m.size = strings.NewReader(tidied.String()), int64(tidied.Len())
	return err
}

// head returns the lines of comment that a manifest begins with.
func (m *manifest) head() string {
	return manifestHead + sourceHead + strconv.Quote(m.source) + "\n"
}

// section returns what reads the text that earlier runs left.
func (m *manifest) section() io.Reader { return io.NewSectionReader(m.text, 0, m.size) }

// reader returns what reads the lines that earlier runs left.
func (m *manifest) reader() lineReader { return lineReader{bufio.NewReader(m.section())} }

// A lineReader reads the lines of a manifest.
type lineReader struct{ from *bufio.Reader }

// next returns the next line that names a file, "" at the end.
func (r lineReader) next() line {
	for {
		text, err := r.from.ReadString('\n')
		if l := parseLine(text); l != "" || err != nil {
			return l
		}
	}
}

// sortedLines reads the lines of a manifest of so many bytes. It returns them sorted, the
// last of those for one file, less those of files that are gone.
func sortedLines(from io.Reader, size int64, gone map[string]bool) ([]line, error) {
	var text strings.Builder
	text.Grow(int(size))
	_, err := io.Copy(&text, from)
	lines := make([]line, 0, strings.Count(text.String(), "\n"))
	for whole := range strings.Lines(text.String()) {
		if l := parseLine(whole); l != "" && !gone[l.name()] {
			lines = append(lines, l)
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return compareNames(a.name(), b.name()) })
	last := lines[:0]
	for i, l := range lines {
		if i+1 == len(lines) || lines[i+1].name() != l.name() {
			last = append(last, l)
		}
	}
	return last, err
}

// A matcher finds the lines of files in a manifest, which it reads along with a walk.
type matcher struct {
	lineReader
	current line              // "" at the end
	skipped func(name string) // is called for each file that the walk does not come to
}

// matcher returns what finds the lines of files.
func (m *manifest) matcher(skipped func(name string)) *matcher {
	reader := m.reader()
	return &matcher{reader, reader.next(), skipped}
}

// match returns the line of a file, "" for none. The names come in the order of a walk.
func (m *matcher) match(name string) line {
	for m.current != "" && compareNames(m.current.name(), name) < 0 {
		m.skipped(m.current.name())
		m.current = m.next()
	}
	if m.current.name() != name {
		return ""
	}
	found := m.current
	m.current = m.next()
	return found
}

// end skips the lines that are left.
func (m *matcher) end() {
	for ; m.current != ""; m.current = m.next() {
		m.skipped(m.current.name())
	}
}

// put records a file that is about to be written.
func (m *manifest) put(out *os.Root, l line) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.gone, l.name())
	if err := m.open(out); err != nil {
		return err
	}
	n, err := m.record.WriteString(string(l) + "\n")
	m.added += int64(n)
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
	begin := "\n" + unfinishedLine // on a line of its own, whatever a killed run left
	opened, err := f.Stat()
	seen, seenErr := out.Lstat(ManifestName)
	switch err = errors.Join(err, seenErr); {
	case err != nil:
	case !os.SameFile(seen, opened) || !opened.Mode().IsRegular() || names(opened) > 1:
		err = errSeveralNames
	case m.isNew:
		begin = m.head() + unfinishedLine
		err = f.Truncate(0)
	default:
		m.start = opened.Size()
	}
	if err == nil {
		_, err = f.WriteString(begin)
		m.start += int64(len(begin))
	}
	if err != nil {
		f.Close()
		return err
	}
	m.record = f
	return nil
}

// save writes the manifest anew, if it changed: the lines of earlier runs, less those of
// files that are gone, and those that this run added.
func (m *manifest) save(out *os.Root) error {
	if m.record == nil && !m.untidy && len(m.gone) == 0 {
		return nil
	}
	text, size := m.section(), m.size
	if m.record != nil {
		added := io.NewSectionReader(m.record, m.start, m.added)
		text, size = io.MultiReader(text, added), size+m.added
	}
	lines, err := sortedLines(text, size, m.gone)
	m.close() // since not every system renames over an open file
	if err != nil {
		return err
	}
	return replace(out, 0o666, func(f *os.File) error {
		text := bufio.NewWriter(f)
		text.WriteString(m.head())
		for _, l := range lines {
			text.WriteString(string(l) + "\n")
		}
		return text.Flush()
	}, func(temporary string) error { return out.Rename(temporary, ManifestName) })
}

// close closes the files of the manifest.
func (m *manifest) close() {
	if f, ok := m.text.(*os.File); ok {
		f.Close()
	}
	if m.record != nil {
		m.record.Close()
	}
}
