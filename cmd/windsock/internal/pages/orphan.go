package pages

import (
	"errors"
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
		if info, err := t.lstat(rel); info != nil && err == nil && !info.IsDir() {
			found = append(found, rel)
		}
	}
	return found
}

// Finish removes the orphans and the folders that this leaves empty, brings the
// manifest up to date, and lets the next run have OUT. It returns the files that it
// removed, as paths relative to OUT.
func (t *Tree) Finish() ([]string, error) {
	defer t.release()
	var removed []string
	var failures []error
	for _, rel := range t.Orphans() {
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

// closeManifest brings the manifest up to date.
func (t *Tree) closeManifest() error {
	if !t.walked {
		for _, rel := range t.manifest.orphans() {
			t.manifest.keep(rel)
		}
	}
	if err := t.manifest.close(t.root); err != nil {
		return t.failure("write", ManifestName, err)
	}
	return nil
}
