//go:build !unix

package pages

import "io/fs"

// umask is empty where systems have none.
const umask fs.FileMode = 0
