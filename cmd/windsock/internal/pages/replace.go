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

// halting is locked for reading while files are written, and for good once the process is
// to end.
var halting sync.RWMutex

// Halt returns when no file is being written, and keeps further files from being written:
// the process can end without leaving a temporary file.
func Halt() { halting.Lock() }

// replace writes a new content of the file name of folder to a temporary file, which fill gets
// and place then renames: at every moment the file is the old one or the new one, whole. On an
// error the old file stays. The new file has a mode, less the umask.
func replace(folder *os.Root, name string, mode fs.FileMode, fill func(*os.File) error, place func(from, to string) error) error {
	temporary, f, err := createTemporary(folder, mode.Perm())
	if err != nil {
		return err
	}
	defer f.Close() // after all else, since it unlocks the file
	if err = fill(f); err == nil {
		err = place(temporary, name)
	}
	if err != nil {
		folder.Remove(temporary)
	}
	return err
}

// temporaryName matches the names of temporary files, which have 26 random letters.
var temporaryName = regexp.MustCompile(`^\.windsock-[A-Z2-7]{26}\.tmp$`)

// isTemporary reports whether a file has a name that only windsock gives, to a temporary
// file. Walks do not read such files, nor does Sphinx.
func isTemporary(name string) bool {
	return strings.HasPrefix(name, ".") && temporaryName.MatchString(name)
}

// createTemporary creates an empty temporary file in a folder. Its name is random, so that
// no other process has it, on whatever machine. The file is locked until it is closed, so
// that [removeAbandoned] leaves it alone; if that came before the lock, there is another try.
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

// removeAbandoned removes the temporary files of a folder that no process is filling: those
// that it can lock. Where files cannot be locked, all stay.
func removeAbandoned(folder *os.Root) {
	f, err := folder.OpenFile(".", os.O_RDONLY, 0)
	if err != nil {
		return
	}
	defer f.Close()
	entries, _ := f.Readdirnames(-1)
	for _, name := range entries {
		if !isTemporary(name) {
			continue
		}
		if f, _, err := openFile(folder, name, os.O_WRONLY); err == nil {
			if lock(f, false) {
				folder.Remove(name)
			}
			f.Close()
		}
	}
}

// IsDiskFull reports whether an error says that a disk or a quota has no room, or that the
// disk is read-only: the writes after it fail for the same reason.
func IsDiskFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS)
}
