package remap

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"windsock/cmd/windsock/internal/pages"
)

// A tree is an output tree as paths may name it.
type tree struct {
	out     string   // as the user named it
	abs     string   // its absolute path
	base    string   // its own name, with a slash
	folders []string // what may stand before that: each is empty or ends in a slash
	wd      string   // the working folder as seen from the tree, if it lies in it
	twin    bool     // whether another tree has the same name
	origins *pages.Origins
}

// newTree returns the tree in the folder out.
func newTree(out string) *tree {
	abs, err := filepath.Abs(out)
	if err != nil {
		abs = out
	}
	folders := []string{filepath.Dir(abs)}
	if real, err := filepath.EvalSymlinks(folders[0]); err == nil {
		folders = append(folders, real)
	}
	t := &tree{out: out, abs: abs, base: filepath.Base(abs) + "/", origins: pages.NewOrigins(out)}
	if wd, err := os.Getwd(); err == nil {
		if rel, err := filepath.Rel(wd, folders[0]); err == nil {
			folders = append(folders, rel)
		}
		if rel, err := filepath.Rel(abs, wd); err == nil {
			t.wd = filepath.ToSlash(rel)
		}
	}
	for _, folder := range folders {
		folder = strings.TrimSuffix(filepath.ToSlash(folder), "/") + "/"
		t.folders = append(t.folders, strings.TrimPrefix(folder, "./"))
	}
	return t
}

// isWithin reports whether the working folder is the tree or lies in it.
func (t *tree) isWithin() bool { return filepath.IsLocal(filepath.FromSlash(t.wd)) }

// A mention is a file of an output tree that some text names.
type mention struct {
	tree       *tree
	start, end int    // of the path in the text
	folder     string // how the path names the tree
	name       string // of the file in the tree
	exact      bool   // whether the path certainly leads to this tree
}

// source returns the path of the file's source, absolute or relative as the mention is.
func (m mention) source() string {
	from := m.tree.origins.Source()
	if filepath.IsAbs(from) {
		return path.Join(from, m.name)
	}
	folder := path.Join(m.folder, from)
	if m.exact && !pages.IsFolder(folder) { // the path to the tree leads through a symlink
		if out, err := filepath.EvalSymlinks(m.tree.abs); err == nil && pages.IsFolder(filepath.Join(out, from)) {
			folder = filepath.ToSlash(filepath.Join(out, from))
		}
	}
	return path.Join(folder, m.name)
}

// next returns the first file of the tree that text names, from an offset on.
func (t *tree) next(text string, from int) (mention, bool) {
	if t.origins.Refresh() != nil {
		return mention{}, false
	}
	if m, ok := t.bare(text); ok && from == 0 {
		return m, true
	}
	for at := from; ; at++ {
		i := strings.Index(text[at:], t.base)
		if i < 0 {
			return mention{}, false
		}
		at += i
		if m, ok := t.mentionAt(text, at, from); ok {
			return m, true
		}
	}
}

// longestName is how many bytes a path may have.
const longestName = 4096

// around are the characters that stand around paths, and seldom in them.
const around = " \t\"'`([{<=,;"

// What may stand before and behind a path: escape sequences that set colours, too.
var (
	beforePath = regexp.MustCompile("(?:^|[" + regexp.QuoteMeta(around) + `]|\x1b\[[0-9;]*m)$`)
	behindPath = regexp.MustCompile("^\\.?(?:$|[" + regexp.QuoteMeta(around) + "])|^[:)\\]}>\x1b]")
)

// endsPath reports whether a path may end before text.
func endsPath(text string) bool { return behindPath.MatchString(text) }

// mentionAt returns the mention in which the tree's own name stands at an offset of text,
// and which does not begin before another offset.
func (t *tree) mentionAt(text string, at, from int) (mention, bool) {
	m := mention{tree: t}
	before, behind := text[max(from, at-longestName):at], text[at+len(t.base):]
	m.start, m.exact = t.begin(before)
	m.start += at - len(before)
	behind = behind[:min(len(behind), longestName)]
	m.name = t.origins.Longest(behind, endsPath)
	if m.name == "" && m.exact && m.start > 0 && strings.ContainsRune(`'"`, rune(text[m.start-1])) {
		m.name = t.missingFile(behind)
	}
	m.folder, m.end = text[m.start:at+len(t.base)-1], at+len(t.base)+len(m.name)
	return m, m.name != "" && (m.exact || t.isSeenElsewhere(m.folder))
}

// begin returns where the path begins that goes on at the end of before, and whether it
// certainly leads to the folder of this tree.
func (t *tree) begin(before string) (start int, exact bool) {
	for _, folder := range t.folders {
		if rest, ok := strings.CutSuffix(before, folder); ok && beforePath.MatchString(rest[max(0, len(rest)-longestColour):]) {
			return len(rest), true
		}
	}
	return strings.LastIndexAny(before, around) + 1, false
}

// longestColour is how many bytes an escape sequence that sets colours may have.
const longestColour = 32

// missingFile returns the path that text begins with, if the tree holds no such file: Sphinx
// names what a page asks for and is not there.
func (t *tree) missingFile(text string) string {
	end := 0
	for end < len(text) && !endsPath(text[end:]) {
		end++
	}
	if name := text[:end]; filepath.IsLocal(name) && path.Ext(name) != "" && !t.origins.IsForeign(name) {
		return name
	}
	return ""
}

// isSeenElsewhere reports whether a folder may be this tree as another working folder or
// another machine names it: what has that path here may be another tree.
func (t *tree) isSeenElsewhere(folder string) bool {
	if t.twin || path.Base(folder)+"/" != t.base {
		return false
	}
	there, err := os.Stat(filepath.FromSlash(folder))
	if err != nil {
		return true
	}
	here, err := os.Stat(t.out)
	return err == nil && os.SameFile(here, there)
}

// bare returns the mention that a line begins with as a program names the files of the tree
// that runs within it: without the tree's own name.
func (t *tree) bare(line string) (mention, bool) {
	start := firstColours.FindStringIndex(line)[1]
	bare, _, numbered := strings.Cut(line[start:], ":")
	name := path.Join(t.wd, bare)
	if !numbered || !t.isWithin() || !t.origins.Holds(name) {
		return mention{}, false
	}
	up, _ := filepath.Rel(filepath.FromSlash("/"+t.wd), "/")
	return mention{tree: t, start: start, end: start + len(bare), folder: filepath.ToSlash(up), name: name, exact: true}, true
}
