package pages

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

var (
	// errSymlink is why nothing is written through a symlink.
	errSymlink = errors.New("it is a symlink, and windsock writes through none; name what it points to")
	// errNotFolder is why nothing is read or written below what is no folder.
	errNotFolder = errors.New("a folder of its path is a file or a symlink that windsock did not write")
	// errNotFile is why a folder or a device is neither read nor written.
	errNotFile = errors.New("it is not a file")
	// errChanged is why a file is not read or written that somebody else wrote meanwhile.
	errChanged = errors.New("it changed after windsock read it; run windsock again")
)

// openFolder opens the folder name below root, "." for root itself, and makes it if create
// is set. It follows no symlink, where [os.Root] follows those that stay below root.
func openFolder(root *os.Root, name string, create bool) (*os.Root, error) {
	folder, err := root.OpenRoot(".")
	for part := range strings.SplitSeq(name, "/") {
		if err != nil || part == "." {
			break
		}
		above := folder
		folder, err = enter(above, part, create)
		above.Close()
	}
	return folder, err
}

// enter opens the folder name in folder, and may make it. Somebody may put a symlink in the
// place of the folder at any time: the one that was opened must be the one that was looked at.
func enter(folder *os.Root, name string, create bool) (*os.Root, error) {
	seen, err := folder.Lstat(name)
	if create && errors.Is(err, fs.ErrNotExist) {
		if err := folder.Mkdir(name, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		seen, err = folder.Lstat(name)
	}
	if err != nil {
		return nil, err
	}
	if !seen.IsDir() {
		return nil, errNotFolder
	}
	next, err := folder.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	if opened, err := next.Stat("."); err != nil || !os.SameFile(seen, opened) {
		next.Close()
		return nil, errNotFolder
	}
	return next, nil
}

// openFile opens a file of a folder, to read or to write, if it is one and no symlink.
func openFile(folder *os.Root, name string, flag int) (*os.File, fs.FileInfo, error) {
	seen, err := folder.Lstat(name)
	if err == nil {
		err = isFile(seen)
	}
	if err != nil {
		return nil, nil, err
	}
	f, opened, err := regular(folder.OpenFile(name, flag|syscall.O_NONBLOCK, 0))
	if err == nil && !os.SameFile(seen, opened) {
		f.Close()
		return nil, nil, errChanged
	}
	return f, opened, err
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
