package pages

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRead reads files smaller and larger than the buffer, and none.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.rst")
	buffer := make([]byte, 0, 100)
	for _, size := range []int{0, 1, 99, 100, 101, 1 << 20} {
		want := []byte(strings.Repeat("x", size))
		if err := os.WriteFile(path, want, 0o666); err != nil {
			t.Fatal(err)
		}
		if got, _, err := Read(path, buffer, MaxSize); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: read %d, %v", size, len(got), err)
		}
	}
	for _, missing := range []string{path + "x", filepath.Dir(path)} {
		if _, _, err := Read(missing, buffer, MaxSize); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("%s: %v", missing, err)
		}
	}
}
