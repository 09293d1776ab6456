package pages

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
	"syscall"
)

// A replacement is the new content of a file.
type replacement struct {
	fill  func(io.Writer) error // writes the content
	mode  fs.FileMode
	owner fs.FileInfo // whose owner and group the file keeps, where allowed; may be nil
	sync  bool        // whether the bytes must have reached the disk
	isNew bool        // whether no file of the name may be there yet
	// before, if set, is called when the temporary file is complete; its error keeps the
	// old file.
	before func() error
	after  func() // if set, is called once the file is replaced, before Halt can return
}

// bytesOf returns a fill that writes data.
func bytesOf(data []byte) func(io.Writer) error {
	return func(w io.Writer) error { _, err := w.Write(data); return err }
}

// newMode returns the mode of a new file: what the umask leaves of mode.
func newMode(mode fs.FileMode) fs.FileMode { return mode.Perm() &^ umask }

// halting is locked for reading while a file is replaced, and for good once the
// process is to end.
var halting sync.RWMutex

// Halt returns when no file is being replaced, and keeps further files from being
// replaced: the process can end without leaving a temporary file.
func Halt() { halting.Lock() }

// replace makes the replacement the content of the file name in folder: at every
// moment the file is the old one or the new one, whole. On an error the old file
// stays, and the temporary file is removed.
func replace(folder *os.Root, name string, r replacement) error {
	halting.RLock()
	defer halting.RUnlock()
	temporary, f, err := createTemporary(folder, r.firstMode())
	if err != nil {
		return err
	}
	defer f.Close() // after the rename, since closing it unlocks it
	err = r.write(f)
	if err == nil && r.before != nil {
		err = r.before()
	}
	if err == nil {
		err = r.place(folder, temporary, name)
	}
	if err != nil {
		folder.Remove(temporary)
	} else if r.after != nil {
		r.after()
	}
	return err
}

// firstMode returns the mode of the temporary file while it is filled: a file that keeps
// its owner gets its mode together with the owner.
func (r replacement) firstMode() fs.FileMode {
	if r.owner != nil {
		return 0o600
	}
	return r.mode.Perm()
}

// write gives the temporary file its content, mode and owner.
func (r replacement) write(f *os.File) error {
	if err := r.fill(f); err != nil {
		return err
	}
	if r.owner != nil {
		keepOwner(f, r.owner)
		if err := f.Chmod(r.mode.Perm()); err != nil {
			return err
		}
	}
	if r.sync {
		return f.Sync()
	}
	return nil
}

// place gives the complete temporary file its name. A link replaces no file that somebody
// makes meanwhile; a rename does.
func (r replacement) place(folder *os.Root, temporary, name string) error {
	if !r.isNew {
		return folder.Rename(temporary, name)
	}
	if err := folder.Link(temporary, name); err != nil {
		return err
	}
	folder.Remove(temporary)
	return nil
}

// IsDiskFull reports whether an error says that a disk or a quota has no room, or that the
// disk is read-only: the writes after it fail for the same reason.
func IsDiskFull(err error) bool {
	for _, reason := range []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}
