//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package pages

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// lock locks an open file or folder until it is closed. With wait, it waits for other processes. It
// reports false if another process has the lock, or if the file system does not support locks.
func lock(f *os.File, wait bool) bool {
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	for {
		if err := syscall.Flock(int(f.Fd()), how); !errors.Is(err, syscall.EINTR) {
			return err == nil
		}
	}
}

// keepOwner sets the owner and group of f to those of an earlier file, if the system allows it. So a
// run as root in a container does not change the owner of pages.
func keepOwner(f *os.File, earlier fs.FileInfo) {
	if s, ok := earlier.Sys().(*syscall.Stat_t); ok {
		f.Chown(int(s.Uid), int(s.Gid))
	}
}

// umask is the umask of the process. Reading it requires changing it, so that happens before
// anything else can create a file.
var umask = func() fs.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return fs.FileMode(mask)
}()
