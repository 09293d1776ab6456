package pages

import (
	"errors"
	"os"
	"path"
	"strings"
)

// errLinkedFolder is why nothing is written in a folder that a symlink leads to.
var errLinkedFolder = errors.New("a folder of its path is a symlink, and windsock writes through none")

// openFolder opens the folder name of root, "." for root itself. No symlink on the
// way is followed, where root by itself follows those that lead to within it.
func openFolder(root *os.Root, name string) (*os.Root, error) {
	folder, err := root.OpenRoot(".")
	if err != nil || name == "." {
		return folder, err
	}
	for part := range strings.SplitSeq(name, "/") {
		next, err := enter(folder, part)
		folder.Close()
		if err != nil {
			return nil, err
		}
		folder = next
	}
	return folder, nil
}

// inside calls do with the folder that holds the file name of root, and the file's
// name there. No symlink on the way is followed.
func inside(root *os.Root, name string, do func(folder *os.Root, base string) error) error {
	folder, err := openFolder(root, path.Dir(name))
	if err != nil {
		return err
	}
	defer folder.Close()
	return do(folder, path.Base(name))
}

// enter opens the folder name in folder, if it is one and no symlink. Somebody
// else may put another in its place at any time: the one that was opened must be
// the one that was looked at.
func enter(folder *os.Root, name string) (*os.Root, error) {
	seen, err := folder.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !seen.IsDir() {
		return nil, errLinkedFolder
	}
	next, err := folder.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	opened, err := next.Stat(".")
	if err == nil && !os.SameFile(seen, opened) {
		err = errLinkedFolder
	}
	if err != nil {
		next.Close()
		return nil, err
	}
	return next, nil
}
