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

var (
	errForeign = errors.New("windsock did not write it; remove it or name another output folder")
	errFolder  = errors.New("it is a folder with files that windsock did not write; remove it or name another output folder")
)

// A Found is what stands in an output tree in the place of a file.
type Found int

// What may stand there.
const (
	Nothing   Found = iota // or only what a run removes first
	Same                   // the file as it should be
	OtherMode              // a file with the right content and other permissions
	Different              // a file or a symlink that differs
	InTheWay               // what is never overwritten: a folder, a file in the place of a folder, a symlink in that of a file
)

// An Action is what becomes of a file of an output tree.
type Action int

// The actions.
const (
	Keep Action = iota
	Write
	Remove
	Refuse // it should be written, but windsock did not write what stands there
)

// String returns the action as a verb.
func (a Action) String() string {
	return [...]string{Keep: "keep", Write: "write", Remove: "remove", Refuse: "refuse"}[a]
}

// Decide says what becomes of a file of an output tree. hasSource reports whether SRC has the
// file, isOurs whether windsock wrote what stands in its place. Every command that writes,
// compares or announces an output tree goes by this: nothing is overwritten or removed that
// windsock did not write, nor removed while there is a source.
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

// A Change says what becomes of one file of an output tree.
type Change struct {
	Rel     string // relative to OUT
	Action  Action
	Found   Found
	Refusal error // why it is refused
	// SwitchesExecutable says that the file may be executed and should not, or the reverse.
	SwitchesExecutable bool

	want    io.ReadSeeker // what it should hold, nil for a symlink, and if its source is gone
	target  string        // where it should lead, "" for a file
	size    int64         // of that, in bytes
	mode    fs.FileMode   // the permissions of the source
	line    line          // what the manifest should say of the file
	earlier line          // what it says
}

// Close closes the source of a copy.
func (c Change) Close() {
	if source, ok := c.want.(*os.File); ok {
		source.Close()
	}
}

// A Batch is some files of one folder of SRC. The folder of OUT that mirrors it is opened
// once for all of them. The methods are for one goroutine.
type Batch struct {
	Files  []File
	tree   *Tree
	name   string   // of the folder, relative to OUT
	folder *os.Root // nil until it is needed
}

// mostFiles is how many files a batch has, so that several work on a large folder.
const mostFiles = 16

// Batches yields the files of SRC as Files does.
func (t *Tree) Batches() iter.Seq2[*Batch, error] {
	return func(yield func(*Batch, error) bool) {
		b := &Batch{tree: t}
		for f, err := range t.Files() {
			if name := path.Dir(f.Rel); err != nil || name != b.name || len(b.Files) == mostFiles {
				if len(b.Files) > 0 && !yield(b, nil) || err != nil && !yield(nil, err) {
					return
				}
				b = &Batch{tree: t, name: name}
			}
			if err == nil {
				b.Files = append(b.Files, f)
			}
		}
		if len(b.Files) > 0 {
			yield(b, nil)
		}
	}
}

// open opens the folder of OUT, and makes it if create is set.
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

// PlanPage says what becomes of a page. Of the permissions the umask leaves some; lines says
// where those of data come from.
func (b *Batch) PlanPage(f File, data []byte, mode fs.FileMode, lines render.LineMap) (Change, error) {
	return b.plan(Change{Rel: f.Rel, want: bytes.NewReader(data), size: int64(len(data)), mode: mode, line: newLine(f.Rel, lines.String())})
}

// PlanCopy says what becomes of a file that is the same as that of SRC. What a symlink to a
// file leads to is copied; one to a folder becomes a symlink. The change is to be closed.
func (b *Batch) PlanCopy(f File) (Change, error) {
	if IsFolder(f.Path) {
		target, _ := os.Readlink(f.Path)
		return b.plan(Change{Rel: f.Rel, target: target, line: newLine(f.Rel, "")})
	}
	source, info, err := regular(os.OpenFile(f.Path, toRead, 0))
	if err != nil {
		return Change{}, unreadable(f.Path, err)
	}
	return b.plan(Change{Rel: f.Rel, want: source, size: info.Size(), mode: info.Mode(), line: newLine(f.Rel, "")})
}

