package pages

import (
	"bufio"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// sealsName is the file of an output tree that holds the seals of its files, in the
// order in which the manifest names them.
const sealsName = ".windsock-seals"

// A seal shows that a file of an output tree is right though neither it nor its source
// is read. It is a digest of the stamps that both had when a run compared the one with
// what the other gives, and of all else that this depends on: if anything has changed
// since, the seal of today is another. The zero seal is none.
type seal [8]byte

// sealOf returns the seal of a file of OUT by the stamps of its source and its own.
func (t *Tree) sealOf(f File, source, out stamp) seal {
	digest := sha256.New()
	fmt.Fprintf(digest, "%s %t %q", t.basis, f.IsPage, f.Rel)
	for _, s := range []stamp{source, out} {
		fmt.Fprintf(digest, " %d %d %d", s.inode, s.size, s.changed.UnixNano())
	}
	return seal(digest.Sum(nil)[:len(seal{})])
}

// IsSealed reports whether the file of OUT is known to be what Put or Copy would make
// it. If it is not, but might be found to be, it notes what is known of the file of SRC,
// which is to be read after that.
func (t *Tree) IsSealed(f *File) bool {
	if t.basis == "" || !t.manifest.holds(f.Rel) {
		return false
	}
	var err error
	if f.info, err = os.Stat(f.Path); err != nil {
		return false
	}
	source, known := stampOf(f.info)
	sealed := t.manifest.sealOf(f.Rel)
	if !known || !f.info.Mode().IsRegular() || sealed == (seal{}) {
		return false
	}
	same := false
	err = t.seeFolder(f.Rel, func(folder *os.Root) error {
		info, err := folder.Lstat(path.Base(f.Rel))
		if err != nil {
			return err
		}
		out, known := stampOf(info)
		same = known && t.sealOf(*f, source, out) == sealed
		return nil
	})
	if err != nil || !same {
		return false
	}
	t.manifest.keep(f.Rel)
	return true
}

// seal seals a file of OUT that was found to be right, if whatever is written to it or
// its source from now on shows in their stamps.
func (t *Tree) seal(f File, out fs.FileInfo) {
	if t.basis == "" || f.info == nil {
		return
	}
	to, outKnown := stampOf(out)
	from, sourceKnown := stampOf(f.info)
	if outKnown && sourceKnown && from.settled(t.began) && to.settled(t.began) {
		t.manifest.seal(f.Rel, t.sealOf(f, from, to))
	}
}

// clock returns the time by the clock of the file system that OUT is on, the zero time
// if it cannot be told: the system gives it to a new file.
func (t *Tree) clock() time.Time {
	halting.RLock()
	defer halting.RUnlock()
	name, f, err := createTemporary(t.root, 0o600)
	if err != nil {
		return time.Time{}
	}
	defer temporaries.live.Delete(name)
	info, err := f.Stat()
	f.Close()
	t.root.Remove(name)
	if err != nil {
		return time.Time{}
	}
	s, _ := stampOf(info)
	return s.changed
}

// readSeals gives the entries of a manifest the seals that an earlier run left. Those
// of other entries, as a killed run may leave them, are as good as none.
func (m *manifest) readSeals(out *os.Root) {
	f, _, err := openFile(out, sealsName)
	if err != nil {
		return
	}
	defer f.Close()
	seals := bufio.NewReader(f) // which holds no more of it than need be
	for i := range m.written {
		if _, err := io.ReadFull(seals, m.written[i].seal[:]); err != nil {
			return
		}
	}
}
