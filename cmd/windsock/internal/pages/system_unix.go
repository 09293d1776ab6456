//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package pages

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// tryLock locks an open file until it is closed. It reports false if another process has
// locked it, and where the file system has no locks.
func tryLock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}

// waitForLock locks an open file until it is closed, once no other process has locked it.
// Where files cannot be locked, as on some network file systems, it does not wait.
func waitForLock(f *os.File) {
	for errors.Is(syscall.Flock(int(f.Fd()), syscall.LOCK_EX), syscall.EINTR) {
	}
}

// keepOwner gives f the owner and group of an earlier file, where this process may: a run
// as root in a container leaves an author's pages the author's.
func keepOwner(f *os.File, earlier fs.FileInfo) {
	if s, ok := earlier.Sys().(*syscall.Stat_t); ok {
		f.Chown(int(s.Uid), int(s.Gid))
	}
}

// umask is what the process's new files may not be allowed. It can be asked for only by
// changing it, which is done before anything else could make a file.
var umask = func() fs.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return fs.FileMode(mask)
}()
