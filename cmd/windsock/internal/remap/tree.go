package remap

import (
	"os"
	"path"
	"path/filepath"
	"strings"

	"windsock/cmd/windsock/internal/pages"
)

// A tree is an output tree as paths may name it.
type tree struct {
	out     string   // as the user named it
	abs     string   // its absolute path
	base    string   // its own name, with a slash
	folders []string // what may stand before that, each empty or with a slash at the end
	within  string   // the working folder from the tree, "" if it does not lie there
	blanks  bool     // whether a blank may stand in a path before the tree's own name
	twin    bool     // whether another tree has the same name
	origins *pages.Origins
}

// newTree returns the tree in the folder out.
func newTree(out string) *tree {
	abs, err := filepath.Abs(out)
	if err != nil {
		abs = out
	}
	t := &tree{out: out, abs: abs, base: filepath.Base(abs) + "/", origins: pages.NewOrigins(out)}
	t.addFolder(filepath.Dir(abs))
	if real, err := filepath.EvalSymlinks(filepath.Dir(abs)); err == nil {
		t.addFolder(real)
	}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, filepath.Dir(abs)); err == nil {
			t.addFolder(rel)
		}
		if rel, err := filepath.Rel(abs, wd); err == nil && filepath.IsLocal(rel) {
			t.within = filepath.ToSlash(rel)
		}
	}
	t.blanks = t.within != "" || strings.Contains(strings.Join(t.folders, "")+t.base, " ")
	return t
}

// addFolder notes a folder that the tree may be said to lie in.
func (t *tree) addFolder(folder string) {
	folder = filepath.ToSlash(folder)
	switch {
	case folder == ".":
		folder = ""
	case !strings.HasSuffix(folder, "/"):
		folder += "/"
	}
	t.folders = append(t.folders, folder)
}

// A mention is a file of an output tree that some text names.
type mention struct {
	tree       *tree
	start, end int    // of the path in the text
	folder     string // how the path names the tree
	name       string // of the file in it
	exact      bool   // whether the path certainly leads to this tree
}

// source returns the path of the file's source, in the form of the mention.
func (m mention) source() string {
	from := m.tree.origins.Source()
	if filepath.IsAbs(from) {
		return path.Join(from, m.name)
	}
	folder := path.Join(m.folder, from)
	if m.exact && !pages.IsFolder(folder) && pages.IsFolder(m.tree.source()) {
		folder = m.tree.source() // the path to the tree leads through a symlink
	}
	return path.Join(folder, m.name)
}

// source returns the absolute path of the source folder.
func (t *tree) source() string {
	out, err := filepath.EvalSymlinks(t.abs)
	if err != nil {
		out = t.abs
	}
	return filepath.ToSlash(filepath.Join(out, t.origins.Source()))
}

// longestName is how many bytes of text a file's name may have.
const longestName = 4096

// mentionAt returns the mention whose tree's own name stands at an offset of text, and
// that begins at another offset or behind it. Where the path begins is looked for last:
// hardly anything that has the tree's name is a file of the tree.
func (t *tree) mentionAt(text string, at, from int) (mention, bool) {
	rest := text[at+len(t.base):]
	rest = rest[:min(len(rest), longestName)]
	m := mention{tree: t}
	m.start, m.exact = t.start(text[:at])
	m.name = t.origins.Longest(rest, endsPath)
	if m.name == "" && m.exact && m.start > 0 && strings.IndexByte(`'"`, text[m.start-1]) >= 0 {
		m.name = t.nowhere(rest)
	}
	if m.name == "" {
		return m, false
	}
	if !m.exact {
		m.start = anyStart(text[:at], from)
	}
	m.folder, m.end = text[m.start:at+len(t.base)-1], at+len(t.base)+len(m.name)
	return m, m.start >= from && (m.exact || t.elsewhere(m))
}

// start returns where a path begins that is certainly the path of this tree and leads
// to its own name at the end of before, false if there is none.
func (t *tree) start(before string) (start int, exact bool) {
	for _, folder := range t.folders {
		if rest, ok := strings.CutSuffix(before, folder); ok && beginsPath(rest, folder) {
			return len(rest), true
		}
	}
	return 0, false
}

// anyStart returns where a path of any tree begins that goes on at the end of before,
// an offset less than from if it begins before that.
func anyStart(before string, from int) int {
	start, end := len(before), max(from-1, len(before)-longestName, 0)
	for start > end && !isBoundary(before[start-1]) {
		if start--; before[start] == '\x1b' {
			return start + colourLength(before[start:])
		}
	}
	return start
}

// nowhere returns the path that text begins with, if it names no file of the tree: a
// page may name what is not there.
func (t *tree) nowhere(text string) string {
	end := 0
	for end < len(text) && !endsPath(text[end:]) {
		end++
	}
	if name := text[:end]; name != "" && filepath.IsLocal(name) && !t.origins.IsForeign(name) && path.Ext(name) != "" {
		return name
	}
	return ""
}

// elsewhere reports whether a mention may be the file of this tree as another
// working folder, or another machine, sees it: a file of that path here may be
// another's.
func (t *tree) elsewhere(m mention) bool {
	if before := strings.TrimSuffix(m.folder+"/", t.base); t.twin || before != "" && !strings.HasSuffix(before, "/") {
		return false
	}
	there, err := os.Stat(filepath.FromSlash(m.folder))
	if err != nil {
		return true
	}
	here, err := os.Stat(t.out)
	return err == nil && os.SameFile(here, there)
}

// bare returns the mention that a line begins with as a program sees the tree that
// runs within it: by a path without the tree's own name.
func (t *tree) bare(line string) (mention, bool) {
	start := coloursStart(line)
	end := strings.IndexByte(line[start:], ':')
	if t.within == "" || end < 1 {
		return mention{}, false
	}
	up, err := filepath.Rel(filepath.FromSlash("/"+t.within), "/")
	name := path.Join(t.within, line[start:start+end])
	if err != nil || !t.origins.Holds(name) {
		return mention{}, false
	}
	return mention{tree: t, start: start, end: start + end, folder: filepath.ToSlash(up), name: name, exact: true}, true
}
