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
	return t.put(rel, func() (bool, error) {
		return t.putFile(entry{rel, lines.String()}, bytes.NewReader(data), int64(len(data)), mode)
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
	return t.put(rel, func() (bool, error) {
		if f == nil {
			return t.putLink(rel)
		}
		return t.putFile(entry{name: rel}, f, info.Size(), info.Mode())
	})
}

// Keep leaves the file rel of OUT as it is, and notes that it has a source: one
// that cannot be expanded now.
func (t *Tree) Keep(rel string) { t.manifest.keep(rel) }

// put calls write once the folder of the file rel is there, and names the file
// in its errors.
func (t *Tree) put(rel string, write func() (bool, error)) (bool, error) {
	t.manifest.keep(rel)
	err := t.makeFolder(path.Dir(rel))
	if err == nil {
		var changed bool
		if changed, err = write(); err == nil {
			return changed, nil
		}
	}
	return false, t.failure("write", rel, err)
}

// failure is an error about the file rel of OUT.
func (t *Tree) failure(verb, rel string, err error) error {
	return fmt.Errorf("cannot %s %s: %w", verb, t.Path(rel), reason(err))
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
		return nil, nil, fmt.Errorf("cannot read %s: %w", name, reason(err))
	}
	return f, info, nil
}

// putFile is Put for content of a known size.
func (t *Tree) putFile(e entry, content io.ReadSeeker, size int64, mode fs.FileMode) (bool, error) {
	mode = newMode(mode)
	state, err := t.state(e.name, content, size)
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
	if err = t.makeWay(e.name); err != nil {
		return false, err
	}
	if err = t.manifest.put(t.root, e); err != nil {
		return false, err
	}
	if state == Same {
		return false, t.keepMode(e.name, mode)
	}
	if _, err = content.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	return true, replaceIn(t.root, e.name, replacement{content: content, mode: mode})
}

// makeWay removes what earlier runs wrote below rel of OUT, if that was a folder: it is
// a file of SRC now.
func (t *Tree) makeWay(rel string) error {
	info, err := t.root.Lstat(rel)
	if err != nil || !info.IsDir() {
		return nil
	}
	for _, name := range t.manifest.below(rel) {
		if err := t.remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if _, err := t.root.Lstat(rel); err == nil {
		return errFolder
	}
	return nil
}

// keepMode gives the file rel the mode of its source.
func (t *Tree) keepMode(rel string, mode fs.FileMode) error {
	info, err := t.root.Lstat(rel)
	if err != nil || info.Mode().Perm() == mode.Perm() {
		return err
	}
	return inside(t.root, rel, func(folder *os.Root, base string) error { return folder.Chmod(base, mode.Perm()) })
}

// makeFolder sees to it that a folder of OUT is there, reached through no
// symlink, and free of what killed runs left in it.
func (t *Tree) makeFolder(name string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.makeFolders(name)
}

// makeFolders makes a folder of OUT and those above it, each once.
func (t *Tree) makeFolders(name string) error {
	if err, done := t.made[name]; done {
		return err
	}
	var err error
	if name != "." {
		if err = t.makeFolders(path.Dir(name)); err == nil {
			err = t.makeOne(name)
		}
	}
	if err == nil {
		t.sweep(name)
	}
	t.made[name] = err
	return err
}

// sweep rids a folder of OUT of what killed runs left in it.
func (t *Tree) sweep(name string) {
	if folder, err := openFolder(t.root, name); err == nil {
		sweep(folder)
		folder.Close()
	}
}

// makeOne makes a folder of OUT whose parent is there. A file or a symlink that
// windsock wrote there makes way for it.
func (t *Tree) makeOne(name string) error {
	info, err := t.root.Lstat(name)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil && !t.manifest.holds(name):
		return errNotFolder
	case err == nil:
		err = inside(t.root, name, (*os.Root).Remove)
	case errors.Is(err, fs.ErrNotExist):
		err = nil
	}
	if err != nil {
		return err
	}
	return inside(t.root, name, func(folder *os.Root, base string) error { return folder.Mkdir(base, 0o777) })
}
