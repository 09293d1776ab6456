package pages

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"
	"syscall"
)

// MaxSize is the size of the largest file that is read, in bytes: far more than any page
// has, and a page of it is read in seconds.
const MaxSize = 64 << 20

// toRead opens a file for reading without waiting for another end, if it is a pipe.
const toRead = os.O_RDONLY | syscall.O_NONBLOCK

// Read returns the content of the file at path, and the file's permissions. What is no
// file, such as a pipe that may never end, is an error, and so is a file of more than limit
// bytes. The error names the file.
func Read(path string, limit int64) ([]byte, fs.FileMode, error) {
	return ReadInto(new(bytes.Buffer), path, limit)
}

// ReadInto is Read into a buffer, in the place of what it holds.
func ReadInto(buffer *bytes.Buffer, path string, limit int64) ([]byte, fs.FileMode, error) {
	f, info, err := openedFile(os.OpenFile(path, toRead, 0))
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	defer f.Close()
	data, err := readAll(buffer, f, info.Size(), limit)
	if err != nil {
		return nil, 0, unreadable(path, err)
	}
	return data, info.Mode().Perm(), nil
}

// unreadable is an error about a file or a folder that cannot be read.
func unreadable(path string, err error) error {
	return fmt.Errorf("cannot read %s: %w", Quoted(path), reason(err))
}

// A TooLarge is the error about what holds more bytes than the limit, some megabytes.
type TooLarge struct{ Limit int64 }

// Error names the limit.
func (e TooLarge) Error() string { return fmt.Sprintf("it holds more than %dMB", e.Limit>>20) }

// ReadAll returns what r holds, if that is no more than limit bytes.
func ReadAll(r io.Reader, limit int64) ([]byte, error) {
	return readAll(new(bytes.Buffer), r, 0, limit)
}

// readAll is ReadAll into a buffer, for what seems to hold size bytes.
func readAll(buffer *bytes.Buffer, r io.Reader, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, TooLarge{limit}
	}
	buffer.Reset()
	buffer.Grow(int(size) + bytes.MinRead) // with room to see the end in
	if n, err := buffer.ReadFrom(io.LimitReader(r, limit+1)); err != nil || n > limit {
		return nil, cmp.Or(err, error(TooLarge{limit}))
	}
	return buffer.Bytes(), nil
}

// chunks are pairs of buffers to compare files with.
var chunks = sync.Pool{New: func() any { return new([2][8 << 10]byte) }}

// sameContent reads two sources to their ends, or to where they differ.
func sameContent(a, b io.Reader) (bool, error) {
	chunk := chunks.Get().(*[2][8 << 10]byte)
	defer chunks.Put(chunk)
	for {
		n, err := io.ReadFull(a, chunk[0][:])
		m, _ := io.ReadFull(b, chunk[1][:])
		switch {
		case !bytes.Equal(chunk[0][:n], chunk[1][:m]):
			return false, nil
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			return true, nil
		case err != nil:
			return false, err
		}
	}
}
