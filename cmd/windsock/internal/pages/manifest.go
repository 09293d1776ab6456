package pages

import (
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

// ManifestName is the file of an output tree that says which of its files
// windsock wrote, and where their lines come from.
const ManifestName = ".windsock-manifest"

// manifestHead is the first line of a manifest, less the version of its form behind
// manifestBegin; sourceHead begins its second line.
const (
	manifestBegin = "# Written by windsock, which overwrites and removes these files only. "
	manifestHead  = manifestBegin + "1\n"
	sourceHead    = "# The source folder: "
)

// errVersion is why a manifest in a form of another version is not read.
var errVersion = errors.New("another version of windsock wrote it; remove the output tree, or use that version")

// A manifest is what windsock wrote in an output tree: a line for each file. It is
// put on record before the file is written, so that a run that is killed leaves no
// file that its successor takes for another's.
type manifest struct {
	mu      sync.RWMutex
	source  string  // SRC from OUT, as far as it is known
	lines   ledger  // those of the files
	written []entry // what earlier runs wrote, sorted by name
	kept    []bool  // which of those still have a source
	added   []entry // what this run wrote for the first time
	record  *os.File
	isNew   bool // whether there was no manifest

	unfinished bool // whether the run that wrote it did not come to its end
	untidy     bool // whether it is to be written anew though nothing was added
	resealed   bool // whether there are seals to write
}

// An entry is what is known of a file. Its seal is kept elsewhere than its line: a manifest
// is the same wherever a tree is made.
type entry struct {
	at   place // of its line
	seal seal
}

// A line of a manifest, without its end, is a file's name relative to the tree, in quotes
// unless it reads back as it is, and the map of its lines as text, none if they are those
// of its source. A tab parts the two.
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

// name returns the name of the file, "" if the line holds none.
func (l line) name() string {
	name, _, _ := strings.Cut(string(l), "\t")
	if strings.HasPrefix(name, `"`) {
		name, _ = strconv.Unquote(name)
	}
	return name
}

// mapped returns the map of the file's lines as text.
func (l line) mapped() string {
	_, mapped, _ := strings.Cut(string(l), "\t")
	return mapped
}

// line returns the line of an entry.
func (m *manifest) line(e entry) line { return line(m.lines.line(e.at)) }

// name returns the name of the file that an entry is about.
func (m *manifest) name(e entry) string { return m.line(e).name() }

// readManifest reads the manifest of an output tree. A tree without one holds nothing of
// ours.
func readManifest(out *os.Root) (*manifest, error) {
	m := &manifest{}
	f, info, err := openFile(out, ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		m.isNew = true
		return m, nil
	case err != nil:
		return nil, err
	}
	defer f.Close()
	text, err := readText(f, info.Size())
	if err != nil {
		return nil, err
	}
	if m.isNew = text.Len() < len(manifestHead); m.isNew {
		return m, nil // a killed run did not come to the end of its first line
	}
	m.read(text)
	m.readSeals(out)
	m.kept = make([]bool, len(m.written))
	return m, nil
}

// readText reads a manifest of about that size, without holding it twice, if its first
// line shows that it is one.
func readText(f io.Reader, size int64) (*strings.Builder, error) {
	var text strings.Builder
	_, err := io.CopyN(&text, f, int64(len(manifestHead)))
	if err != nil && err != io.EOF {
		return nil, err
	}
	if err := checkHead(text.String()); err != nil {
		return nil, err
	}
	if size > mostManifest {
		return nil, TooLarge{mostManifest}
	}
	text.Grow(int(size))
	_, err = io.Copy(&text, f)
	return &text, err
}

// mostManifest is how many bytes a manifest has at most: those of millions of files.
const mostManifest = 1 << 30

// checkHead says why what a file begins with is not the first line of a manifest, or
// that of another version, nil if it is, or is what a killed run wrote of it.
func checkHead(text string) error {
	switch {
	case strings.HasPrefix(manifestHead, text):
		return nil
	case strings.HasPrefix(text, "# Written by windsock"):
		return errVersion
	}
	return errForeign
}

// read reads the text of a manifest. A line that a killed run did not finish is
// none, nor is one whose name no file of a tree has; of two for one file the last
// holds. What such a run left is tidied by the next.
func (m *manifest) read(piece *strings.Builder) {
	m.lines.pieces = []*strings.Builder{piece}
	text := piece.String()
	count := strings.Count(text, "\n")
	m.written = make([]entry, 0, count)
	start := 0
	for whole := range strings.Lines(text) {
		at := place{start: uint32(start)}
		start += len(whole)
		text, ended := strings.CutSuffix(whole, "\n")
		if source, ok := strings.CutPrefix(text, sourceHead); ok && ended {
			m.source, _ = strconv.Unquote(source)
		}
		if ended && isName(line(text).name()) && !strings.HasPrefix(text, "#") {
			m.written = append(m.written, entry{at: at})
		}
	}
	m.unfinished = !slices.IsSortedFunc(m.written, m.compare) || count != len(m.written)+strings.Count(m.head(), "\n")
	m.untidy = m.unfinished
	m.tidy()
}

// tidy sorts what earlier runs wrote, and forgets all but the last of what they put on
// record for one file.
func (m *manifest) tidy() {
	slices.SortStableFunc(m.written, m.compare)
	last := m.written[:0]
	for i, e := range m.written {
		if i+1 == len(m.written) || m.compare(m.written[i+1], e) != 0 {
			last = append(last, e)
		}
	}
	m.written = last
}

// isName reports whether a file of a tree may have a name: it leads not out of the tree,
// is the only name of its file, and none that windsock has for itself.
func isName(name string) bool {
	return filepath.IsLocal(name) && path.Clean(name) == name && name != "." && !strings.HasPrefix(path.Base(name), ownPrefix)
}

// compare orders entries by name.
func (m *manifest) compare(a, b entry) int { return cmp.Compare(m.name(a), m.name(b)) }

// find returns the index of what an earlier run wrote. Where files are written meanwhile,
// mu is held.
func (m *manifest) find(name string) (int, bool) {
	return slices.BinarySearchFunc(m.written, name, func(e entry, name string) int { return cmp.Compare(m.name(e), name) })
}

// below returns the files that earlier runs wrote below a folder.
func (m *manifest) below(folder string) []string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	var names []string
	i, _ := m.find(folder + "/")
	for ; i < len(m.written) && strings.HasPrefix(m.name(m.written[i]), folder+"/"); i++ {
		names = append(names, m.name(m.written[i]))
	}
	return names
}

