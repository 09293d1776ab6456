package pages

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"slices"
	"strings"

	"windsock/render"
)

// A Found describes what exists in an output tree at the path of a file.
type Found int

// The values of Found.
const (
	Nothing   Found = iota // or only files that a run removes first
	Same                   // the file as it should be
	OtherMode              // a file with the right content and other permissions
	Different              // a file or a symlink that differs
	InTheWay               // something never overwritten: a folder, a file instead of a parent folder, a symlink instead of a file
)

// An Action says what a run does with a file of an output tree.
type Action string

// The actions.
const (
	Keep   Action = "keep"
	Write  Action = "write"
	Remove Action = "remove"
	Refuse Action = "refuse" // to write the file, since windsock did not write what exists there
)

// Decide returns the action for a file of an output tree. hasSource reports whether SRC
// contains the file, isOurs whether windsock wrote it. All commands that write, compare or
// announce an output tree use Decide: a file that windsock did not write is never overwritten
// or removed, and a file with a source is never removed.
func Decide(hasSource bool, found Found, isOurs bool) Action {
	switch {
	case !hasSource && isOurs && (found == Same || found == OtherMode || found == Different):
		return Remove
	case !hasSource, found == Same, found == OtherMode && !isOurs:
		return Keep
	case found == Nothing, isOurs && found != InTheWay:
		return Write
	}
	return Refuse
}

// A Change is the planned action for one file of an output tree.
type Change struct {
	Rel     string // relative to OUT
	Action  Action
	Found   Found
	Refusal error // why the file is refused, without its name
	// SwitchesExecutable is set if exactly one of the source and the file is executable.
	SwitchesExecutable bool

	want    io.ReadSeeker // the content to write, nil for a symlink and for an orphan
	target  string        // of the symlink to write, "" for a file
	size    int64         // of want, in bytes
	mode    fs.FileMode   // of the source
	line    line          // of the manifest, to write
	earlier line          // of the manifest, "" if no earlier run wrote the file
}

// Close closes the source of a copy.
func (c Change) Close() {
	if source, ok := c.want.(*os.File); ok {
		source.Close()
	}
}

// A Batch is a group of files of one folder of SRC. It opens the folder of OUT that mirrors
// it only once. A Batch is not safe for concurrent use.
type Batch struct {
	Files  []File
	tree   *Tree
	name   string   // of the folder, relative to OUT
	folder *os.Root // nil until it is needed
}

// maxFiles is the size limit of a batch. It lets several workers share a large folder.
const maxFiles = 16

// Batches yields the files that Files yields, and passes its errors to fail.
func (t *Tree) Batches(fail func(error)) iter.Seq[*Batch] {
	return func(yield func(*Batch) bool) {
		b := &Batch{tree: t}
		for f, err := range t.Files() {
			if err != nil {
				fail(err)
				continue
			}
			if name := path.Dir(f.Rel); name != b.name || len(b.Files) == maxFiles {
				if len(b.Files) > 0 && !yield(b) {
					return
				}
				b = &Batch{tree: t, name: name}
			}
			b.Files = append(b.Files, f)
		}
		if len(b.Files) > 0 {
			yield(b)
		}
	}
}

// open opens the folder of OUT. If create is set, it creates a missing one.
func (b *Batch) open(create bool) (err error) {
	if b.folder == nil {
		b.folder, err = openFolder(b.tree.root, b.name, create)
	}
	return err
}

// Close closes the folder of OUT.
func (b *Batch) Close() {
	if b.folder != nil {
		b.folder.Close()
	}
}

// PlanPage plans the change for a page. The new file gets the permissions in mode, less the
// umask; lines maps the lines of data to those of the source.
func (b *Batch) PlanPage(f File, data []byte, mode fs.FileMode, lines render.LineMap) (Change, error) {
	return b.plan(Change{Rel: f.Rel, want: bytes.NewReader(data), size: int64(len(data)), mode: mode, line: newLine(f.Rel, lines.String())})
}

// PlanCopy plans the change for a file that is copied unchanged. A symlink to a file is
// replaced with a copy of that file; a symlink to a folder stays a symlink. The caller must
// close the change.
func (b *Batch) PlanCopy(f File) (Change, error) {
	source, info, err := openedFile(os.OpenFile(f.Path, toRead, 0))
	if err == errNotFile && IsFolder(f.Path) {
		target, _ := os.Readlink(f.Path)
		return b.plan(Change{Rel: f.Rel, target: target, line: newLine(f.Rel, "")})
	}
	if err != nil {
		return Change{}, unreadable(f.Path, err)
	}
	return b.plan(Change{Rel: f.Rel, want: source, size: info.Size(), mode: info.Mode(), line: newLine(f.Rel, "")})
}

// plan completes the change for a file that has a source.
func (b *Batch) plan(c Change) (_ Change, err error) {
	c.earlier = b.tree.manifest.find(c.Rel)
	if c.Found, err = b.look(&c); err != nil {
		c.Close()
		return c, b.tree.failure("read", c.Rel, err)
	}
	if c.Action = Decide(true, c.Found, c.earlier != ""); c.Action == Refuse {
		c.Refusal = cmp.Or(c.Refusal, errForeign)
	}
	return c, nil
}

