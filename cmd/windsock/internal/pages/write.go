package pages

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"
)

// A Writer replaces pages in place. The zero value is ready to use. Its methods may be called
// from several goroutines.
type Writer struct {
	// Wrote, if it is not nil, is called for each page that Write replaces. Halt waits for
	// these calls.
	Wrote func(Page)

	cleaned sync.Map // folders that Write has cleaned of abandoned temporary files
}

// Write replaces the content of an existing page with data. It fails if the content is no
// longer before, unless it is already data. The page keeps its mode and, where the system
// allows it, its owner. Its other names (hard links) keep the old content. Write follows no
// symlink below the folder that the user named. On an error, which names the page, the page
// is unchanged.
func (w *Writer) Write(p Page, before, data []byte) error {
	return w.inFolder(p, func(folder *os.Root, name string) error {
		info, err := statWritable(folder, name)
		if err != nil {
			return err
		}
		err = replace(folder, name, 0o600, func(f *os.File) error {
			if err := fill(f, data, info); err != nil {
				return err
			}
			return checkContent(folder, name, before)
		}, func(from, to string) error {
			err := folder.Rename(from, to)
			if err == nil && w.Wrote != nil {
				w.Wrote(p)
			}
			return err
		})
		if errors.Is(err, errChanged) && checkContent(folder, name, data) == nil {
			return nil // another run of windsock wrote the same
		}
		return err
	})
}

// Save writes data to the file at path, and creates the file if it does not exist.
func Save(path string, data []byte) error {
	return new(Writer).inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		info, err := statWritable(folder, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return replace(folder, name, 0o666, func(f *os.File) error { return fill(f, data, info) }, folder.Rename)
	})
}

// Create writes data to a new file at path. If the file exists, Create returns
// [fs.ErrExist] and leaves it alone.
func Create(path string, data []byte) error {
	return new(Writer).inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		return replace(folder, name, 0o666, func(f *os.File) error { return fill(f, data, nil) }, func(from, to string) error {
			defer folder.Remove(from)
			return folder.Link(from, to) // a rename could replace a file created meanwhile
		})
	})
}

// fill writes data to a temporary file and syncs it to the disk. If earlier is not nil, fill
// sets the mode and the owner of that file.
func fill(f *os.File, data []byte, earlier fs.FileInfo) error {
	if earlier != nil {
		keepOwner(f, earlier)
		if err := f.Chmod(earlier.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	return f.Sync()
}

// inFolder calls write with the folder of a page and the page's name in it. Errors name the
// page.
func (w *Writer) inFolder(p Page, write func(folder *os.Root, name string) error) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot write %s: %w", Quoted(p.Path), reason(err))
		}
	}()
	root, err := os.OpenRoot(p.root())
	if err != nil {
		return err
	}
	defer root.Close()
	folder, err := openFolder(root, path.Dir(p.Rel), false)
	if err != nil {
		return err
	}
	defer folder.Close()
	if _, done := w.cleaned.LoadOrStore(path.Dir(p.Path), true); !done {
		removeAbandoned(folder, ".")
	}
	return write(folder, path.Base(p.Rel))
}

// root returns the folder that Rel is relative to.
func (p Page) root() string {
	return cmp.Or(strings.TrimSuffix(p.Path, p.Rel), ".")
}

// statWritable returns the FileInfo of a file. It fails for a read-only file, which a rename
// could replace all the same.
func statWritable(folder *os.Root, name string) (fs.FileInfo, error) {
	f, info, err := openFile(folder, name, os.O_WRONLY)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}

// checkContent returns errChanged if the content of a file is not want.
func checkContent(folder *os.Root, name string, want []byte) error {
	f, info, err := openFile(folder, name, os.O_RDONLY)
	if errors.Is(err, errNotFile) || errors.Is(err, errSymlink) {
		return errChanged
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if same, err := sameContent(f, bytes.NewReader(want)); err != nil || !same || info.Size() != int64(len(want)) {
		return errChanged
	}
	return nil
}
