package pages

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"testing"
)

// A new file is whole, and one that is there is left alone, even if it came after the
// look for it; with links and without, and nothing is left beside it.
func TestCreate(t *testing.T) {
	plant(t, "docs/there", "docs/link -> nowhere")
	for _, name := range []string{"there", "link"} {
		if err := Create("docs/"+name, []byte("new")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, Create("docs/a", []byte("new")))
	folder, err := os.OpenRoot("docs")
	must(t, err)
	defer folder.Close()
	noLinks := func(string, string) error { return errors.ErrUnsupported }
	for i, link := range []func(string, string) error{folder.Link, noLinks} {
		temporary := temporaryName(os.Getpid(), int64(i))
		must(t, folder.WriteFile(temporary, []byte("new"), 0o644))
		if err := placeNew(folder, temporary, "there", link); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v", err)
		}
		must(t, placeNew(folder, temporary, string(rune('b'+i)), link))
	}
	expect(t, "the files", list(t, "docs"), "docs/a: new", "docs/b: new", "docs/c: new", "docs/link -> nowhere", "docs/there: docs/there")
	leavesNothing(t, "docs")
}

// A file that somebody makes while a new one is written stays.
func TestCreateMeanwhile(t *testing.T) {
	plant(t, "x")
	root, err := os.OpenRoot(".")
	must(t, err)
	defer root.Close()
	err = replace(root, "a", replacement{content: bytes.NewReader([]byte("new")), mode: 0o644, isNew: true,
		before: func() error { return os.WriteFile("a", []byte("theirs"), 0o666) }})
	if !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	expect(t, "the file", read(t, "a"), "theirs")
	leavesNothing(t, ".")
}
