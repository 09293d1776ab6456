package pages

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"windsock/render"
)

var (
	errForeign   = errors.New("windsock did not write it; remove it or name another output folder")
	errFolder    = errors.New("it is a folder with files that windsock did not write; remove it or name another output folder")
	errNotFolder = errors.New("a folder of its path is a file or a symlink that windsock did not write")
)

// A Change says what becomes of one file of an output tree.
type Change struct {
	Rel     string // relative to OUT
	Action  Action
	Found   Found
	Refusal error // why it is refused
	// Displaced names files of windsock's, relative to OUT, that are removed first: they
	// stand where the file, or a folder of its path, is to be.
	Displaced []string
	// SwitchesExecutable says that the file may be executed and should not, or the reverse.
	SwitchesExecutable bool

	isGone bool    // whether the source is gone
	isOurs bool    // whether windsock wrote all that stands there
	top    string  // the place of what is displaced
	want   content // if the source is not gone
}

// A Content is what a page of OUT should be.
type Content struct {
	Data  []byte
	Mode  fs.FileMode    // the permissions of the file of SRC, of which the umask leaves some
	Lines render.LineMap // where the lines of Data come from
}

// PlanPage says what becomes of a page.
func (t *Tree) PlanPage(rel string, c Content) (Change, error) {
	return t.plan(rel, content{data: c.Data, size: int64(len(c.Data)), mode: c.Mode, lines: c.Lines.String()})
}

// PlanCopy says what becomes of a file that is the same as that of SRC. What a symlink to
// a file leads to is copied; any other symlink becomes one to the same place.
func (t *Tree) PlanCopy(rel string) (Change, error) {
	t.Keep(rel)
	want, err := t.contentOf(rel)
	if err != nil {
		return Change{}, fmt.Errorf("cannot read %s: %w", Quoted(join(t.src, rel)), reason(err))
	}
	return t.plan(rel, want)
}

// Keep notes that the file rel of OUT has a source, and leaves it as it is.
func (t *Tree) Keep(rel string) { t.manifest.keep(rel) }

// PlanOrphans says what becomes of the files that windsock once wrote in OUT and that have
// no source now. If some of SRC was not read, it cannot know, and returns none.
func (t *Tree) PlanOrphans() (changes []Change) {
	if !t.walked {
		return nil
	}
	for _, rel := range t.manifest.orphans() {
		c := Change{Rel: rel, isGone: true}
		t.look(&c)
		if c.Action = Decide(Gone, c.Found, c.isOurs); c.Action == Remove {
			changes = append(changes, c)
		}
	}
	return changes
}

// plan says what becomes of the file rel of OUT that should have a content.
func (t *Tree) plan(rel string, want content) (Change, error) {
	t.Keep(rel)
	c := Change{Rel: rel, want: want}
	if err := t.look(&c); err != nil {
		return c, t.failure("read", rel, err)
	}
	c.Action = Decide(Known, c.Found, c.isOurs)
	if c.Action == Refuse {
		c.Displaced = nil
	} else {
		c.Refusal = nil
	}
	return c, nil
}

