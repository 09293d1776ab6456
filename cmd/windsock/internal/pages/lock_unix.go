//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package pages

import (
	"os"
	"syscall"
)

// tryLock locks an open file until it is closed. It reports false if another process has
// locked it, and where the file system has no locks.
func tryLock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
