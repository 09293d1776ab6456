package pages

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// Reasons for refusing to read or write a file.
var (
	errSymlink   = errors.New("it is a symlink, and windsock writes through none; name what it points to")
	errNotFolder = errors.New("a folder of its path is a file or a symlink that windsock did not write")
	errNotFile   = errors.New("it is not a file")
	errChanged   = errors.New("it changed after windsock read it; run windsock again")

	// In output trees only.
	errNotOurs = errors.New("it is not empty, and windsock did not make it; name a folder that is new or empty")
	errForeign = errors.New("windsock did not write it; remove it or name another output folder")
	errFolder  = errors.New("it is a folder with files that windsock did not write; remove it or name another output folder")
	errVersion = errors.New("another version of windsock wrote it; remove the output tree, or use that version")
)

// openFolder opens the folder name below root, or root itself for ".". If create is set, it
// creates missing folders. It follows no symlink, unlike [os.Root], which follows those that
// stay below root.
func openFolder(root *os.Root, name string, create bool) (*os.Root, error) {
	folder, err := root.OpenRoot(".")
	for part := range strings.SplitSeq(name, "/") {
		if err != nil || part == "." {
			break
		}
		parent := folder
		folder, err = openChild(parent, part, create)
		parent.Close()
	}
	return folder, err
}

// openChild opens the folder name in parent, and creates it if create is set and it is
// missing. Another process can replace the folder with a symlink at any time, so openChild
// compares the folder that it opened with the one that it examined.
func openChild(parent *os.Root, name string, create bool) (*os.Root, error) {
	seen, err := parent.Lstat(name)
	if create && errors.Is(err, fs.ErrNotExist) {
		if err := parent.Mkdir(name, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		seen, err = parent.Lstat(name)
	}
	if err != nil {
		return nil, err
	}
	if !seen.IsDir() {
		return nil, errNotFolder
	}
	child, err := parent.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	if opened, err := child.Stat("."); err != nil || !os.SameFile(seen, opened) {
		child.Close()
		return nil, errNotFolder
	}
	return child, nil
}

// openFile opens a regular file in a folder. It follows no symlink.
func openFile(folder *os.Root, name string, flag int) (*os.File, fs.FileInfo, error) {
	seen, err := regular(folder.Lstat(name))
	if err != nil {
		return nil, nil, err
	}
	f, opened, err := openedFile(folder.OpenFile(name, flag|syscall.O_NONBLOCK, 0))
	if err == nil && !os.SameFile(seen, opened) {
		f.Close()
		return nil, nil, errChanged
	}
	return f, opened, err
}

// openedFile returns the result of an open call with its FileInfo. It closes f, and returns
// an error, if f is not a regular file.
func openedFile(f *os.File, err error) (*os.File, fs.FileInfo, error) {
	if err != nil {
		return nil, nil, err
	}
	info, err := regular(f.Stat())
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// regular returns the result of a stat call, with an error if it is not about a regular file.
func regular(info fs.FileInfo, err error) (fs.FileInfo, error) {
	switch {
	case err != nil:
		return nil, err
	case info.Mode().Type() == fs.ModeSymlink:
		return nil, errSymlink
	case !info.Mode().IsRegular():
		return nil, errNotFile
	}
	return info, nil
}
