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

// MaxSize is the maximum size of a file to read, in bytes. No real page is that large.
const MaxSize = 64 << 20

// toRead are flags that open a file for reading, and do not block on a pipe.
const toRead = os.O_RDONLY | syscall.O_NONBLOCK

// Read returns the content and the permissions of a file. It returns an error for anything else than
// a regular file, such as a pipe, and for a file of more than limit bytes. The error names the file.
func Read(path string, limit int64) ([]byte, fs.FileMode, error) {
	return ReadInto(new(bytes.Buffer), path, limit)
}

// ReadInto is Read into a buffer, whose content it replaces.
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

// unreadable returns an error about a file or a folder that cannot be read.
func unreadable(path string, err error) error {
	return fmt.Errorf("cannot read %s: %w", Quoted(path), reason(err))
}

// A TooLarge is the error about a file that is larger than the limit, in bytes.
type TooLarge struct{ Limit int64 }

// Error names the limit.
func (e TooLarge) Error() string { return fmt.Sprintf("it is larger than %dMB", e.Limit>>20) }

// ReadAll returns the content of r, and an error if that is more than limit bytes.
func ReadAll(r io.Reader, limit int64) ([]byte, error) {
	return readAll(new(bytes.Buffer), r, 0, limit)
}

// readAll is ReadAll into a buffer; size is the expected size in bytes.
func readAll(buffer *bytes.Buffer, r io.Reader, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, TooLarge{limit}
	}
	buffer.Reset()
	buffer.Grow(int(size) + bytes.MinRead) // ReadFrom needs room to detect the end
	if n, err := buffer.ReadFrom(io.LimitReader(r, limit+1)); err != nil || n > limit {
		return nil, cmp.Or(err, error(TooLarge{limit}))
	}
	return buffer.Bytes(), nil
}

// chunks is a pool of pairs of buffers for sameContent.
var chunks = sync.Pool{New: func() any { return new([2][8 << 10]byte) }}

// sameContent reports whether two readers have the same content.
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
