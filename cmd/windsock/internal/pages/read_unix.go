//go:build unix

package pages

import (
	"errors"
	"io"
	"io/fs"
	"syscall"
)

// readFile appends the content of a file to buffer, and returns its permissions. A run
// reads every page once, and most are a few kilobytes: for these os.Open costs more than
// the reading, since it prepares for files that may block. Pipes, which do, are opened
// without waiting for another end, and refused.
func readFile(path string, buffer []byte, limit int64) ([]byte, fs.FileMode, error) {
	fd, err := retry(func() (int, error) {
		return syscall.Open(path, syscall.O_RDONLY|syscall.O_CLOEXEC|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	})
	if err != nil {
		return buffer, 0, err
	}
	defer syscall.Close(fd)
	var info syscall.Stat_t
	if err := syscall.Fstat(fd, &info); err != nil {
		return buffer, 0, err
	}
	switch kind := info.Mode & syscall.S_IFMT; {
	case kind == syscall.S_IFDIR:
		return buffer, 0, syscall.EISDIR
	case kind != syscall.S_IFREG:
		return buffer, 0, errNotFile
	case info.Size > limit:
		return buffer, 0, TooLarge{limit}
	}
	buffer = roomFor(info.Size, buffer)
	if info.Size == 0 { // as the system says of files of its own too, whatever they hold
		buffer, err = ReadAll(descriptor(fd), buffer, limit)
	} else {
		buffer, err = readSize(fd, buffer, int(info.Size))
	}
	return buffer, fs.FileMode(info.Mode).Perm(), err
}

// readSize appends size bytes of an open file to buffer, which has room for them, or
// fewer if the file has become shorter. It does not ask for its end: what is written
// behind those bytes meanwhile might as well have come a moment later.
func readSize(fd int, buffer []byte, size int) ([]byte, error) {
	whole := buffer[:len(buffer)+size]
	for len(buffer) < len(whole) {
		n, err := descriptor(fd).Read(whole[len(buffer):])
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return buffer, err
		}
		buffer = whole[:len(buffer)+n]
	}
	return buffer, nil
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
