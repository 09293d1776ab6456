package pages

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
)

var (
	// errSymlink is why nothing is written through a symlink.
	errSymlink = errors.New("it is a symlink, and windsock writes through none; name what it points to")
	// errNotFile is why a folder or a device is neither read nor written.
	errNotFile = errors.New("it is not a file")
	// errSwapped is why a file is not read that took the place of another meanwhile.
	errSwapped = errors.New("another file took its place meanwhile; run windsock again")
)

// A notFolderError says that part of a path is a symlink or a file.
type notFolderError struct {
	name string // of that part, from the folder on where the path began
}

// Error implements [error].
func (notFolderError) Error() string {
	return "a folder of its path is a symlink, and windsock writes through none"
}

// openFolder opens the folder name below root, "." for root itself, and makes it if create
// is set. It follows no symlink, where [os.Root] follows those that stay below root.
func openFolder(root *os.Root, name string, create bool) (*os.Root, error) {
	folder, err := root.OpenRoot(".")
	if err != nil || name == "." {
		return folder, err
	}
	at := ""
	for part := range strings.SplitSeq(name, "/") {
		at = path.Join(at, part)
		next, err := enter(folder, part, create)
		folder.Close()
		switch {
		case errors.Is(err, syscall.ENOTDIR):
			return nil, notFolderError{at}
		case err != nil:
			return nil, err
		}
		folder = next
	}
	return folder, nil
}

// enter opens the folder name in folder, and may make it. What is there but no folder is
// the error ENOTDIR. Somebody may put a symlink in the place of the folder at any time: the
// one that was opened must be the one that was looked at.
func enter(folder *os.Root, name string, create bool) (*os.Root, error) {
	seen, err := folder.Lstat(name)
	if create && errors.Is(err, fs.ErrNotExist) {
		if err = folder.Mkdir(name, 0o777); err == nil || errors.Is(err, fs.ErrExist) {
			seen, err = folder.Lstat(name)
		}
	}
	if err != nil {
		return nil, err
	}
	if !seen.IsDir() {
		return nil, syscall.ENOTDIR
	}
	next, err := folder.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	opened, err := next.Stat(".")
	if err == nil && !os.SameFile(seen, opened) {
		err = syscall.ENOTDIR
	}
	if err != nil {
		next.Close()
		return nil, err
	}
	return next, nil
}

// toRead opens a file for reading without waiting for another end, if it is a pipe.
const toRead = os.O_RDONLY | syscall.O_NONBLOCK

// openFile opens a file of a folder, if it is one and no symlink. Another run of windsock
// may replace it at that moment, so that it is tried again.
func openFile(folder *os.Root, name string) (*os.File, fs.FileInfo, error) {
	err := errSwapped
	for tries := 0; tries < 10 && errors.Is(err, errSwapped); tries++ {
		var seen, opened fs.FileInfo
		if seen, err = folder.Lstat(name); err == nil {
			err = isFile(seen)
		}
		var f *os.File
		if err == nil {
			f, opened, err = regular(folder.OpenFile(name, toRead, 0))
		}
		if err == nil && os.SameFile(seen, opened) {
			return f, opened, nil
		}
		if err == nil {
			f.Close()
			err = errSwapped
		}
	}
	return nil, nil, err
}

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

// isFile returns why something is no file, nil if it is one.
func isFile(info fs.FileInfo) error {
	switch {
	case info.Mode().Type() == fs.ModeSymlink:
		return errSymlink
	case !info.Mode().IsRegular():
		return errNotFile
	}
	return nil
}

// isAt reports whether an open file is the one of a name in a folder, which is no symlink.
func isAt(folder *os.Root, name string, opened fs.FileInfo) bool {
	seen, err := folder.Lstat(name)
	return err == nil && os.SameFile(seen, opened)
}
