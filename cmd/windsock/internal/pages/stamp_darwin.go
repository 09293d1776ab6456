package pages

import (
	"io/fs"
	"syscall"
	"time"
)

// stampOf returns the stamp of a file, false if what is known of it is not enough.
func stampOf(info fs.FileInfo) (stamp, bool) {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return stamp{}, false
	}
	return stamp{s.Ino, s.Size, time.Unix(s.Ctimespec.Unix())}, true
}
