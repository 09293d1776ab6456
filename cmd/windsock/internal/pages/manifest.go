package pages

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ManifestName is the file of an output tree that says which of its files
// windsock wrote.
const ManifestName = ".windsock-manifest"

// manifestHead is the first line of a manifest.
const manifestHead = "# Written by windsock, which overwrites and removes these files only. 1\n"

// A manifest is what windsock wrote in an output tree: a line for each file,
// relative to the tree. A name is put on record before the file is written, so
// that a run that is killed leaves no file that its successor takes for another's.
type manifest struct {
	mu      sync.Mutex
	written []string // what earlier runs wrote, sorted
	kept    []bool   // which of those still have a source
	added   []string // what this run wrote for the first time
	record  *os.File // open for appending once something was added
}

// readManifest reads the manifest of the output tree at folder. A tree without
// one holds nothing of ours.
func readManifest(folder string) (*manifest, error) {
	m := &manifest{}
	path := filepath.Join(folder, ManifestName)
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil && !info.Mode().IsRegular() {
		return nil, errSymlink
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	m.written = manifestNames(data)
	m.kept = make([]bool, len(m.written))
	return m, nil
}

// manifestNames returns the names in a manifest, sorted, each once. A line that
// a killed run did not finish is no name, nor is one that leads out of the tree.
func manifestNames(data []byte) []string {
	names := make([]string, 0, bytes.Count(data, []byte{'\n'}))
	for line := range strings.Lines(string(data)) {
		line, ended := strings.CutSuffix(line, "\n")
		if name := unquoteName(line); ended && filepath.IsLocal(name) && !strings.HasPrefix(line, "#") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// quoteName returns name as a line of a manifest: as it is, where that is one
// line which reads back as name.
func quoteName(name string) string {
	if strings.ContainsAny(name, "\n\r") || strings.HasPrefix(name, "#") || strings.HasPrefix(name, `"`) {
		return strconv.Quote(name)
	}
	return name
}

// unquoteName returns the name that a line of a manifest holds, "" if none.
func unquoteName(line string) string {
	if !strings.HasPrefix(line, `"`) {
		return line
	}
	name, _ := strconv.Unquote(line)
	return name
}

// holds reports whether an earlier run wrote the file.
func (m *manifest) holds(name string) bool {
	_, found := slices.BinarySearch(m.written, name)
	return found
}

// keep notes that a file has a source, so that it is no orphan.
func (m *manifest) keep(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i, found := slices.BinarySearch(m.written, name); found {
		m.kept[i] = true
	}
}

// add puts a file on record that is about to be written for the first time.
func (m *manifest) add(root *os.Root, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	line := quoteName(name) + "\n"
	if m.record == nil {
		f, err := root.OpenFile(ManifestName, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o666)
		if err != nil {
			return err
		}
		// What a killed run left unfinished must not run into the first name.
		m.record, line = f, "\n"+line
		if len(m.written) == 0 {
			line = manifestHead + line
		}
	}
	m.added = append(m.added, name)
	_, err := m.record.WriteString(line)
	return err
}

// orphans returns the files of earlier runs that have no source now.
func (m *manifest) orphans() []string {
	var names []string
	for i, name := range m.written {
		if !m.kept[i] {
			names = append(names, name)
		}
	}
	return names
}

// close makes the manifest hold the names that were kept and added.
func (m *manifest) close(root *os.Root) error {
	if m.record == nil && !slices.Contains(m.kept, false) {
		return nil
	}
	names := m.added
	for i, name := range m.written {
		if m.kept[i] {
			names = append(names, name)
		}
	}
	if m.record != nil {
		m.record.Close()
	}
	slices.Sort(names)
	return replace(root, ManifestName, replacement{content: &manifestReader{names, manifestHead}, mode: 0o644})
}

// A manifestReader reads as a manifest, without holding the whole of it.
type manifestReader struct {
	names []string // whose lines are still to come
	line  string   // what is left of the line before them
}

// Read implements [io.Reader].
func (r *manifestReader) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if r.line == "" {
			if len(r.names) == 0 {
				return n, io.EOF
			}
			r.line, r.names = quoteName(r.names[0])+"\n", r.names[1:]
		}
		copied := copy(p[n:], r.line)
		r.line = r.line[copied:]
		n += copied
	}
	return n, nil
}
