package pages

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"sync"
)

// A State is how a file of an output tree stands to what it should hold.
type State int

// The states.
const (
	Same      State = iota
	Stale           // it holds something else
	Missing         // it is not there
	WrongMode       // it may be executed though the source may not, or the reverse
)

// CompareData says how the file rel of OUT stands to data, and to the mode of the file
// of SRC. Of modes only counts what git keeps of them: others depend on the umask.
func (t *Tree) CompareData(rel string, data []byte) (State, error) {
	return t.compare(rel, func() (State, error) {
		info, err := os.Stat(join(t.src, rel))
		if err != nil {
			return Same, err
		}
		state, err := t.state(rel, bytes.NewReader(data), int64(len(data)))
		return t.withMode(rel, state, info.Mode()), err
	})
}

// CompareFile says how the file rel of OUT stands to that of SRC.
func (t *Tree) CompareFile(rel string) (State, error) {
	f, info, err := t.open(rel)
	if err != nil {
		return Same, err
	}
	defer f.Close()
	return t.compare(rel, func() (State, error) {
		if f == nil {
			return t.linkState(rel)
		}
		state, err := t.state(rel, f, info.Size())
		return t.withMode(rel, state, info.Mode()), err
	})
}

// withMode returns the state of the file rel of OUT in which its mode counts too.
func (t *Tree) withMode(rel string, state State, mode fs.FileMode) State {
	const executable = 0o100
	info, err := os.Lstat(t.Path(rel))
	if state == Same && err == nil && (info.Mode()^mode)&executable != 0 {
		return WrongMode
	}
	return state
}

// compare calls state, notes that the file rel has a source, and names it in
// errors.
func (t *Tree) compare(rel string, state func() (State, error)) (State, error) {
	t.manifest.keep(rel)
	s, err := state()
	if err != nil {
		err = t.failure("compare", rel, err)
	}
	return s, err
}

// state says how the file rel of OUT stands to content of a known size.
func (t *Tree) state(rel string, content io.Reader, size int64) (State, error) {
	info, err := t.lstat(rel)
	switch {
	case err != nil:
		return Stale, err
	case info == nil:
		return Missing, nil
	}
	return t.stateOf(rel, info, content, size, func() (*os.File, error) { return os.Open(t.Path(rel)) })
}

// stateIn is state for a file in the folder of OUT that holds it; it returns what is
// known of the file too, nil if it is not there.
func (t *Tree) stateIn(folder *os.Root, rel string, content io.Reader, size int64) (State, fs.FileInfo, error) {
	base := path.Base(rel)
	info, err := folder.Lstat(base)
	if errors.Is(err, fs.ErrNotExist) {
		return Missing, nil, nil
	}
	if err != nil {
		return Stale, nil, err
	}
	state, err := t.stateOf(rel, info, content, size, func() (*os.File, error) { return folder.Open(base) })
	return state, info, err
}

// stateOf says how the file rel of OUT, of which info is known, stands to content of a
// known size. It is opened only if it may be the same.
func (t *Tree) stateOf(rel string, info fs.FileInfo, content io.Reader, size int64, open func() (*os.File, error)) (State, error) {
	switch {
	case info.IsDir() && len(t.manifest.below(rel)) > 0:
		return Missing, nil // a folder of earlier runs, which is to make way
	case info.Mode().Type() == fs.ModeSymlink:
		return Stale, errSymlink
	case !info.Mode().IsRegular():
		return Stale, errNotFile
	case info.Size() != size:
		return Stale, nil
	}
	f, err := open()
	if err != nil {
		return Stale, err
	}
	defer f.Close()
	return compareContent(f, content)
}

// lstat returns what is known of rel of OUT, nil if it is not there; a symlink
// on the way to it that windsock did not write is an error.
func (t *Tree) lstat(rel string) (fs.FileInfo, error) {
	for i := range len(rel) {
		if rel[i] != '/' {
			continue
		}
		info, err := os.Lstat(t.Path(rel[:i]))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, nil
		case err != nil:
			return nil, err
		case !info.IsDir() && t.manifest.holds(rel[:i]):
			return nil, nil
		case !info.IsDir():
			return nil, errNotFolder
		}
	}
	info, err := os.Lstat(t.Path(rel))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return info, err
}

// chunks holds pairs of buffers to compare files with.
var chunks = sync.Pool{New: func() any { return new([2][32 << 10]byte) }}

// compareContent reads two sources to their ends, or to where they differ.
func compareContent(a, b io.Reader) (State, error) {
	chunk := chunks.Get().(*[2][32 << 10]byte)
	defer chunks.Put(chunk)
	for {
		n, err := io.ReadFull(a, chunk[0][:])
		m, other := io.ReadFull(b, chunk[1][:])
		if !bytes.Equal(chunk[0][:n], chunk[1][:m]) {
			return Stale, nil
		}
		for _, err := range []error{err, other} {
			switch err {
			case nil:
			case io.EOF, io.ErrUnexpectedEOF:
				return Same, nil
			default:
				return Stale, err
			}
		}
	}
}
