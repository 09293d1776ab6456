package pages

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"sync"
	"syscall"
)

// halting is read-locked while a file is replaced. Halt locks it for good.
var halting sync.RWMutex

// Halt waits until no file is being replaced, and blocks later replacements, so that the
// process can exit without leaving a temporary file.
func Halt() { halting.Lock() }

// replace creates a temporary file in folder with a mode, less the umask. It calls fill to
// write the content, then place to rename the file to name. At every moment the file called
// name is the old one or the new one, whole. On an error the temporary file is removed.
func replace(folder *os.Root, name string, mode fs.FileMode, fill func(*os.File) error, place func(from, to string) error) error {
	halting.RLock()
	defer halting.RUnlock()
	temporary, f, err := createTemporary(folder, mode.Perm())
	if err != nil {
		return err
	}
	defer f.Close() // last, since it unlocks the file
	if err = fill(f); err == nil {
		err = place(temporary, name)
	}
	if err != nil {
		folder.Remove(temporary)
	}
	return err
}

// temporaryPattern matches the names of temporary files. The 26 letters are random.
var temporaryPattern = regexp.MustCompile(`^\.windsock-[A-Z2-7]{26}\.tmp$`)

// isTemporary reports whether a file has the name of a temporary file. Neither walks nor
// Sphinx read such files.
func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".") && temporaryPattern.MatchString(name)
}

// createTemporary creates an empty temporary file in a folder. The random name is unique
// across processes and machines. The file is locked until it is closed, so that
// [removeAbandoned] leaves it alone. If another process removes it before the lock,
// createTemporary tries again.
func createTemporary(folder *os.Root, mode fs.FileMode) (string, *os.File, error) {
	for {
		name := ".windsock-" + rand.Text() + ".tmp"
		f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			return "", nil, err
		}
		lock(f, false)
		if _, err := folder.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return name, f, nil
		}
		f.Close()
	}
}

// removeAbandoned removes the temporary files in the folder name below root that no process is
// writing: those that it can lock. Where the file system has no locks, all stay.
func removeAbandoned(root *os.Root, name string) {
	folder, err := openFolder(root, name, false)
	if err != nil {
		return
	}
	defer folder.Close()
	entries, _ := fs.ReadDir(folder.FS(), ".")
	for _, d := range entries {
		if !isTemporary(d.Name()) {
			continue
		}
		if f, _, err := openFile(folder, d.Name(), os.O_WRONLY); err == nil {
			if lock(f, false) {
				folder.Remove(d.Name())
			}
			f.Close()
		}
	}
}

// IsDiskFull reports whether an error means that a disk or a quota is full, or that the disk
// is read-only. Later writes fail for the same reason.
func IsDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS)
}
