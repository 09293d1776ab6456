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
)

// ManifestName is the file of an output tree that names the files which windsock wrote
// there, and says where their lines come from.
const ManifestName = ".windsock-manifest"

// journalName is the file of an output tree in which a run that has not ended names what it
// writes.
const journalName = ".windsock-journal"

// A manifest begins with a line that names its version, and one that names the source
// folder.
const (
	manifestHead = "# Written by windsock, which overwrites and removes these files only. 1\n"
	sourceHead   = "# The source folder: "
)

// mostManifest is how many bytes a manifest may have: those of millions of files.
const mostManifest = 1 << 30

var errVersion = errors.New("another version of windsock wrote it; remove the output tree, or use that version")

// A manifest says what windsock wrote in an output tree, in a line for each file. A run
// writes a line to the journal before it writes the file, so that after a kill the next run
// knows the file, and a new manifest when it ends. The lines are sorted as a walk comes to
// the files, and read along with it: no run has all of them in memory before it ends.
type manifest struct {
	source   string
	text     io.ReaderAt // of the lines
	size     int64       // of text, in bytes
	outdated bool        // whether it is to be written anew though nothing changed

	mu      sync.Mutex
	journal *os.File        // open once a run writes
	gone    map[string]bool // the names of files that were removed
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
func isReserved(name string) bool {
	return name == ManifestName || name == journalName || name == lockName
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
	return &manifest{text: strings.NewReader(""), outdated: true, gone: make(map[string]bool)}
}

// readManifest reads the manifest of an output tree. A tree without one holds nothing of
// windsock's.
func readManifest(out *os.Root) (*manifest, error) {
	f, info, err := openFile(out, ManifestName, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return newManifest(), nil
	}
	if err != nil {
		return nil, err
	}
	m := newManifest()
	m.text, m.size = f, info.Size()
	head := make([]byte, len(manifestHead))
	if _, err = f.ReadAt(head, 0); err == io.EOF {
		err = nil
	}
	switch {
	case err != nil:
	case !strings.HasPrefix(string(head), "# Written by windsock"):
		err = errForeign
	case string(head) != manifestHead:
		err = errVersion
	case info.Size() > mostManifest:
		err = TooLarge{mostManifest}
	default:
		err = m.tidy(out)
	}
	if err != nil {
		m.close()
		return nil, err
	}
	return m, nil
}

// tidy finds the source folder in a manifest. If its lines are not sorted, or a killed run
// left a journal, it sorts all of them in memory.
func (m *manifest) tidy(out *os.Root) error {
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
	journal, _, err := openFile(out, journalName, os.O_RDONLY)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if m.outdated = journal != nil || !isSorted || int64(size) != m.size; !m.outdated {
		return nil
	}
	defer journal.Close()
	lines, err := m.sorted(journal)
	m.close()
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

// sorted returns the lines of the manifest and those of a journal, if there is one, sorted:
// the last of those for one file, less those of files that are gone.
func (m *manifest) sorted(journal *os.File) ([]line, error) {
	from, size := m.section(), m.size
	if journal != nil {
		info, err := journal.Stat()
		if err != nil {
			return nil, err
		}
		from, size = io.MultiReader(from, strings.NewReader("\n"), io.NewSectionReader(journal, 0, info.Size())), size+info.Size()
	}
	var text strings.Builder
	text.Grow(int(size) + 1)
	_, err := io.Copy(&text, from)
	lines := make([]line, 0, strings.Count(text.String(), "\n"))
	for whole := range strings.Lines(text.String()) {
		if l := parseLine(whole); l != "" && !m.gone[l.name()] {
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

// put names a file that is about to be written in the journal.
func (m *manifest) put(out *os.Root, l line) (err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.gone, l.name())
	if m.journal == nil {
		if m.journal, err = out.OpenFile(journalName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666); err != nil {
			return err
		}
	}
	_, err = m.journal.WriteString(string(l) + "\n")
	return err
}

// save writes the manifest anew, if it changed: the lines of earlier runs, less those of
// files that are gone, and those of this one.
func (m *manifest) save(out *os.Root) error {
	if m.journal == nil && !m.outdated && len(m.gone) == 0 {
		return nil
	}
	halting.RLock()
	defer halting.RUnlock()
	lines, err := m.sorted(m.journal)
	m.close() // since not every system renames over an open file
	if err != nil {
		return err
	}
	if err := replace(out, 0o666, func(f *os.File) error {
		text := bufio.NewWriter(f)
		text.WriteString(m.head())
		for _, l := range lines {
			text.WriteString(string(l) + "\n")
		}
		return text.Flush()
	}, func(temporary string) error { return out.Rename(temporary, ManifestName) }); err != nil {
		return err
	}
	if err := out.Remove(journalName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// close closes the files of the manifest.
func (m *manifest) close() {
	if f, ok := m.text.(*os.File); ok {
		f.Close()
	}
	m.journal.Close()
}
