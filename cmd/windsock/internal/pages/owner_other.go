//go:build !unix

package pages

import (
	"io/fs"
	"os"
)

// keepOwner does nothing where files have no owner to keep.
func keepOwner(*os.File, fs.FileInfo) {}

// names returns 1 where the system does not tell how many names a file has.
func names(fs.FileInfo) uint64 { return 1 }