// PlanOrphans plans the removal of the files that windsock wrote in OUT and whose source is
// gone.
func (t *Tree) PlanOrphans() (changes []Change) {
	for _, rel := range t.orphans {
		b, c := &Batch{tree: t, name: path.Dir(rel)}, Change{Rel: rel}
		c.Found, _ = b.look(&c)
		b.Close()
		if c.Action = Decide(false, c.Found, true); c.Action == Remove {
			changes = append(changes, c)
		}
	}
	return changes
}

// look examines the path of a file in OUT. If something is in the way, look sets c.Refusal.
func (b *Batch) look(c *Change) (Found, error) {
	if b.tree.root == nil {
		return Nothing, nil
	}
	var info fs.FileInfo
	err := b.open(false)
	if err == nil {
		info, err = b.folder.Lstat(path.Base(c.Rel))
	}
	isBlocked := err == errNotFolder || err == nil && info.IsDir()
	switch {
	case errors.Is(err, fs.ErrNotExist), isBlocked && b.tree.makesWay(c.Rel):
		return Nothing, nil
	case isBlocked:
		c.Refusal = cmp.Or(err, errFolder)
		return InTheWay, nil
	case err != nil:
		return Nothing, err
	case c.want == nil:
		if target, err := b.folder.Readlink(path.Base(c.Rel)); err == nil && target == c.target {
			return Same, nil
		}
		return Different, nil
	}
	if _, c.Refusal = regular(info, nil); c.Refusal != nil {
		return InTheWay, nil
	}
	if info.Size() != c.size {
		return Different, nil
	}
	return b.compare(c)
}

// makesWay reports whether the removal of orphans makes room for a file: they are below the
// path of the file, or one of them is at the path of a parent folder.
func (t *Tree) makesWay(rel string) bool {
	return slices.ContainsFunc(t.orphans, func(orphan string) bool {
		return strings.HasPrefix(orphan, rel+"/") || strings.HasPrefix(rel, orphan+"/")
	})
}

// compare compares a file of OUT that has the right size with the planned one.
func (b *Batch) compare(c *Change) (Found, error) {
	f, info, err := openFile(b.folder, path.Base(c.Rel), os.O_RDONLY)
	if err != nil {
		return Different, err
	}
	defer f.Close()
	if same, err := sameContent(c.want, f); err != nil || !same {
		return Different, err
	}
	if info.Mode().Perm() == c.mode.Perm()&^umask {
		return Same, nil
	}
	const executable = 0o100
	c.SwitchesExecutable = (info.Mode()^c.mode)&executable != 0
	return OtherMode, nil
}

// Check returns an error about the file if the change is refused.
func (t *Tree) Check(c Change) error { return t.failure("write", c.Rel, c.Refusal) }

// Apply carries out the change for a file that has a source. At every moment the file is the
// old one or the new one, whole.
func (b *Batch) Apply(c Change) error {
	err := c.Refusal
	if c.Action == Write || c.Action == Keep && c.earlier != "" && c.earlier != c.line {
		err = b.tree.manifest.put(b.tree.root, c.line)
	}
	if c.Action == Write && err == nil {
		err = b.write(c)
	}
	return b.tree.failure("write", c.Rel, err)
}

// write writes a file or a symlink.
func (b *Batch) write(c Change) error {
	if err := b.open(true); err != nil {
		return err
	}
	base := path.Base(c.Rel)
	if c.target != "" {
		b.folder.Remove(base) // on an error Symlink fails
		return b.folder.Symlink(c.target, base)
	}
	return replace(b.folder, base, c.mode, func(f *os.File) error {
		if _, err := c.want.Seek(0, io.SeekStart); err != nil {
			return err
		}
		_, err := io.Copy(f, c.want)
		return err
	}, b.folder.Rename)
}

// RemoveOrphans removes the files that windsock wrote in OUT and whose source is gone, and
// the folders that this leaves empty. It is called before Apply, to make room. It returns
// the paths of the removed files, relative to OUT.
func (t *Tree) RemoveOrphans() (removed []string, err error) {
	if len(t.orphans) == 0 {
		return nil, nil
	}
	stays := make(map[string]bool)
	for _, c := range t.PlanOrphans() {
		if failure := t.remove(c.Rel); failure != nil {
			err = errors.Join(err, failure)
			stays[c.Rel] = true
			continue
		}
		removed = append(removed, c.Rel)
	}
	t.manifest.lines = slices.DeleteFunc(t.manifest.lines, func(l line) bool {
		_, isOrphan := slices.BinarySearch(t.orphans, l.name())
		return isOrphan && !stays[l.name()]
	})
	t.orphans = nil
	return removed, errors.Join(err, t.saveManifest())
}

// remove removes a file of OUT and the folders that this leaves empty.
func (t *Tree) remove(rel string) error {
	for name := rel; name != "."; name = path.Dir(name) {
		folder, err := openFolder(t.root, path.Dir(name), false)
		if err == nil {
			err = folder.Remove(path.Base(name))
			folder.Close()
		}
		switch {
		case err != nil && name == rel:
			return t.failure("remove", rel, err)
		case err != nil:
			return nil // the folder is not empty
		}
	}
	return nil
}

// failure returns err as an error about a file of OUT, nil if err is nil.
func (t *Tree) failure(verb, rel string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("cannot %s %s: %w", verb, Quoted(t.Path(rel)), reason(err))
}
