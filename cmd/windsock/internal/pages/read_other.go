//go:build !unix

package pages

import (
	"errors"
	"io/fs"
	"os"
)

// readFile appends the content of a file to buffer, and returns its permissions.
func readFile(path string, buffer []byte, limit int64) ([]byte, fs.FileMode, error) {
	f, err := os.Open(path)
	if err != nil {
		return buffer, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return buffer, 0, err
	case info.IsDir():
		return buffer, 0, errors.New("is a directory")
	case !info.Mode().IsRegular():
		return buffer, 0, errNotFile
	case info.Size() > limit:
		return buffer, 0, TooLarge{limit}
	}
	buffer, err = ReadAll(f, roomFor(info.Size(), buffer), limit)
	return buffer, info.Mode().Perm(), err
}
