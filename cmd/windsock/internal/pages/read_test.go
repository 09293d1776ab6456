//go:build unix

package pages

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRead reads files smaller and larger than the buffer, and none.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.rst")
	for _, size := range []int{0, 1, 99, 100, 101, 1 << 20} {
		want := []byte(strings.Repeat("x", size))
		if err := os.WriteFile(path, want, 0o666); err != nil {
			t.Fatal(err)
		}
		if got, _, err := Read(path, MaxSize); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%d bytes: read %d, %v", size, len(got), err)
		}
	}
	for _, missing := range []string{path + "x", filepath.Dir(path)} {
		if _, _, err := Read(missing, MaxSize); err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("%s: %v", missing, err)
		}
	}
}

// A file of a gigabyte, without a byte on disk, is refused before it is read, and
// so is one that grew beyond the limit since its size was asked for.
func TestReadLimit(t *testing.T) {
	plant(t, "a.rst", "huge.rst")
	must(t, os.Truncate("huge.rst", 1<<30))
	_, _, err := Read("huge.rst", MaxSize)
	if err == nil || err.Error() != "cannot read huge.rst: it is larger than 64MB" || !errors.As(err, &TooLarge{}) {
		t.Errorf("got %v", err)
	}
	for limit, want := range map[int64]bool{4: false, 5: true, 6: true} {
		if _, _, err := Read("a.rst", limit); (err == nil) != want {
			t.Errorf("5 bytes, limit %d: %v", limit, err)
		}
		if _, err := ReadAll(strings.NewReader("a.rst"), limit); (err == nil) != want {
			t.Errorf("5 bytes that grew, limit %d: %v", limit, err)
		}
	}
}
