//go:build unix

package pages

import (
	"io/fs"
	"syscall"
)

// umask is what the process's new files may not be allowed. It can be asked for
// only by changing it, which is done before anything else could make a file.
var umask = func() fs.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return fs.FileMode(mask)
}()
