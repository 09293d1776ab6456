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
	"syscall"
)

// errChanged is why a page is not written that somebody else wrote meanwhile.
var errChanged = errors.New("it changed after windsock read it; run windsock again")

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
		err = replace(folder, name, replacement{
			fill: bytesOf(data), mode: info.Mode(), owner: info, sync: true,
			before: func() error { return stillHolds(folder, name, before) },
			after: func() {
				if w.Wrote != nil {
					w.Wrote(p)
				}
			},
		})
		if errors.Is(err, errChanged) && stillHolds(folder, name, data) == nil {
			return nil // another run of windsock wrote the same
		}
		return err
	})
}

// Save makes data the content of the file at path, whatever it holds, if it is
// there.
func Save(path string, data []byte) error {
	return new(Writer).inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		r := replacement{fill: bytesOf(data), mode: newMode(0o666), sync: true}
		info, err := writable(folder, name)
		switch {
		case err == nil:
			r.mode, r.owner = info.Mode(), info
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
		return replace(folder, name, r)
	})
}

// Create makes data the content of a new file at path. One that is there is left alone,
// and the error is [fs.ErrExist].
func Create(path string, data []byte) error {
	return new(Writer).inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		return replace(folder, name, replacement{fill: bytesOf(data), mode: newMode(0o666), sync: true, isNew: true})
	})
}

// inFolder calls write with the folder that holds a page and the page's name there, and
// names the page in errors.
func (w *Writer) inFolder(p Page, write func(folder *os.Root, name string) error) error {
	if err := w.tryInFolder(p, write); err != nil {
		return fmt.Errorf("cannot write %s: %w", Quoted(p.Path), reason(err))
	}
	return nil
}

// tryInFolder is inFolder with bare errors.
func (w *Writer) tryInFolder(p Page, write func(folder *os.Root, name string) error) error {
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
	if _, cleaned := w.cleaned.LoadOrStore(path.Dir(p.Path), true); !cleaned {
		removeAbandoned(folder)
	}
	return write(folder, path.Base(p.Rel))
}

// root returns the folder that Rel is relative to.
func (p Page) root() string {
	return cmp.Or(strings.TrimSuffix(p.Path, p.Rel), ".")
}

// writable returns what is known of a file if it may be replaced. One that its
// owner made read-only may not, although its folder would allow it.
func writable(folder *os.Root, name string) (fs.FileInfo, error) {
	info, err := folder.Lstat(name)
	if err == nil {
		err = isFile(info)
	}
	if err != nil {
		return nil, err
	}
	f, err := folder.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}

// stillHolds returns errChanged unless a file holds content.
func stillHolds(folder *os.Root, name string, content []byte) error {
	f, info, err := openFile(folder, name)
	if errors.Is(err, errNotFile) || errors.Is(err, errSymlink) {
		return errChanged
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if info.Size() != int64(len(content)) {
		return errChanged
	}
	if same, err := sameContent(f, bytes.NewReader(content)); err != nil || !same {
		return errChanged
	}
	return nil
}
