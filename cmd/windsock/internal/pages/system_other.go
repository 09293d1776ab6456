//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package pages

import (
	"io/fs"
	"os"
)

// On other systems no temporary file is certainly abandoned, a run does not wait for
// another one, files have no owner to keep, and there is no umask.

func lock(*os.File, bool) bool { return false }

func keepOwner(*os.File, fs.FileInfo) {}

const umask fs.FileMode = 0
