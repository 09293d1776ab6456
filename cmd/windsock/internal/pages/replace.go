package pages

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strconv"
	"sync/atomic"
	"syscall"
)

// A replacement is a file about to be written whole.
type replacement struct {
	content io.Reader
	mode    fs.FileMode // its permission bits are kept whatever the umask
	owner   fs.FileInfo // whose owner and group to keep where allowed; may be nil
	sync    bool        // whether the bytes must have reached the disk
}

// temporaries counts the temporary files of this process, for their names.
var temporaries atomic.Int64

// temporaryName matches the names of temporary files; the group is the process.
var temporaryName = regexp.MustCompile(`^\.windsock-(\d+)-\d+\.tmp$`)

// replace makes the replacement the content of the file name in root: at every
// moment name is what it was or what it shall be, whole. On an error it is what
// it was, and the temporary file is gone.
func replace(root *os.Root, name string, r replacement) error {
	temporary, f, err := createTemporary(root, path.Dir(name))
	if err != nil {
		return err
	}
	err = errors.Join(r.fill(f), f.Close())
	if err == nil {
		err = root.Rename(temporary, name)
	}
	if err != nil {
		root.Remove(temporary)
	}
	return err
}

// createTemporary creates an empty file in a folder of root, of a name that
// neither walks nor Sphinx take for a page.
func createTemporary(root *os.Root, folder string) (string, *os.File, error) {
	for {
		base := fmt.Sprintf(".windsock-%d-%d.tmp", os.Getpid(), temporaries.Add(1))
		name := join(folder, base)
		f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, fs.ErrExist) {
			return name, f, err
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
	}
	if err := f.Chmod(r.mode.Perm()); err != nil {
		return err
	}
	if r.sync {
		return f.Sync()
	}
	return nil
}

// sweep removes the temporary files that killed runs left in a folder of root,
// and those of this process, which has none before it first writes there. It is
// a courtesy: what cannot be removed stays.
func sweep(root *os.Root, folder string) {
	f, err := root.Open(folder)
	if err != nil {
		return
	}
	defer f.Close()
	names, _ := f.Readdirnames(-1)
	for _, name := range names {
		if m := temporaryName.FindStringSubmatch(name); m != nil && !runsBeside(m[1]) {
			root.Remove(join(folder, name))
		}
	}
}

// runsBeside reports whether the process of that number, in decimal, is another
// one than this and still runs.
func runsBeside(pid string) bool {
	n, err := strconv.Atoi(pid)
	if err != nil || n == os.Getpid() {
		return false
	}
	p, err := os.FindProcess(n)
	return err == nil && !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
