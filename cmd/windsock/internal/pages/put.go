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

// A wanted is what a file of OUT shall be.
type wanted struct {
	file     File
	lines    string // where its lines come from, as in a line of the manifest
	content  io.ReadSeeker
	size     int64
	mode     fs.FileMode // what the umask leaves of its source's
	sealable bool        // whether it can be sealed
}

// line is the line of the manifest about the file.
func (w wanted) line() line { return newLine(w.file.Rel, w.lines) }

// A Content is what a page of OUT shall be.
type Content struct {
	Data  []byte
	Mode  fs.FileMode    // the permissions of the file of SRC, of which the umask leaves some
	Lines render.LineMap // where the lines of Data come from
	// Sealable says that Data depends on nothing but the file of SRC and the basis, and
	// that there is nothing else to tell of the page.
	Sealable bool
}

// Put gives the file of OUT its content. It reports whether that had to be written; a
// file that is right already keeps its time, for Sphinx to pass over.
func (t *Tree) Put(f File, c Content) (bool, error) {
	return t.put(f.Rel, func(folder openedFolder) (bool, error) {
		return t.putFile(folder, wanted{f, c.Lines.String(), bytes.NewReader(c.Data), int64(len(c.Data)), newMode(c.Mode), c.Sealable})
	})
}

// Copy makes the file of OUT the same as that of SRC, as Put does. What a symlink to a
// file leads to is copied; any other symlink becomes one to the same place.
func (t *Tree) Copy(f File) (bool, error) {
	content, info, err := t.open(f.Rel)
	if err != nil {
		return false, err
	}
	defer content.Close()
	f.info = info
	return t.put(f.Rel, func(folder openedFolder) (bool, error) {
		if content == nil {
			return t.putLink(folder.Root, f.Rel)
		}
		return t.putFile(folder, wanted{file: f, content: content, size: info.Size(), mode: newMode(info.Mode()), sealable: true})
	})
}

// Keep leaves the file rel of OUT as it is, and notes that it has a source: one
// that cannot be expanded now.
func (t *Tree) Keep(rel string) { t.manifest.keep(rel) }

// put calls write with the folder that holds the file rel, and names the file in its
// errors.
func (t *Tree) put(rel string, write func(folder openedFolder) (bool, error)) (bool, error) {
	t.manifest.keep(rel)
	changed := false
	err := t.inFolder(rel, func(folder openedFolder) (err error) {
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
		f, info, err = regular(os.OpenFile(name, toRead, 0))
	}
	if err != nil {
		return nil, nil, fmt.Errorf("cannot read %s: %w", Quoted(name), reason(err))
	}
	return f, info, nil
}

// putFile makes a file what it shall be, in the folder of OUT that holds it.
func (t *Tree) putFile(folder openedFolder, w wanted) (bool, error) {
	name := w.file.Rel
	state, seen := Missing, fs.FileInfo(nil)
	if !folder.isNew {
		var err error
		if state, seen, err = t.stateIn(folder.Root, name, w.content, w.size); err != nil {
			return false, err
		}
	}
	ours := t.manifest.holds(name)
	switch {
	case state == Same && !ours:
		return false, nil
	case state == Same:
		return false, t.keepFile(folder.Root, w, seen)
	case state == Stale && !ours:
		return false, errForeign
	}
	if seen != nil && seen.IsDir() {
		if err := t.makeWay(name); err != nil {
			return false, err
		}
	}
	if err := t.manifest.put(t.root, w.line()); err != nil {
		return false, err
	}
	if _, err := w.content.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	return true, replace(folder.Root, path.Base(name), replacement{content: w.content, mode: w.mode})
}

// keepFile is putFile for a file that holds what it shall, of which seen is known.
func (t *Tree) keepFile(folder *os.Root, w wanted, seen fs.FileInfo) error {
	if !t.manifest.records(w.line()) {
		if err := t.manifest.put(t.root, w.line()); err != nil {
			return err
		}
	}
	if seen.Mode().Perm() != w.mode {
		return folder.Chmod(path.Base(w.file.Rel), w.mode)
	}
	if w.sealable {
		t.seal(w.file, seen)
	}
	return nil
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