// holds reports whether an earlier run wrote the file.
func (m *manifest) holds(name string) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	_, found := m.find(name)
	return found
}

// keep notes that a file has a source, so that it is no orphan.
func (m *manifest) keep(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i, found := m.find(name); found {
		m.kept[i] = true
	}
}

// sealOf returns the seal that an earlier run gave a file.
func (m *manifest) sealOf(name string) seal {
	m.mu.RLock()
	defer m.mu.RUnlock()
	i, found := m.find(name)
	if !found {
		return seal{}
	}
	return m.written[i].seal
}

// seal gives a file that an earlier run wrote a seal.
func (m *manifest) seal(name string, s seal) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i, found := m.find(name); found && m.written[i].seal != s {
		m.written[i].seal, m.resealed = s, true
	}
}

// records reports whether an earlier run put the line on record.
func (m *manifest) records(l line) bool {
	m.mu.RLock()
	defer m.mu.RUnlock()
	i, found := m.find(l.name())
	return found && m.line(m.written[i]) == l
}

// put puts a line on record whose file is about to be written.
func (m *manifest) put(root *os.Root, l line) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.open(root); err != nil {
		return err
	}
	switch i, found := m.find(l.name()); {
	case found && m.line(m.written[i]) == l:
		return nil
	case found:
		m.written[i] = entry{at: m.lines.add(string(l))}
	default:
		m.added = append(m.added, entry{at: m.lines.add(string(l))})
	}
	_, err := m.record.WriteString(string(l) + "\n")
	return err
}

// errSeveralNames is why a manifest is not written to: whoever may write in OUT could have
// put there a second name of somebody else's file.
var errSeveralNames = errors.New("the file " + ManifestName + " there has another name too, or is a symlink; remove that file")

// open opens the manifest for appending, and makes it if it is not there; from then
// on it shows that a run has not come to its end.
func (m *manifest) open(root *os.Root) error {
	if m.record != nil {
		return nil
	}
	f, err := root.OpenFile(ManifestName, os.O_WRONLY|os.O_APPEND|os.O_CREATE|syscall.O_NONBLOCK, 0o666)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case !isAt(root, ManifestName, info) || !info.Mode().IsRegular() || names(info) > 1:
		err = errSeveralNames
	case m.isNew && info.Size() < int64(len(manifestHead)):
		err = f.Truncate(0)
	}
	if err != nil {
		f.Close()
		return err
	}
	m.record = f
	line := "\n" // what a killed run left unfinished must not run into the first name
	if m.isNew {
		line = m.head()
	}
	_, err = f.WriteString(line)
	return err
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
func (m *manifest) orphans() []string {
	var names []string
	for i, e := range m.written {
		if !m.kept[i] {
			names = append(names, m.name(e))
		}
	}
	return names
}

// close ends the record, and reports whether the manifest is to be written anew.
func (m *manifest) close() bool {
	if m.record != nil {
		m.record.Close()
	}
	return m.record != nil || m.untidy || slices.Contains(m.kept, false)
}

// current returns the entries that were kept and added, sorted. It is called last.
func (m *manifest) current() []entry {
	entries := m.written[:0]
	for i, e := range m.written {
		if m.kept[i] {
			entries = append(entries, e)
		}
	}
	entries = append(entries, m.added...)
	slices.SortFunc(entries, m.compare)
	return entries
}

// text returns the line of an entry as the manifest has it.
func (m *manifest) text(e entry) []byte { return []byte(m.line(e) + "\n") }

// An entryReader reads a part of each entry, one after the other, without holding all
// of them.
type entryReader struct {
	entries []entry // whose parts are still to come
	part    func(entry) []byte
	left    []byte // what is left to be read before them
}

// Read implements [io.Reader].
func (r *entryReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if len(r.left) == 0 {
			if len(r.entries) == 0 {
				return n, io.EOF
			}
			r.left, r.entries = r.part(r.entries[0]), r.entries[1:]
		}
		copied := copy(p[n:], r.left)
		r.left = r.left[copied:]
		n += copied
	}
	return n, nil
}
