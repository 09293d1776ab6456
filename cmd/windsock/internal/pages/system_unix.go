//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package pages

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// lock locks an open file or folder until it is closed, and may wait until no other process has
// locked it. It reports false if one has, and where the file system has no locks, as some on a
// network have none.
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
