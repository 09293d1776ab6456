package pages

import (
	"errors"
	"fmt"
	"io"
)

// Read returns the content of the file at path, in buffer if it has room for it.
// The error names the file.
func Read(path string, buffer []byte) ([]byte, error) {
	data, err := readFile(path, buffer[:0])
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, reason(err))
	}
	return data, nil
}

// readFrom appends what f holds to buffer.
func readFrom(f io.Reader, buffer []byte) ([]byte, error) {
	for {
		if len(buffer) == cap(buffer) {
			buffer = append(buffer, 0)[:len(buffer)]
		}
		n, err := f.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case errors.Is(err, io.EOF):
			return buffer, nil
		case err != nil:
			return buffer, err
		}
	}
}
