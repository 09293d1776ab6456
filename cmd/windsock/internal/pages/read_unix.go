//go:build unix

package pages

import (
	"errors"
	"io"
	"syscall"
)

// readFile appends the content of a file to buffer. A run reads every page once, and
// most are a few kilobytes: for these os.Open costs more than the reading, since
// it prepares for files that may block.
func readFile(path string, buffer []byte) ([]byte, error) {
	fd, err := retry(func() (int, error) { return syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC, 0) })
	if err != nil {
		return buffer, err
	}
	defer syscall.Close(fd)
	return readFrom(descriptor(fd), buffer)
}

// A descriptor reads from an open file of the system's.
type descriptor int

// Read implements io.Reader.
func (d descriptor) Read(b []byte) (int, error) {
	n, err := retry(func() (int, error) { return syscall.Read(int(d), b) })
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// retry calls a function of the system's until no signal interrupts it.
func retry(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if !errors.Is(err, syscall.EINTR) {
			return n, err
		}
	}
}
