package pages

import (
	"errors"
	"io"
	"os"
	"path"
)

// Orphans returns the files that windsock once wrote in OUT and that have no
// source now, as paths relative to OUT. If some of SRC was not read, it cannot
// tell, and returns none.
func (t *Tree) Orphans() []string {
	var found []string
	if !t.walked {
		return nil
	}
	for _, rel := range t.manifest.orphans() {
		if t.isThere(rel) {
			found = append(found, rel)
		}
	}
	return found
}

// isThere reports whether OUT has a file rel, symlinks included.
func (t *Tree) isThere(rel string) bool {
	there := false
	t.seeFolder(rel, func(folder *os.Root) error {
		info, err := folder.Lstat(path.Base(rel))
		there = err == nil && !info.IsDir()
		return err
	})
	return there
}

// Finish removes the orphans and the folders that this leaves empty, brings the
// manifest up to date, and lets the next run have OUT. It returns the files that it
// removed, as paths relative to OUT.
func (t *Tree) Finish() ([]string, error) {
	defer t.release()
	var removed []string
	var failures []error
	orphans := t.Orphans()
	t.folders.close() // where folders that are open cannot be removed
	for _, rel := range orphans {
		if err := t.remove(rel, "."); err != nil {
			t.manifest.keep(rel)
			failures = append(failures, t.failure("remove", rel, err))
			continue
		}
		removed = append(removed, rel)
	}
	return removed, errors.Join(append(failures, t.closeManifest())...)
}

// remove removes the file rel of OUT and the folders below top that this leaves empty.
func (t *Tree) remove(rel, top string) error {
	if err := inside(t.root, rel, (*os.Root).Remove); err != nil {
		return err
	}
	for folder := path.Dir(rel); folder != top && inside(t.root, folder, (*os.Root).Remove) == nil; {
		folder = path.Dir(folder)
	}
	return nil
}

// closeManifest brings the manifest up to date, and the seals of what it names.
func (t *Tree) closeManifest() error {
	m := t.manifest
	if !t.walked {
		for _, rel := range m.orphans() {
			m.keep(rel)
		}
	}
	changed := m.close()
	if !changed && !m.resealed {
		return nil
	}
	entries := m.current()
	err := t.save(sealsName, &entryReader{entries: entries, part: func(e entry) []byte { return e.seal[:] }})
	if changed {
		head := []byte(m.head())
		err = errors.Join(err, t.save(ManifestName, &entryReader{entries: entries, part: m.text, left: head}))
	}
	return err
}

// save replaces one of the files that OUT has of windsock's own.
func (t *Tree) save(name string, content io.Reader) error {
	if err := replace(t.root, name, replacement{content: content, mode: newMode(0o666)}); err != nil {
		return t.failure("write", name, err)
	}
	return nil
}
