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
	read     fs.FileInfo // of the manifest, when it was read
	manifest *manifest

	name     string // of the file that was asked for last, "" for none
	mapLines render.LineMap
}

// NewOrigins returns the origins of the files of an output tree, of which nothing is
// known until Refresh.
func NewOrigins(out string) *Origins { return &Origins{out: out, manifest: new(manifest)} }

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
	o.read, o.manifest, o.name = info, m, ""
	return nil
}

// Source returns the path of the source folder, from the output tree or absolute.
func (o *Origins) Source() string { return o.manifest.source }

// Holds reports whether windsock wrote the file of that name in the tree.
func (o *Origins) Holds(name string) bool { return o.manifest.find(name) != "" }

// Longest returns the longest name of a file that windsock wrote which text begins
// with, "" if none; ends reports whether a name may end before what follows it.
func (o *Origins) Longest(text string, ends func(after string) bool) string {
	for n := len(text); n > 0; n-- {
		if o.Holds(text[:n]) && ends(text[n:]) {
			return text[:n]
		}
	}
	return ""
}

// Line returns the line of the source that a line of the file of that name comes
// from, both from 1, and what made the line, "" if an author wrote it. A page whose map is
// not known has lines that did not move. A map may be long, and be asked for at each line.
func (o *Origins) Line(name string, line int) (source int, madeBy string) {
	if name != o.name || name == "" {
		o.name = name
		o.mapLines, _ = render.ParseLineMap(o.manifest.find(name).lineMap())
	}
	return o.mapLines.Source(line)
}

// IsForeign reports whether the tree holds a file of that name that windsock did not
// write.
func (o *Origins) IsForeign(name string) bool {
	_, err := os.Lstat(filepath.Join(o.out, name))
	return err == nil && !o.Holds(name)
}
