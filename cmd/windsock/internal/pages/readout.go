package pages

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"syscall"
)

// errSwapped is why a file of OUT is not read that somebody else put in the place of the
// one that was looked at.
var errSwapped = errors.New("another file took its place meanwhile; run windsock again")

// Read returns what the file rel of OUT holds, if it is one and no symlink, and is of no
// more than limit bytes.
func (t *Tree) Read(rel string, limit int64) ([]byte, error) {
	var data []byte
	err := fs.ErrNotExist
	failure := t.seeFolder(rel, func(folder *os.Root) error {
		data, err = readIn(folder, path.Base(rel), limit)
		return nil
	})
	if err = cmp.Or(failure, err); err != nil {
		return nil, t.failure("read", rel, err)
	}
	return data, nil
}

// readIn returns what a file of a folder holds, if that is no more than limit bytes.
func readIn(folder *os.Root, name string, limit int64) ([]byte, error) {
	f, info, err := openFile(folder, name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info.Size() > limit {
		return nil, TooLarge{limit}
	}
	return ReadAll(f, roomFor(info.Size(), nil), limit)
}

// openFile opens a file of a folder, if it is one and no symlink. One that is replaced at
// that moment, as another run of windsock may do, is tried again.
func openFile(folder *os.Root, name string) (*os.File, fs.FileInfo, error) {
	err := errSwapped
	for tries := 0; tries < 10 && errors.Is(err, errSwapped); tries++ {
		var info fs.FileInfo
		if info, err = folder.Lstat(name); err == nil {
			err = isFile(info)
		}
		var f *os.File
		if err == nil {
			f, err = openSeen(folder, name, info)
		}
		if err == nil {
			return f, info, nil
		}
	}
	return nil, nil, err
}

// openSeen opens a file of a folder, of which info is known. Somebody else may put
// another in its place at any time: a symlink, which could lead to any file of the
// folder, or a pipe, which is not waited for.
func openSeen(folder *os.Root, name string, info fs.FileInfo) (*os.File, error) {
	f, opened, err := regular(folder.OpenFile(name, toRead, 0))
	if err == nil && !os.SameFile(info, opened) {
		f.Close()
		err = errSwapped
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// toRead opens a file for reading without waiting for another end, if it is a pipe.
const toRead = os.O_RDONLY | syscall.O_NONBLOCK

// regular returns what was opened, and what is known of it, if it is a file.
func regular(f *os.File, err error) (*os.File, fs.FileInfo, error) {
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = isFile(info)
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// isFile returns why something that was looked at is no file, nil if it is one.
func isFile(info fs.FileInfo) error {
	switch {
	case info.Mode().Type() == fs.ModeSymlink:
		return errSymlink
	case !info.Mode().IsRegular():
		return errNotFile
	}
	return nil
}
