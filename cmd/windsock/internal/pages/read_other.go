//go:build !unix

package pages

import "os"

// read appends the content of a file to buffer.
func read(path string, buffer []byte) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return buffer, err
	}
	defer f.Close()
	return readFrom(f, buffer)
}
