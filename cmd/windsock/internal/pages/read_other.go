//go:build !unix

package pages

import (
	"errors"
	"os"
)

// readFile appends the content of a file to buffer.
func readFile(path string, buffer []byte, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return buffer, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return buffer, err
	case info.IsDir():
		return buffer, errors.New("is a directory")
	case !info.Mode().IsRegular():
		return buffer, errNotFile
	case info.Size() > limit:
		return buffer, TooLarge{limit}
	}
	return ReadAll(f, roomFor(info.Size(), buffer), limit)
}
