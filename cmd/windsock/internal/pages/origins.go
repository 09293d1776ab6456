package pages

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"windsock/render"
)

// ErrNoManifest is why nothing is known of where the files of a folder come from.
var ErrNoManifest = errors.New("windsock did not write it")

// Origins says where the files of an output tree come from. It may be used while
// the tree is written: Refresh reads what was put on record meanwhile.
type Origins struct {
	out      string
	manifest *manifest
	read     fs.FileInfo // of the manifest, when it was read

	name  string // of the file that was asked for last, "" for none
	lines render.LineMap
}

// NewOrigins returns the origins of the files of an output tree, of which nothing is
// known until Refresh.
func NewOrigins(out string) *Origins { return &Origins{out: out, manifest: &manifest{}} }

// Refresh reads the manifest again if it changed.
func (o *Origins) Refresh() error {
	info, err := os.Lstat(filepath.Join(o.out, ManifestName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrNoManifest
	case err != nil:
		return reason(err)
	case o.read != nil && os.SameFile(info, o.read) && info.ModTime().Equal(o.read.ModTime()) && info.Size() == o.read.Size():
		return nil
	}
	out, err := os.OpenRoot(o.out)
	if err != nil {
		return reason(err)
	}
	defer out.Close()
	m, err := readManifest(out)
	if err != nil {
		return reason(err)
	}
	o.manifest, o.read, o.name = m, info, ""
	return nil
}

// Source returns the path of the source folder, from the output tree or absolute.
func (o *Origins) Source() string { return o.manifest.source }

// Holds reports whether windsock wrote the file of that name in the tree.
func (o *Origins) Holds(name string) bool { return o.manifest.names(name) }

// Longest returns the longest name of a file that windsock wrote which text begins
// with, "" if none; ends reports whether a name may end before what follows it.
func (o *Origins) Longest(text string, ends func(after string) bool) string {
	for len(text) > 0 {
		i, found := o.manifest.find(text)
		if found {
			return text
		}
		if i == 0 {
			return ""
		}
		// The name that sorts before text shows how much of text can be a name.
		common := commonPrefix(text, o.manifest.lines[i-1].name())
		for common > 0 && !ends(text[common:]) {
			common--
		}
		text = text[:common]
	}
	return ""
}

// commonPrefix returns how many bytes two strings begin with in common.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// Line returns the line of the source that a line of the file of that name comes
// from, both from 1, and what made the line, "" if an author wrote it.
func (o *Origins) Line(name string, line int) (source int, madeBy string) {
	if name != o.name || name == "" {
		o.name, o.lines = name, o.linesOf(name)
	}
	return o.lines.Source(line)
}

// linesOf returns the map of the lines of the file of that name, that of a page whose lines
// did not move if none is known. It may be long, and be asked for at each of them.
func (o *Origins) linesOf(name string) render.LineMap {
	i, found := o.manifest.find(name)
	if !found {
		return render.LineMap{}
	}
	lines, err := render.ParseLineMap(o.manifest.lines[i].lineMap())
	if err != nil {
		return render.LineMap{}
	}
	return lines
}

// IsForeign reports whether the tree holds a file of that name that windsock did not
// write.
func (o *Origins) IsForeign(name string) bool {
	out, err := os.OpenRoot(o.out)
	if err != nil {
		return false
	}
	defer out.Close()
	_, err = out.Lstat(name)
	return err == nil && !o.Holds(name)
}
