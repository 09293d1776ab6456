package pages

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
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

	want       content // if the source is not gone
	line       line    // what the manifest should say of the file
	isRecorded bool    // whether it says that
	isOurs     bool    // whether it says anything of the file
}

// PlanPage says what becomes of a page.
func (t *Tree) PlanPage(f File, c Content) (Change, error) {
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(c.Data)), nil }
	return t.plan(f, content{open: open, size: int64(len(c.Data)), mode: c.Mode}, c.Lines.String())
}

// PlanCopy says what becomes of a file that is the same as that of SRC. What a symlink to
// a file leads to is copied; any other symlink becomes one to the same place.
func (t *Tree) PlanCopy(f File) (Change, error) {
	want, err := t.contentOf(f.Rel)
	if err != nil {
		return Change{}, unreadable(f.Path, err)
	}
	return t.plan(f, want, "")
}

// plan says what becomes of a file of OUT that should have a content.
func (t *Tree) plan(f File, want content, lines string) (Change, error) {
	c := Change{Rel: f.Rel, want: want, line: newLine(f.Rel, lines), isOurs: f.earlier != ""}
	c.isRecorded = f.earlier == c.line
	var err error
	if c.Found, err = t.look(&c); err != nil {
		return c, t.failure("read", f.Rel, err)
	}
	if c.Action = Decide(true, c.Found, c.isOurs); c.Action == Refuse {
		c.Refusal = cmp.Or(c.Refusal, errForeign)
	}
	return c, nil
}

// PlanOrphans says what becomes of the files that windsock once wrote in OUT and that have
// no source now, those that stay left out.
func (t *Tree) PlanOrphans() (changes []Change) {
	for _, rel := range t.orphans {
		c := Change{Rel: rel}
		c.Found, _ = t.look(&c)
		if c.Action = Decide(false, c.Found, true); c.Action == Remove {
			changes = append(changes, c)
		}
	}
	return changes
}

// look finds what stands in OUT in the place of a file, and, if that is in the way, why it
// stays there.
func (t *Tree) look(c *Change) (Found, error) {
	if t.root == nil {
		return Nothing, nil
	}
	folder, err := openFolder(t.root, path.Dir(c.Rel), false)
	blocked := notFolderError{}
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.As(err, &blocked) && t.isOrphan(blocked.name):
		return Nothing, nil
	case errors.As(err, &blocked):
		c.Refusal = errNotFolder
		return InTheWay, nil
	case err != nil:
		return Nothing, err
	}
	defer folder.Close()
	info, err := folder.Lstat(path.Base(c.Rel))
	switch {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.IsDir() && t.holdsOnlyOrphans(c.Rel):
		return Nothing, nil
	case err != nil:
		return Nothing, err
	case info.IsDir():
		c.Refusal = errFolder
		return InTheWay, nil
	}
	return t.compare(folder, c, info)
}

// compare finds whether a file of OUT is as it should be. It is opened only if it has the
// right size.
func (t *Tree) compare(folder *os.Root, c *Change, info fs.FileInfo) (Found, error) {
	base := path.Base(c.Rel)
	target, _ := folder.Readlink(base)
	switch {
	case c.want.target != "" && c.want.target == target:
		return Same, nil
	case c.want.target != "", c.want.open == nil:
		return Different, nil
	case isFile(info) != nil: // somebody put it in the place of a file
		c.Refusal = isFile(info)
		return InTheWay, nil
	case info.Size() != c.want.size:
		return Different, nil
	}
	f, info, err := openFile(folder, base, os.O_RDONLY)
	if err != nil {
		return Different, err
	}
	defer f.Close()
	if same, err := c.want.isSame(f); err != nil || !same {
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
	_, found := slices.BinarySearchFunc(t.orphans, rel, compareNames)
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
func (t *Tree) Apply(c Change) error {
	halting.RLock()
	defer halting.RUnlock()
	if err := t.apply(c); err != nil {
		return t.failure("write", c.Rel, err)
	}
	return nil
}

// apply is Apply with bare errors.
func (t *Tree) apply(c Change) error {
	if c.Action == Refuse {
		return c.Refusal
	}
	if c.Action == Write || c.isOurs && !c.isRecorded {
		if err := t.manifest.put(t.root, c.line); err != nil {
			return err
		}
	}
	if c.Action == Write {
		return t.write(c)
	}
	return nil
}

// write gives a file its content.
func (t *Tree) write(c Change) error {
	folder, err := openFolder(t.root, path.Dir(c.Rel), true)
	if err != nil {
		return err
	}
	defer folder.Close()
	base := path.Base(c.Rel)
	if c.want.target == "" {
		return replace(folder, c.want.mode, c.want.writeTo, func(temporary string) error { return folder.Rename(temporary, base) })
	}
	if err := folder.Remove(base); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return folder.Symlink(c.want.target, base)
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
