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

	"windsock/render"
)

var (
	errForeign   = errors.New("windsock did not write it; remove it or name another output folder")
	errFolder    = errors.New("it is a folder with files that windsock did not write; remove it or name another output folder")
	errNotFolder = errors.New("a folder of its path is a file or a symlink that windsock did not write")
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

	want    content // if the source is not gone
	line    line    // what the manifest should say of the file
	earlier line    // what it says
}

// A content is what a file of an output tree should be: a file, or a symlink.
type content struct {
	data io.ReadSeeker
	size int64
	mode fs.FileMode // the permissions of the source

	target string // where the symlink leads
}

// A Content is what a page of OUT should be.
type Content struct {
	Data  []byte
	Mode  fs.FileMode    // the permissions of the file of SRC, of which the umask leaves some
	Lines render.LineMap // where the lines of Data come from
}

// Close closes the source of a copy.
func (c Change) Close() {
	if source, ok := c.want.data.(*os.File); ok {
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

// PlanPage says what becomes of a page.
func (b *Batch) PlanPage(f File, c Content) (Change, error) {
	return b.plan(f, content{data: bytes.NewReader(c.Data), size: int64(len(c.Data)), mode: c.Mode}, c.Lines.String())
}

// PlanCopy says what becomes of a file that is the same as that of SRC. What a symlink to
// a file leads to is copied; any other symlink becomes one to the same place. The change is
// to be closed.
func (b *Batch) PlanCopy(f File) (Change, error) {
	if to, err := os.Readlink(f.Path); err == nil {
		if info, err := os.Stat(f.Path); err != nil || !info.Mode().IsRegular() {
			return b.plan(f, content{target: to}, "")
		}
	}
	source, info, err := regular(os.OpenFile(f.Path, toRead, 0))
	if err != nil {
		return Change{}, unreadable(f.Path, err)
	}
	return b.plan(f, content{data: source, size: info.Size(), mode: info.Mode()}, "")
}

// plan says what becomes of a file of OUT that should have a content.
func (b *Batch) plan(f File, want content, lines string) (c Change, err error) {
	c = Change{Rel: f.Rel, want: want, line: newLine(f.Rel, lines), earlier: b.tree.manifest.find(f.Rel)}
	if c.Found, err = b.look(&c); err != nil {
		c.Close()
		return c, b.tree.failure("read", f.Rel, err)
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
	err, blocked := b.open(false), notFolderError{}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.As(err, &blocked) && b.tree.isOrphan(blocked.name):
		return Nothing, nil
	case errors.As(err, &blocked):
		c.Refusal = errNotFolder
		return InTheWay, nil
	case err != nil:
		return Nothing, err
	}
	info, err := b.folder.Lstat(path.Base(c.Rel))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.IsDir() && b.tree.holdsOnlyOrphans(c.Rel):
		return Nothing, nil
	case err != nil:
		return Nothing, err
	case info.IsDir():
		c.Refusal = errFolder
		return InTheWay, nil
	}
	return b.compare(c, info)
}

// compare finds whether a file of OUT is as it should be. It is opened only if it has the
// right size.
func (b *Batch) compare(c *Change, info fs.FileInfo) (Found, error) {
	base := path.Base(c.Rel)
	switch {
	case c.want.target != "":
		if target, _ := b.folder.Readlink(base); target == c.want.target {
			return Same, nil
		}
		return Different, nil
	case c.want.data == nil:
		return Different, nil
	case isFile(info) != nil: // somebody put it in the place of a file
		c.Refusal = isFile(info)
		return InTheWay, nil
	case info.Size() != c.want.size:
		return Different, nil
	}
	f, info, err := openFile(b.folder, base, os.O_RDONLY)
	if err != nil {
		return Different, err
	}
	defer f.Close()
	if same, err := sameContent(c.want.data, f); err != nil || !same {
		return Different, err
	}
	if info.Mode().Perm() == c.want.mode.Perm()&^umask {
		return Same, nil
	}
	const executable = 0o100
	c.SwitchesExecutable = (info.Mode()^c.want.mode)&executable != 0
	return OtherMode, nil
}

// isOrphan reports whether windsock wrote a file that has no source now.
func (t *Tree) isOrphan(rel string) bool {
	_, found := slices.BinarySearch(t.orphans, rel)
	return found
}

// holdsOnlyOrphans reports whether a folder goes as its files are removed: windsock wrote
// all of them, and leaves no empty folder.
func (t *Tree) holdsOnlyOrphans(folder string) bool {
	entries, err := fs.ReadDir(t.root.FS(), folder)
	return err == nil && len(entries) > 0 && !slices.ContainsFunc(entries, func(d fs.DirEntry) bool {
		name := path.Join(folder, d.Name())
		return d.IsDir() && !t.holdsOnlyOrphans(name) || !d.IsDir() && !t.isOrphan(name)
	})
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
	if c.want.target == "" {
		return replace(b.folder, base, c.want.mode, c.want.writeTo)
	}
	if err := b.folder.Remove(base); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return b.folder.Symlink(c.want.target, base)
}

// writeTo writes the content of a file.
func (c content) writeTo(f *os.File) error {
	if _, err := c.data.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.Copy(f, c.data)
	return err
}

// RemoveOrphans removes what windsock once wrote in OUT and that has no source now, and the
// folders that this leaves empty, to make room for what is written after that. It returns
// the files that it removed, as paths relative to OUT.
func (t *Tree) RemoveOrphans() (removed []string, err error) {
	halting.RLock()
	defer halting.RUnlock()
	for _, rel := range t.orphans {
		t.manifest.gone[rel] = true
	}
	for _, c := range t.PlanOrphans() {
		if failure := t.remove(c.Rel); failure != nil {
			err = errors.Join(err, t.failure("remove", c.Rel, failure))
			delete(t.manifest.gone, c.Rel)
			continue
		}
		removed = append(removed, c.Rel)
	}
	return removed, err
}

// remove removes the file rel of OUT and the folders that this leaves empty.
func (t *Tree) remove(rel string) error {
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
