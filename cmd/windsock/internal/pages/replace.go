package pages

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// A replacement is a file about to be written whole.
type replacement struct {
	content io.Reader
	mode    fs.FileMode // the umask takes from it, unless there is an owner
	owner   fs.FileInfo // whose owner and group to keep where allowed; may be nil
	sync    bool        // whether the bytes must have reached the disk
	isNew   bool        // whether no file of the name may be there yet
	// before, if set, is called when all is written but in its place; its error
	// keeps the file as it is.
	before func() error
	after  func() // told once the file is replaced, before Halt can return; or nil
}

// newMode returns the mode of a new file: what the umask leaves of mode.
func newMode(mode fs.FileMode) fs.FileMode { return mode.Perm() &^ umask }

// halting is held for reading while a file is replaced, and for good once the
// process is to end.
var halting sync.RWMutex

// Halt returns when no file is being replaced, and keeps all from being replaced
// that were not yet: the process can end without leaving a temporary file.
func Halt() { halting.Lock() }

// temporaries are the temporary files of this process.
var temporaries struct {
	count atomic.Int64 // made so far, for their names
	live  sync.Map     // the names of those that are still there
}

// ownProcess is the number of this process, which the system is asked for once.
var ownProcess = os.Getpid()

// ownPrefix begins the names of files that windsock makes for itself.
const ownPrefix = ".windsock-"

// temporaryName returns the name of a process's temporary file of that number. It
// is hidden and no page's, so that neither walks nor Sphinx read it.
func temporaryName(pid int, number int64) string {
	return fmt.Sprintf(ownPrefix+"%d-%d.tmp", pid, number)
}

// temporaryOwner returns the number of the process that a temporary file is of;
// false if no temporary file has that name.
func temporaryOwner(name string) (pid int, ok bool) {
	name, hidden := strings.CutPrefix(name, ownPrefix)
	name, temporary := strings.CutSuffix(name, ".tmp")
	owner, number, _ := strings.Cut(name, "-")
	if !hidden || !temporary || strings.Trim(number, "0123456789") != "" || number == "" {
		return 0, false
	}
	pid, err := strconv.Atoi(owner)
	return pid, err == nil && pid > 0
}

// replace makes the replacement the content of the file name in folder: at every
// moment name is what it was or what it shall be, whole. On an error it is what
// it was, and the temporary file is gone.
func replace(folder *os.Root, name string, r replacement) error {
	halting.RLock()
	defer halting.RUnlock()
	temporary, f, err := createTemporary(folder, r.first())
	if err != nil {
		return err
	}
	defer temporaries.live.Delete(temporary)
	err = errors.Join(r.fill(f), f.Close())
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

// first returns the mode that the temporary file has while it is filled: that of a file
// which somebody else owns is for its owner's group, and given with it.
func (r replacement) first() fs.FileMode {
	if r.owner != nil {
		return 0o600
	}
	return r.mode.Perm()
}

// createTemporary creates an empty temporary file of some mode in a folder. O_NONBLOCK
// makes no difference to a file, but spares Go four calls of the system to set it and to
// find that out.
func createTemporary(folder *os.Root, mode fs.FileMode) (string, *os.File, error) {
	for {
		name := temporaryName(ownProcess, temporaries.count.Add(1))
		temporaries.live.Store(name, true)
		f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|syscall.O_NONBLOCK, mode)
		if err == nil {
			return name, f, nil
		}
		temporaries.live.Delete(name)
		if !errors.Is(err, fs.ErrExist) {
			return "", nil, err
		}
	}
}

// fill gives the temporary file its content, mode and owner.
func (r replacement) fill(f *os.File) error {
	if _, err := io.Copy(f, r.content); err != nil {
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

// sweep removes the temporary files that killed runs left in a folder. It is a
// courtesy: what cannot be removed stays.
func sweep(folder *os.Root) {
	f, err := folder.OpenFile(".", os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	for _, name := range names {
		if abandoned(name) {
			folder.Remove(name)
		}
	}
}

// abandoned reports whether a name is that of a temporary file which no process
// is about to rename. A process of ours may have had our number before us.
func abandoned(name string) bool {
	pid, ok := temporaryOwner(name)
	if !ok {
		return false
	}
	if pid == ownProcess {
		_, live := temporaries.live.Load(name)
		return !live
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		return true
	}
	defer p.Release()
	return errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
