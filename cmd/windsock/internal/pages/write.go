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

// A Writer replaces pages in place. The zero value is ready; its methods may be called
// from several goroutines.
type Writer struct {
	// Wrote, if it is not nil, is called for each page that Write has replaced, before
	// Halt can return.
	Wrote func(Page)

	cleaned sync.Map // the folders in which temporary files of killed runs were looked for
}

// Write makes data the content of a page, which must exist and still hold before.
// The page keeps its mode and, where the system lets it, its owner. If it has
// other names (hard links), those keep the old content. No symlink is followed
// below the folder that the user named. On an error the page is as it was, and
// the error names it.
func (w *Writer) Write(p Page, before, data []byte) error {
	return w.inFolder(p, func(folder *os.Root, name string) error {
		info, err := writable(folder, name)
		if err != nil {
			return err
		}
		err = replace(folder, name, 0o600, func(f *os.File) error {
			if err := fill(f, data, info); err != nil {
				return err
			}
			return stillHolds(folder, name, before)
		}, folder.Rename)
		if errors.Is(err, errChanged) && stillHolds(folder, name, data) == nil {
			return nil // another run of windsock wrote the same
		}
		if err == nil && w.Wrote != nil {
			w.Wrote(p)
		}
		return err
	})
}

// Save makes data the content of the file at path, whatever it holds, if it is there.
func Save(path string, data []byte) error {
	return new(Writer).inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		info, err := writable(folder, name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return replace(folder, name, 0o666, func(f *os.File) error { return fill(f, data, info) }, folder.Rename)
	})
}

// Create makes data the content of a new file at path. One that is there is left alone,
// and the error is [fs.ErrExist].
func Create(path string, data []byte) error {
	return new(Writer).inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		return replace(folder, name, 0o666, func(f *os.File) error { return fill(f, data, nil) }, func(from, to string) error {
			defer folder.Remove(from)
			return folder.Link(from, to) // which, unlike a rename, replaces no file that somebody makes meanwhile
		})
	})
}

// fill writes data to a temporary file, and waits until it is on the disk. The file gets the
// mode and the owner of an earlier one, if there is one.
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

// inFolder calls write with the folder that holds a page and the page's name there, and
// names the page in errors.
func (w *Writer) inFolder(p Page, write func(folder *os.Root, name string) error) error {
	halting.RLock()
	defer halting.RUnlock()
	folder, err := p.openFolder()
	if err == nil {
		defer folder.Close()
		if _, done := w.cleaned.LoadOrStore(path.Dir(p.Path), true); !done {
			removeAbandoned(folder)
		}
		err = write(folder, path.Base(p.Rel))
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", Quoted(p.Path), reason(err))
	}
	return nil
}

// openFolder opens the folder that holds a page.
func (p Page) openFolder() (*os.Root, error) {
	root, err := os.OpenRoot(p.root())
	if err != nil {
		return nil, err
	}
	defer root.Close()
	return openFolder(root, path.Dir(p.Rel), false)
}

// root returns the folder that Rel is relative to.
func (p Page) root() string {
	return cmp.Or(strings.TrimSuffix(p.Path, p.Rel), ".")
}

// writable returns what is known of a file if it may be replaced. One that its
// owner made read-only may not, although its folder would allow it.
func writable(folder *os.Root, name string) (fs.FileInfo, error) {
	f, info, err := openFile(folder, name, os.O_WRONLY)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}

// stillHolds returns errChanged unless a file holds content.
func stillHolds(folder *os.Root, name string, content []byte) error {
	f, info, err := openFile(folder, name, os.O_RDONLY)
	if errors.Is(err, errNotFile) || errors.Is(err, errSymlink) {
		return errChanged
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if same, err := sameContent(f, bytes.NewReader(content)); err != nil || !same || info.Size() != int64(len(content)) {
		return errChanged
	}
	return nil
}
