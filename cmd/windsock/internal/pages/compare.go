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
func (t *Tree) CompareData(rel string, data []byte, mode fs.FileMode) (State, error) {
	return t.compare(rel, func(folder *os.Root) (State, error) {
		state, seen, err := t.stateIn(folder, rel, bytes.NewReader(data), int64(len(data)))
		return withMode(state, seen, mode), err
	})
}

// CompareFile says how the file rel of OUT stands to that of SRC.
func (t *Tree) CompareFile(rel string) (State, error) {
	f, info, err := t.open(rel)
	if err != nil {
		return Same, err
	}
	defer f.Close()
	return t.compare(rel, func(folder *os.Root) (State, error) {
		if f == nil {
			return t.linkState(folder, rel)
		}
		state, seen, err := t.stateIn(folder, rel, f, info.Size())
		return withMode(state, seen, info.Mode()), err
	})
}

// withMode returns the state of a file of OUT, of which seen is known, in which its mode
// counts too.
func withMode(state State, seen fs.FileInfo, source fs.FileMode) State {
	const executable = 0o100
	if state == Same && (seen.Mode()^source)&executable != 0 {
		return WrongMode
	}
	return state
}

// compare calls state with the folder of OUT that holds the file rel, notes that the
// file has a source, and names it in errors.
func (t *Tree) compare(rel string, state func(folder *os.Root) (State, error)) (State, error) {
	t.manifest.keep(rel)
	s := Missing
	err := t.seeFolder(rel, func(folder *os.Root) (err error) {
		s, err = state(folder)
		return err
	})
	if err != nil {
		err = t.failure("compare", rel, err)
	}
	return s, err
}

// stateIn says how the file rel of OUT, in the folder that holds it, stands to content of
// a known size. It is opened only if it may be the same. What is known of it is returned
// too, nil if it is not there.
func (t *Tree) stateIn(folder *os.Root, rel string, content io.Reader, size int64) (State, fs.FileInfo, error) {
	base := path.Base(rel)
	info, err := folder.Lstat(base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Missing, nil, nil
	case err != nil:
		return Stale, nil, err
	case info.IsDir() && len(t.manifest.below(rel)) > 0:
		return Missing, info, nil // a folder of earlier runs, which is to make way
	case !info.Mode().IsRegular() || info.Size() != size:
		return Stale, info, isFile(info)
	}
	f, err := openSeen(folder, base, info)
	if err != nil {
		return Stale, info, err
	}
	defer f.Close()
	state, err := compareContent(f, content)
	return state, info, err
}

// chunks holds pairs of buffers to compare files with.
var chunks = sync.Pool{New: func() any { return new([2][8 << 10]byte) }}

// compareContent reads two sources to their ends, or to where they differ.
func compareContent(a, b io.Reader) (State, error) {
	chunk := chunks.Get().(*[2][8 << 10]byte)
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
