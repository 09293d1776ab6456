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

// errSymlink is why nothing is written through a symlink.
var errSymlink = errors.New("it is a symlink, and windsock writes through none; name what it points to")

// errNotFile is why a folder or a device is neither read nor written to.
var errNotFile = errors.New("it is not a file")

// errChanged is why a page is not written that somebody else wrote meanwhile.
var errChanged = errors.New("it changed after windsock read it; run windsock again")

// A Writer replaces pages in place. The zero value is ready; its methods but Close may
// be called from several goroutines.
type Writer struct {
	// Wrote, if it is not nil, is called for each page that Write has replaced, before
	// Halt can return: who ends the process then knows of every page that is written.
	Wrote func(Page)

	folders holder   // those that pages were written in last
	swept   sync.Map // folders that are rid of what killed runs left
}

// Close closes the folders that stay open for the next page in them.
func (w *Writer) Close() { w.folders.close() }

// Write makes data the content of a page, which must exist and still hold before.
// The page keeps its mode and, where the system lets it, its owner. If it has
// other names (hard links), those keep the old content. No symlink is followed
// from the folder on that the user named. On an error the page is as it was, and
// the error names it.
func (w *Writer) Write(p Page, before, data []byte) error {
	return w.inFolder(p, func(folder *os.Root, name string) error {
		info, err := writable(folder, name)
		if err != nil {
			return err
		}
		return replace(folder, name, replacement{
			content: bytes.NewReader(data), mode: info.Mode(), owner: info, sync: true,
			before: func() error { return stillHolds(folder, name, before) },
			after: func() {
				if w.Wrote != nil {
					w.Wrote(p)
				}
			},
		})
	})
}

// Save makes data the content of the file at path, whatever it holds, if it is
// there.
func Save(path string, data []byte) error {
	var w Writer
	defer w.Close()
	return w.inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		r := replacement{content: bytes.NewReader(data), mode: newMode(0o666), sync: true}
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
	var w Writer
	defer w.Close()
	return w.inFolder(NamedPage(path), func(folder *os.Root, name string) error {
		if _, err := folder.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			return cmp.Or(err, fs.ErrExist)
		}
		return replace(folder, name, replacement{content: bytes.NewReader(data), mode: newMode(0o666), sync: true, isNew: true})
	})
}

// inFolder calls write with the folder that holds a page, free of what killed runs
// left in it, and the page's name there; it names the page in errors.
func (w *Writer) inFolder(p Page, write func(folder *os.Root, name string) error) error {
	name := folderName(p.root(), path.Dir(p.Rel))
	err := w.folders.use(name, w.open, func(folder openedFolder) error {
		if _, swept := w.swept.LoadOrStore(name, true); !swept {
			sweep(folder.Root)
		}
		return write(folder.Root, path.Base(p.Rel))
	})
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", Quoted(p.Path), reason(err))
	}
	return nil
}

// folderName names the folder rel below root among those that are held. What the user
// named may be reached through a symlink, and nothing below it: what a path leads to
// depends on where that ends.
func folderName(root, rel string) string { return root + "\x00" + rel }

// open opens the folder of such a name. It is an opener of w.folders.
func (w *Writer) open(name string) (openedFolder, error) {
	root, rel, _ := strings.Cut(name, "\x00")
	if rel == "." {
		folder, err := os.OpenRoot(root)
		return openedFolder{Root: folder}, err
	}
	parent, err := w.folders.holdLocked(folderName(root, path.Dir(rel)), w.open)
	if err != nil {
		return openedFolder{}, err
	}
	defer func() { parent.users-- }()
	folder, err := enter(parent.Root, path.Base(rel))
	return openedFolder{Root: folder}, err
}

// root returns the folder that Rel is relative to.
func (p Page) root() string {
	return cmp.Or(strings.TrimSuffix(p.Path, p.Rel), ".")
}

// writable returns what is known of a file if it may be replaced. One that its
// owner made read-only may not, although its folder would allow it.
func writable(folder *os.Root, name string) (fs.FileInfo, error) {
	info, err := folder.Lstat(name)
	switch {
	case err != nil:
		return nil, err
	case info.Mode().Type() == fs.ModeSymlink:
		return nil, errSymlink
	case !info.Mode().IsRegular():
		return nil, errNotFile
	}
	f, err := folder.OpenFile(name, os.O_WRONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err
	}
	return info, f.Close()
}

// stillHolds returns errChanged unless a file holds content.
func stillHolds(folder *os.Root, name string, content []byte) error {
	f, _, err := regular(folder.OpenFile(name, toRead, 0))
	switch {
	case errors.Is(err, errNotFile):
		return errChanged
	case err != nil:
		return err
	}
	defer f.Close()
	if state, err := compareContent(f, bytes.NewReader(content)); err != nil || state != Same {
		return errChanged
	}
	return nil
}
