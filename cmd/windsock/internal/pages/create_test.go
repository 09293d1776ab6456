package pages

import (
	"errors"
	"io/fs"
	"testing"
)

// A new file is whole, and one that is there is left alone; nothing is left beside it.
func TestCreate(t *testing.T) {
	plant(t, "docs/there", "docs/link -> nowhere")
	for _, name := range []string{"there", "link"} {
		if err := Create("docs/"+name, []byte("new")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, Create("docs/a", []byte("new")))
	expect(t, "the files", list(t, "docs"), "docs/a: new", "docs/link -> nowhere", "docs/there: docs/there")
	leavesNothing(t, "docs")
}
