package pages

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"syscall"
)

// MaxSize is the size of the largest file that is read, in bytes, unless the user
// raises it: far more than any page has, and a page of it is read in seconds.
const MaxSize = 64 << 20

// toRead opens a file for reading without waiting for another end, if it is a pipe.
const toRead = os.O_RDONLY | syscall.O_NONBLOCK

// Read returns the content of the file at path, in buffer if it has room for it, and the
// file's permissions.
// What is no file, such as a pipe that may never end, is an error, and so is a file
// of more than limit bytes. The error names the file.
func Read(path string, buffer []byte, limit int64) ([]byte, fs.FileMode, error) {
	f, info, err := regular(os.OpenFile(path, toRead, 0))
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	defer f.Close()
	data, err := readOpen(f, info, buffer, limit)
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	return data, info.Mode().Perm(), nil
}

// readOpen returns the content of an open file, of which info is known, in buffer if it has
// room for it. One byte more shows the end of the file without another piece of memory.
func readOpen(f io.Reader, info fs.FileInfo, buffer []byte, limit int64) ([]byte, error) {
	if info.Size() > limit {
		return nil, TooLarge{limit}
	}
	return ReadAll(f, slices.Grow(buffer[:0], int(info.Size())+1), limit)
}

// unreadable is an error about a file or a folder that cannot be read.
func unreadable(path string, err error) error {
	return fmt.Errorf("cannot read %s: %w", Quoted(path), reason(err))
}

// A TooLarge is the error about what holds more bytes than the limit.
type TooLarge struct{ Limit int64 }

// Error names the limit.
func (e TooLarge) Error() string {
	return "it holds more than " + SizeName(e.Limit)
}

// ReadAll appends what r holds to buffer, if that is no more than limit bytes.
func ReadAll(r io.Reader, buffer []byte, limit int64) ([]byte, error) {
	for {
		if len(buffer) == cap(buffer) {
			buffer = append(buffer, 0)[:len(buffer)]
		}
		n, err := r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case int64(len(buffer)) > limit:
			return buffer, TooLarge{limit}
		case errors.Is(err, io.EOF):
			return buffer, nil
		case err != nil:
			return buffer, err
		}
	}
}
