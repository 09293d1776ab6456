//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package pages

import (
	"io/fs"
	"os"
)

// Other systems have no file locks, so temporary files are not removed and runs do not wait for
// each other; they have no file owners and no umask.

func lock(*os.File, bool) bool { return false }

func keepOwner(*os.File, fs.FileInfo) {}

const umask fs.FileMode = 0
