package pages

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"windsock/render"
)

// ErrNoManifest means that a folder is not an output tree.
var ErrNoManifest = errors.New("windsock did not write it")

// Origins maps the files of an output tree to their sources. It may be used while the tree is
// written: Refresh reads the new lines of the manifest.
type Origins struct {
	out      string
	read     fs.FileInfo // the manifest when it was read
	manifest *manifest

	name     string // the file of mapLines, "" for none
	mapLines render.LineMap
}

// NewOrigins returns the origins for an output tree, without any files until Refresh.
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

// Source returns the path of the source folder, relative to the output tree or absolute.
func (o *Origins) Source() string { return o.manifest.source }

// Contains reports whether windsock wrote a file with that name in the tree.
func (o *Origins) Contains(name string) bool { return o.manifest.find(name) != "" }

// Longest returns the longest prefix of text that is the name of a file in the tree, "" if there is
// none. ends reports whether a name can end before the rest of the text.
func (o *Origins) Longest(text string, ends func(after string) bool) string {
	for n := len(text); n > 0; n-- {
		if o.Contains(text[:n]) && ends(text[n:]) {
			return text[:n]
		}
	}
	return ""
}

// Line maps a line of a file to the line of its source, both from 1. madeBy names the directive that
// made the line, "" if an author wrote it. Without a map, lines are the same. The map of the last file
// is cached.
func (o *Origins) Line(name string, line int) (source int, madeBy string) {
	if name != o.name || name == "" {
		o.name = name
		o.mapLines, _ = render.ParseLineMap(o.manifest.find(name).lineMap())
	}
	return o.mapLines.Source(line)
}

// IsForeign reports whether the tree has a file with that name that windsock did not write.
func (o *Origins) IsForeign(name string) bool {
	_, err := os.Lstat(filepath.Join(o.out, name))
	return err == nil && !o.Contains(name)
}
