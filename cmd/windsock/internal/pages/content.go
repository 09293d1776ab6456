package pages

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"windsock/render"
)

// A Content is what a page of OUT should be.
type Content struct {
	Data  []byte
	Mode  fs.FileMode    // the permissions of the file of SRC, of which the umask leaves some
	Lines render.LineMap // where the lines of Data come from
}

// A content is what a file of an output tree should be: a file, or a symlink.
type content struct {
	open func() (io.ReadCloser, error)
	size int64
	mode fs.FileMode // the permissions of the source

	target string // where the symlink leads
}

// contentOf returns what the file rel of OUT should be that is copied: what a symlink to a
// file leads to, or a symlink if it leads to anything else.
func (t *Tree) contentOf(rel string) (content, error) {
	name := join(t.src, rel)
	if to, err := os.Readlink(name); err == nil {
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			target, err := t.target(rel, to)
			return content{target: target}, err
		}
	}
	open := func() (io.ReadCloser, error) {
		f, _, err := regular(os.OpenFile(name, toRead, 0))
		return f, err
	}
	f, info, err := regular(os.OpenFile(name, toRead, 0)) // which shows whether it can be read
	if err != nil {
		return content{}, err
	}
	return content{open: open, size: info.Size(), mode: info.Mode()}, f.Close()
}

// target returns where the symlink rel of OUT leads, to mirror one of SRC: to the mirrored
// place of what that leads to.
func (t *Tree) target(rel, to string) (string, error) {
	if isLocalLink(rel, to) {
		return to, nil
	}
	inside, err := filepath.Rel(t.real, Real(join(t.src, rel)))
	if err != nil {
		return "", err
	}
	return filepath.Rel(path.Dir(rel), inside)
}

// writeTo writes the content of a file.
func (c content) writeTo(f *os.File) error {
	r, err := c.open()
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = io.Copy(f, r)
	return err
}

// isSame reports whether an open file has the content.
func (c content) isSame(f io.Reader) (bool, error) {
	r, err := c.open()
	if err != nil {
		return false, err
	}
	defer r.Close()
	return sameContent(r, f)
}

// chunks are pairs of buffers to compare files with.
var chunks = sync.Pool{New: func() any { return new([2][8 << 10]byte) }}

// sameContent reads two sources to their ends, or to where they differ.
func sameContent(a, b io.Reader) (bool, error) {
	chunk := chunks.Get().(*[2][8 << 10]byte)
	defer chunks.Put(chunk)
	for {
		n, err := io.ReadFull(a, chunk[0][:])
		m, _ := io.ReadFull(b, chunk[1][:])
		switch {
		case !bytes.Equal(chunk[0][:n], chunk[1][:m]):
			return false, nil
		case err == io.EOF, err == io.ErrUnexpectedEOF:
			return true, nil
		case err != nil:
			return false, err
		}
	}
}