// look finds what stands in OUT in the place of a file.
func (t *Tree) look(c *Change) error {
	if t.root == nil {
		return nil
	}
	c.isOurs, c.Refusal = t.manifest.names(c.Rel), errForeign
	folder, err := openFolder(t.root, path.Dir(c.Rel), false)
	blocked := notFolderError{}
	switch {
	case errors.As(err, &blocked):
		c.isOurs, c.Refusal = t.manifest.names(blocked.name), errNotFolder
		c.Found, c.Displaced, c.top = InTheWay, []string{blocked.name}, blocked.name
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	defer folder.Close()
	return t.lookIn(folder, c)
}

// lookIn is look with the folder that holds the file.
func (t *Tree) lookIn(folder *os.Root, c *Change) error {
	base := path.Base(c.Rel)
	info, err := folder.Lstat(base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir():
		c.Found, c.top, c.Refusal = InTheWay, c.Rel, errFolder
		c.Displaced, c.isOurs = t.filesBelow(c.Rel)
		return nil
	}
	c.Found = Different
	switch err := isFile(info); {
	case c.isGone:
		return nil
	case c.want.target != "":
		if have, err := folder.Readlink(base); err == nil && have == c.want.target {
			c.Found = Same
		}
		return nil
	case err != nil: // somebody put it in the place of a file
		c.isOurs, c.Refusal = false, err
		return nil
	}
	return t.compare(folder, c, info)
}

// compare finds whether a file of OUT is as it should be. It is opened only if it has the
// right size.
func (t *Tree) compare(folder *os.Root, c *Change, info fs.FileInfo) error {
	if info.Size() != c.want.size {
		return nil
	}
	f, info, err := openFile(folder, path.Base(c.Rel))
	if err != nil {
		return err
	}
	defer f.Close()
	same, err := c.want.isSame(f)
	if err != nil || !same {
		return err
	}
	c.Found = Same
	if info.Mode().Perm() != newMode(c.want.mode) {
		const executable = 0o100
		c.Found, c.SwitchesExecutable = OtherMode, (info.Mode()^c.want.mode)&executable != 0
	}
	return nil
}

// filesBelow returns the files below the folder rel of OUT, and whether windsock wrote all
// of them and there is no empty folder: windsock leaves none.
func (t *Tree) filesBelow(rel string) (files []string, areOurs bool) {
	areOurs = true
	folders := map[string]bool{rel: true} // whether they were found empty so far
	fs.WalkDir(t.root.FS(), rel, func(name string, d fs.DirEntry, err error) error {
		folders[path.Dir(name)] = false
		switch {
		case err != nil:
			areOurs = false
		case d.IsDir():
			folders[name] = true
		default:
			files = append(files, name)
			areOurs = areOurs && t.manifest.names(name)
		}
		return nil
	})
	for _, isEmpty := range folders {
		areOurs = areOurs && !isEmpty
	}
	return files, areOurs
}

// Check returns an error about a file if a change is refused.
func (t *Tree) Check(c Change) error {
	if c.Action == Refuse {
		return t.failure("write", c.Rel, c.Refusal)
	}
	return nil
}

// Apply makes a change, whose file is whole at every moment. It returns the files that
// were displaced, relative to OUT.
func (t *Tree) Apply(c Change) (displaced []string, err error) {
	if c.Action == Remove {
		if err := t.remove(c.Rel, "."); err != nil {
			t.Keep(c.Rel) // the manifest goes on naming it
			return nil, t.failure("remove", c.Rel, err)
		}
		return nil, nil
	}
	if displaced, err = t.apply(c); err != nil {
		return displaced, t.failure("write", c.Rel, err)
	}
	return displaced, nil
}

// apply is Apply for a file that has a source, with bare errors.
func (t *Tree) apply(c Change) (displaced []string, err error) {
	switch {
	case c.Action == Refuse:
		return nil, c.Refusal
	case c.Action == Keep && (!c.isOurs || t.manifest.records(c.line())):
		return nil, nil
	}
	if displaced, err = t.displace(c); err != nil {
		return displaced, err
	}
	if err := t.manifest.put(t.root, c.line()); err != nil || c.Action == Keep {
		return displaced, err
	}
	folder, err := openFolder(t.root, path.Dir(c.Rel), true)
	if err != nil {
		return displaced, err
	}
	defer folder.Close()
	return displaced, c.write(folder)
}

// displace removes what stands in the way of a file. For another file of the same folder
// that may have been done meanwhile.
func (t *Tree) displace(c Change) (displaced []string, err error) {
	if len(c.Displaced) == 0 {
		return nil, nil
	}
	t.displacing.Lock()
	defer t.displacing.Unlock()
	for _, name := range c.Displaced {
		if info, err := t.root.Lstat(name); err != nil || info.IsDir() {
			continue
		}
		if err := t.remove(name, path.Dir(c.top)); err != nil {
			return displaced, err
		}
		displaced = append(displaced, name)
	}
	return displaced, nil
}

// line returns the line of the manifest about the file.
func (c Change) line() line { return newLine(c.Rel, c.want.lines) }

// write gives the file its content or its permissions, in the folder that holds it.
func (c Change) write(folder *os.Root) error {
	base := path.Base(c.Rel)
	switch {
	case c.Action == SetMode:
		return folder.Chmod(base, newMode(c.want.mode))
	case c.want.target != "":
		if err := folder.Remove(base); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return folder.Symlink(c.want.target, base)
	}
	return replace(folder, base, replacement{fill: c.want.writeTo, mode: newMode(c.want.mode)})
}

// remove removes the file rel of OUT and the folders below top that this leaves empty.
func (t *Tree) remove(rel, top string) error {
	if err := t.removeOne(rel); err != nil {
		return err
	}
	for folder := path.Dir(rel); folder != top && t.removeOne(folder) == nil; {
		folder = path.Dir(folder)
	}
	return nil
}

// removeOne removes a file or an empty folder of OUT.
func (t *Tree) removeOne(rel string) error {
	folder, err := openFolder(t.root, path.Dir(rel), false)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Remove(path.Base(rel))
}

// failure is an error about the file rel of OUT.
func (t *Tree) failure(verb, rel string, err error) error {
	return fmt.Errorf("cannot %s %s: %w", verb, Quoted(t.Path(rel)), reason(err))
}
