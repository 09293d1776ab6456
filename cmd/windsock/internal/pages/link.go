package pages

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// target returns where the symlink rel of OUT leads that mirrors the one of SRC: to
// the mirrored place.
func (t *Tree) target(rel string) (string, error) {
	to, err := os.Readlink(join(t.src, rel))
	folder := path.Dir(rel)
	if err != nil || !filepath.IsAbs(to) && filepath.IsLocal(path.Join(folder, filepath.ToSlash(to))) {
		return to, err
	}
	inside, err := filepath.Rel(t.real, Real(join(t.src, rel)))
	if err != nil {
		return "", err
	}
	return filepath.Rel(folder, inside)
}

// putLink makes rel of OUT, in the folder that holds it, a symlink like that of SRC.
func (t *Tree) putLink(folder *os.Root, rel string) (bool, error) {
	state, err := t.linkState(folder, rel)
	if err != nil || state == Same {
		return false, err
	}
	ours := t.manifest.holds(rel)
	switch {
	case state == Stale && !ours:
		return false, errForeign
	case state == Stale:
		err = folder.Remove(path.Base(rel))
	case !ours:
		err = t.manifest.put(t.root, newLine(rel, ""))
	}
	if err != nil {
		return false, err
	}
	to, err := t.target(rel)
	if err != nil {
		return false, err
	}
	return true, folder.Symlink(to, path.Base(rel))
}

// linkState says how rel of OUT, in the folder that holds it, stands to the symlink that
// it should be.
func (t *Tree) linkState(folder *os.Root, rel string) (State, error) {
	info, err := folder.Lstat(path.Base(rel))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing, nil
	case err != nil || info.Mode().Type() != fs.ModeSymlink:
		return Stale, err
	}
	want, err := t.target(rel)
	if err != nil {
		return Stale, err
	}
	have, err := folder.Readlink(path.Base(rel))
	if have != want {
		return Stale, err
	}
	return Same, err
}
