package pages

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// errSymlink is why nothing is written through a symlink.
var errSymlink = errors.New("it is a symlink, and windsock writes through none; name what it points to")

// errNotFile is why a folder or a device is not written to.
var errNotFile = errors.New("it is not a file")

// A Writer replaces pages in place. The zero value is ready; its methods may be
// called from several goroutines.
type Writer struct {
	swept sync.Map // folders that are rid of what killed runs left
}

// Write makes data the content of the file at path, which must exist. The file
// keeps its mode and, where the system lets it, its owner. On an error it is as
// it was, and the error names it.
func (w *Writer) Write(path string, data []byte) error {
	info, err := writable(path)
	if err == nil {
		err = w.write(path, replacement{bytes.NewReader(data), info.Mode(), info, true})
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, reason(err))
	}
	return nil
}

// Save is Write for a file that need not exist yet.
func (w *Writer) Save(path string, data []byte) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return w.Write(path, data)
	}
	if err := w.write(path, replacement{content: bytes.NewReader(data), mode: 0o644, sync: true}); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, reason(err))
	}
	return nil
}

// write puts a new file in the place of path.
func (w *Writer) write(path string, r replacement) error {
	folder, name := filepath.Split(path)
	root, err := os.OpenRoot(filepath.Clean(folder))
	if err != nil {
		return err
	}
	defer root.Close()
	if _, swept := w.swept.LoadOrStore(filepath.Clean(folder), true); !swept {
		sweep(root, ".")
	}
	return replace(root, name, r)
}

// writable returns what is known of the file at path if it may be replaced. A
// file that its owner made read-only may not, although its folder would allow it.
func writable(path string) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case info.Mode().Type() == fs.ModeSymlink:
		return nil, errSymlink
	case !info.Mode().IsRegular():
		return nil, errNotFile
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}
