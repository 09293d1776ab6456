package pages

import (
	"errors"
	"io/fs"
	"os"
)

// place gives the temporary file, whole, its name.
func (r replacement) place(folder *os.Root, temporary, name string) error {
	if !r.isNew {
		return folder.Rename(temporary, name)
	}
	return placeNew(folder, temporary, name, folder.Link)
}

// placeNew is place for a file that must not be there yet. Renaming would replace one
// that somebody makes meanwhile; linking does not. Where files cannot be linked, an
// empty file holds the name until the whole one takes its place.
func placeNew(folder *os.Root, temporary, name string, link func(old, new string) error) error {
	err := link(temporary, name)
	if err == nil {
		folder.Remove(temporary)
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	f, err := folder.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	f.Close()
	if err = folder.Rename(temporary, name); err != nil {
		folder.Remove(name)
	}
	return err
}