// plan says what becomes of a file of OUT that has a source.
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

// PlanOrphans says what becomes of the files that windsock once wrote in OUT and that have
// no source now, those that stay left out.
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

// look finds what stands in OUT in the place of a file, and, if that is in the way, why it
// stays there.
func (b *Batch) look(c *Change) (Found, error) {
	if b.tree.root == nil {
		return Nothing, nil
	}
	err := b.open(false)
	switch {
	case errors.Is(err, fs.ErrNotExist), err == errNotFolder && b.tree.makesWay(c.Rel):
		return Nothing, nil
	case err == errNotFolder:
		c.Refusal = err
		return InTheWay, nil
	case err != nil:
		return Nothing, err
	}
	info, err := b.folder.Lstat(path.Base(c.Rel))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.IsDir() && b.tree.makesWay(c.Rel):
		return Nothing, nil
	case err != nil:
		return Nothing, err
	case info.IsDir():
		c.Refusal = errFolder
		return InTheWay, nil
	case c.want == nil:
		if target, err := b.folder.Readlink(path.Base(c.Rel)); err == nil && target == c.target {
			return Same, nil
		}
		return Different, nil
	case isFile(info) != nil: // somebody put it in the place of a file
		c.Refusal = isFile(info)
		return InTheWay, nil
	case info.Size() != c.size:
		return Different, nil
	}
	return b.compare(c)
}

// makesWay reports whether a file may come where a folder is, or below a file, since that goes
// as orphans are removed.
func (t *Tree) makesWay(rel string) bool {
	return slices.ContainsFunc(t.orphans, func(orphan string) bool {
		return strings.HasPrefix(orphan, rel+"/") || strings.HasPrefix(rel, orphan+"/")
	})
}

// compare finds whether a file of OUT that has the right size is as it should be.
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

// Check returns an error about a file if a change is refused.
func (t *Tree) Check(c Change) error {
	if c.Action == Refuse {
		return t.failure("write", c.Rel, c.Refusal)
	}
	return nil
}

// Apply makes a change to a file that has a source. The file is whole at every moment.
func (b *Batch) Apply(c Change) error {
	halting.RLock()
	defer halting.RUnlock()
	if c.Action == Refuse {
		return b.tree.Check(c)
	}
	var err error
	if c.Action == Write || c.earlier != "" && c.earlier != c.line {
		err = b.tree.manifest.put(b.tree.root, c.line)
	}
	if c.Action == Write && err == nil {
		err = b.write(c)
	}
	if err != nil {
		return b.tree.failure("write", c.Rel, err)
	}
	return nil
}

// write gives a file its content.
func (b *Batch) write(c Change) error {
	if err := b.open(true); err != nil {
		return err
	}
	base := path.Base(c.Rel)
	if c.target != "" {
		b.folder.Remove(base) // if it stays there is no symlink
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

// RemoveOrphans removes what windsock once wrote in OUT and that has no source now, and the
// folders that this leaves empty, to make room for what is written after that. It returns
// the files that it removed, as paths relative to OUT.
func (t *Tree) RemoveOrphans() (removed []string, err error) {
	if len(t.orphans) == 0 {
		return nil, nil
	}
	stays := make(map[string]bool)
	for _, c := range t.PlanOrphans() {
		if failure := t.remove(c.Rel); failure != nil {
			err = errors.Join(err, t.failure("remove", c.Rel, failure))
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

// remove removes the file rel of OUT and the folders that this leaves empty.
func (t *Tree) remove(rel string) error {
	halting.RLock()
	defer halting.RUnlock()
	for name := rel; name != "."; name = path.Dir(name) {
		folder, err := openFolder(t.root, path.Dir(name), false)
		if err == nil {
			err = folder.Remove(path.Base(name))
			folder.Close()
		}
		if err != nil && name == rel {
			return err
		}
		if err != nil {
			break // it holds something else
		}
	}
	return nil
}

// failure is an error about the file rel of OUT.
func (t *Tree) failure(verb, rel string, err error) error {
	return fmt.Errorf("cannot %s %s: %w", verb, Quoted(t.Path(rel)), reason(err))
}
