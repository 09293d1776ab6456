package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"

	"windsock/render"
)

// errForeign is why a file of an output tree is not overwritten.
var errForeign = errors.New("windsock did not write it; remove it or name another output folder")

// errFolder is why no file is written in the place of a folder.
var errFolder = errors.New("it is a folder with files that windsock did not write; remove it or name another output folder")

// errNotFolder is why nothing is written below a file.
var errNotFolder = errors.New("a folder of its path is a file or a symlink that windsock did not write")

// Put makes data the content of the file rel of OUT, and what the umask leaves
// of mode its mode; lines tells where its lines come from. It reports whether the
// content had to be written; a file that is right already keeps its time, for
// Sphinx to pass over.
func (t *Tree) Put(rel string, data []byte, mode fs.FileMode, lines render.LineMap) (bool, error) {
	return t.put(rel, func(folder *os.Root) (bool, error) {
		return t.putFile(folder, entry{rel, lines.String()}, bytes.NewReader(data), int64(len(data)), mode)
	})
}

// Copy makes the file rel of OUT the same as that of SRC, as Put does. What a
// symlink to a file leads to is copied; any other symlink becomes one to the
// same place.
func (t *Tree) Copy(rel string) (bool, error) {
	f, info, err := t.open(rel)
	if err != nil {
		return false, err
	}
	defer f.Close()
	return t.put(rel, func(folder *os.Root) (bool, error) {
		if f == nil {
			return t.putLink(folder, rel)
		}
		return t.putFile(folder, entry{name: rel}, f, info.Size(), info.Mode())
	})
}

// Keep leaves the file rel of OUT as it is, and notes that it has a source: one
// that cannot be expanded now.
func (t *Tree) Keep(rel string) { t.manifest.keep(rel) }

// put calls write with the folder that holds the file rel, and names the file in its
// errors.
func (t *Tree) put(rel string, write func(folder *os.Root) (bool, error)) (bool, error) {
	t.manifest.keep(rel)
	changed := false
	err := t.inFolder(rel, func(folder *os.Root) (err error) {
		changed, err = write(folder)
		return err
	})
	if err != nil {
		return false, t.failure("write", rel, err)
	}
	return changed, nil
}

// failure is an error about the file rel of OUT.
func (t *Tree) failure(verb, rel string, err error) error {
	return fmt.Errorf("cannot %s %s: %w", verb, Quoted(t.Path(rel)), reason(err))
}

// open opens the file rel of SRC; nil is a symlink that leads to no file.
func (t *Tree) open(rel string) (*os.File, fs.FileInfo, error) {
	name := join(t.src, rel)
	info, err := os.Lstat(name)
	if err == nil && info.Mode().Type() == fs.ModeSymlink {
		if info, err = os.Stat(name); err != nil || !info.Mode().IsRegular() {
			return nil, nil, nil
		}
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(name)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read %s: %w", Quoted(name), reason(err))
	}
	return f, info, nil
}

// putFile is Put for content of a known size, in the folder that holds the file.
func (t *Tree) putFile(folder *os.Root, e entry, content io.ReadSeeker, size int64, mode fs.FileMode) (bool, error) {
	mode = newMode(mode)
	base := path.Base(e.name)
	state, seen, err := t.stateIn(folder, e.name, content, size)
	if err != nil {
		return false, err
	}
	ours := t.manifest.holds(e.name)
	if state == Same && !ours {
		return false, nil
	}
	if state == Stale && !ours {
		return false, errForeign
	}
	if seen != nil && seen.IsDir() {
		if err = t.makeWay(e.name); err != nil {
			return false, err
		}
	}
	if err = t.manifest.put(t.root, e); err != nil {
		return false, err
	}
	if state == Same {
		return false, keepMode(folder, base, seen.Mode(), mode)
	}
	if _, err = content.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	return true, replace(folder, base, replacement{content: content, mode: mode})
}

// makeWay removes what earlier runs wrote below the folder rel of OUT: it is a file of
// SRC now.
func (t *Tree) makeWay(rel string) error {
	for _, name := range t.manifest.below(rel) {
		if err := t.remove(name, path.Dir(rel)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if _, err := t.root.Lstat(rel); err == nil {
		return errFolder
	}
	return nil
}

// keepMode gives a file of OUT the mode of its source.
func keepMode(folder *os.Root, base string, has, mode fs.FileMode) error {
	if has.Perm() == mode.Perm() {
		return nil
	}
	return folder.Chmod(base, mode.Perm())
}
