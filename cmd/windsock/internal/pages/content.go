package pages

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// A content is what a file of an output tree should be.
type content struct {
	data   []byte // of an expanded page
	file   string // or the path of the file that is copied
	target string // or where the symlink leads

	size  int64
	mode  fs.FileMode // the permissions of the source
	lines string      // where its lines come from, as text; "" if from the same lines
}

// contentOf returns what the file rel of OUT should be that is copied: what a symlink to a
// file leads to, or a symlink if it leads to anything else.
func (t *Tree) contentOf(rel string) (content, error) {
	name := join(t.src, rel)
	info, err := os.Lstat(name)
	if err == nil && info.Mode().Type() == fs.ModeSymlink {
		if info, err = os.Stat(name); err != nil || !info.Mode().IsRegular() {
			target, err := t.target(rel)
			return content{target: target}, err
		}
	}
	if err == nil {
		err = isFile(info)
	}
	if err != nil {
		return content{}, err
	}
	return content{file: name, size: info.Size(), mode: info.Mode()}, nil
}

// target returns where the symlink rel of OUT leads that mirrors the one of SRC: to
// the mirrored place.
func (t *Tree) target(rel string) (string, error) {
	to, err := os.Readlink(join(t.src, rel))
	folder := path.Dir(rel)
	if err != nil || !filepath.IsAbs(to) && filepath.IsLocal(path.Join(folder, filepath.ToSlash(to))) {
		return to, err
	}
	inside, err := filepath.Rel(t.real, Real(join(t.src, rel)))
	if err != nil {
		return "", err
	}
	return filepath.Rel(folder, inside)
}

// open opens the content of a file.
func (c content) open() (io.ReadCloser, error) {
	if c.file == "" {
		return io.NopCloser(bytes.NewReader(c.data)), nil
	}
	f, _, err := regular(os.OpenFile(c.file, toRead, 0))
	return f, err
}

// writeTo writes the content of a file.
func (c content) writeTo(w io.Writer) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(w, r)
	return err
}

// isSame reports whether an open file has the content.
func (c content) isSame(f io.Reader) (bool, error) {
	r, err := c.open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	return sameContent(f, r)
}

// chunks holds pairs of buffers to compare files with.
var chunks = sync.Pool{New: func() any { return new([2][8 << 10]byte) }}

// sameContent reads two sources to their ends, or to where they differ.
func sameContent(a, b io.Reader) (bool, error) {
	chunk := chunks.Get().(*[2][8 << 10]byte)
	defer chunks.Put(chunk)
	for {
		n, err := io.ReadFull(a, chunk[0][:])
		m, other := io.ReadFull(b, chunk[1][:])
		if !bytes.Equal(chunk[0][:n], chunk[1][:m]) {
			return false, nil
		}
		for _, err := range []error{err, other} {
			switch {
			case err == nil:
			case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
				return true, nil
			default:
				return false, err
			}
		}
	}
}
