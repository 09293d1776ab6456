//go:build unix

package pages

import (
	"io/fs"
	"os"
	"syscall"
)

// keepOwner gives f the owner and group of an earlier file, where this process
// may: a run as root in a container leaves an author's pages the author's.
func keepOwner(f *os.File, earlier fs.FileInfo) {
	if s, ok := earlier.Sys().(*syscall.Stat_t); ok {
		f.Chown(int(s.Uid), int(s.Gid))
	}
}

// names returns how many names a file has.
func names(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink)
	}
	return 1
}
