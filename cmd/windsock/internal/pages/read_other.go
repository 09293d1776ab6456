//go:build !unix

package pages

import "os"

// readFile appends the content of a file to buffer.
func readFile(path string, buffer []byte) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return buffer, err
	}
	defer f.Close()
	return readFrom(f, buffer)
}
