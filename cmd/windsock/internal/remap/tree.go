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
	base    string   // its own name, with a slash
	folders []string // the known paths of the folder that holds it, each with a slash at its end
	twin    bool     // whether another tree has the same name
	origins *pages.Origins
}

// newTree returns the tree in the folder out.
func newTree(out string) *tree {
	abs, err := filepath.Abs(out)
	if err != nil {
		abs = out
	}
	t := &tree{out: out, base: filepath.Base(abs) + "/", origins: pages.NewOrigins(out)}
	folders := []string{filepath.Dir(abs), filepath.Dir(out)}
	if real, err := filepath.EvalSymlinks(folders[0]); err == nil {
		folders = append(folders, real)
	}
	for _, folder := range folders {
		t.folders = append(t.folders, strings.TrimPrefix(strings.TrimSuffix(filepath.ToSlash(folder), "/")+"/", "./"))
	}
	return t
}

// A mention is a file of an output tree that some text names.
type mention struct {
	tree       *tree
	start, end int    // of the path in the text
	folder     string // how the path names the tree
	name       string // of the file in the tree
}

// source returns the path of the file's source, absolute or relative as the mention is.
func (m mention) source() string {
	from := m.tree.origins.Source()
	if filepath.IsAbs(from) {
		return path.Join(from, m.name)
	}
	folder := path.Join(m.folder, from)
	if m.tree.isAt(m.folder) && !pages.IsFolder(folder) { // the path to the tree leads through a symlink
		if real := pages.Real(path.Join(m.tree.out, ".")); pages.IsFolder(path.Join(real, from)) {
			folder = path.Join(real, from)
		}
	}
	return path.Join(folder, m.name)
}

// next returns the first file of the tree that text names, from an offset on.
func (t *tree) next(text string, from int) (mention, bool) {
	for at := from; ; at++ {
		i := strings.Index(text[at:], t.base)
		if i < 0 || t.origins.Refresh() != nil {
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
// and which does not begin before another offset. A path that leads to no folder here may be
// this tree as another working folder or another machine names it.
func (t *tree) mentionAt(text string, at, from int) (mention, bool) {
	behind := text[at+len(t.base):]
	behind = behind[:min(len(behind), longestName)]
	m := mention{tree: t, start: t.begin(text, at, max(from, at-longestName)), name: t.origins.Longest(behind, endsPath)}
	m.folder = text[m.start : at+len(t.base)-1]
	isHere := t.isAt(m.folder)
	if m.name == "" && isHere && m.start > 0 && strings.ContainsRune(`'"`, rune(text[m.start-1])) {
		m.name = t.missingFile(behind)
	}
	m.end = at + len(t.base) + len(m.name)
	return m, m.name != "" && (isHere || t.mayBeElsewhere(m.folder))
}

// begin returns where the path begins in which the tree's own name stands at an offset of
// text, no earlier than at from. Blanks are a part of it only where it is known.
func (t *tree) begin(text string, at, from int) int {
	before := text[from:at]
	for _, folder := range t.folders {
		if rest, ok := strings.CutSuffix(before, folder); ok && beforePath.MatchString(rest[max(0, len(rest)-longestColour):]) {
			return from + len(rest)
		}
	}
	return from + strings.LastIndexAny(before, around) + 1
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

// isAt reports whether a folder is this tree.
func (t *tree) isAt(folder string) bool {
	there, err := os.Stat(filepath.FromSlash(folder))
	if err != nil {
		return false
	}
	here, err := os.Stat(t.out)
	return err == nil && os.SameFile(here, there)
}

// mayBeElsewhere reports whether a folder that is not here may be this tree.
func (t *tree) mayBeElsewhere(folder string) bool {
	_, err := os.Stat(filepath.FromSlash(folder))
	return err != nil && !t.twin && path.Base(folder)+"/" == t.base
}
