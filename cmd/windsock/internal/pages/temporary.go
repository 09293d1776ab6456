package pages

import (
	"crypto/rand"
	"io/fs"
	"os"
	"strings"
	"syscall"
)

// ownPrefix begins the names of the files that windsock makes for itself, temporarySuffix
// ends those of temporary files.
const (
	ownPrefix       = ".windsock-"
	temporarySuffix = ".tmp"
)

// randomLength and randomLetters describe what [rand.Text] returns.
const (
	randomLength  = 26
	randomLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
)

// isTemporary reports whether a file has a name that only windsock gives, to the temporary
// file by which it replaces another. Walks do not read such files, nor does Sphinx.
func isTemporary(name string) bool {
	name, hidden := strings.CutPrefix(name, ownPrefix)
	random, temporary := strings.CutSuffix(name, temporarySuffix)
	return hidden && temporary && len(random) == randomLength && strings.Trim(random, randomLetters) == ""
}

// createTemporary creates an empty temporary file in a folder. Its name is random, so that
// no other process has it, on whatever machine. The file is locked until it is closed,
// where files can be locked: [removeAbandoned] leaves it alone meanwhile.
func createTemporary(folder *os.Root, mode fs.FileMode) (string, *os.File, error) {
	for {
		name := ownPrefix + rand.Text() + temporarySuffix
		f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			return "", nil, err
		}
		if !isLost(f) {
			return name, f, nil
		}
		f.Close()
	}
}

// isLost locks a new temporary file, and reports whether another process removed it
// before it was locked.
func isLost(f *os.File) bool {
	tryLock(f)
	info, err := f.Stat()
	return err == nil && names(info) == 0
}

// removeAbandoned removes the temporary files of a folder that no process is filling:
// those that it can lock. Where files cannot be locked, all stay.
func removeAbandoned(folder *os.Root) {
	f, err := folder.OpenFile(".", os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer f.Close()
	entries, _ := f.Readdirnames(-1)
	for _, name := range entries {
		if isTemporary(name) {
			removeUnlocked(folder, name)
		}
	}
}

// removeUnlocked removes a temporary file if no process has it locked.
func removeUnlocked(folder *os.Root, name string) {
	info, err := folder.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	f, err := folder.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer f.Close()
	if tryLock(f) {
		folder.Remove(name)
	}
}
