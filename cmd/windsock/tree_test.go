package main

import (
	"fmt"
	"path"
	"slices"
	"testing"

	"windsock/cmd/windsock/internal/pages"
)

// TestByFolder gives the files of one folder to one worker, in the order of the walk, and
// not too many at a time.
func TestByFolder(t *testing.T) {
	var files []pages.File
	add := func(folder string, n int) {
		for range n {
			files = append(files, pages.File{Page: pages.Page{Rel: path.Join(folder, fmt.Sprint(len(files)))}})
		}
	}
	add(".", 2)
	add("a", mostTogether)
	add("a/b", 2*mostTogether+1)
	add("a", 1)
	add("c", 1)
	var sizes []int
	var all []pages.File
	for together := range byFolder(slices.Values(files)) {
		for _, f := range together {
			if path.Dir(f.Rel) != path.Dir(together[0].Rel) {
				t.Errorf("%s and %s go together", together[0].Rel, f.Rel)
			}
		}
		sizes = append(sizes, len(together))
		all = append(all, together...)
	}
	if want := []int{2, mostTogether, mostTogether, mostTogether, 1, 1, 1}; !slices.Equal(sizes, want) {
		t.Errorf("%d go together, want %d", sizes, want)
	}
	if !slices.EqualFunc(all, files, func(a, b pages.File) bool { return a.Rel == b.Rel }) {
		t.Error("other files, or in another order")
	}
	for range byFolder(slices.Values(files)) {
		break // must end without a fault
	}
}
