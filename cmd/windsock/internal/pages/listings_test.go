package pages

import (
	"os"
	"path/filepath"
	"testing"
)

// TestListings remembers what a folder holds for one walk, and no longer.
func TestListings(t *testing.T) {
	folder := t.TempDir()
	put := func(name string) {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	walked := func(l *Listings) (names int) {
		w, err := NewWalk([]string{folder}, nil)
		if err != nil {
			t.Fatal(err)
		}
		w.Listed = l
		for _, err := range w.Pages() {
			if err != nil {
				t.Fatal(err)
			}
			names++
		}
		return names
	}
	var listed Listings
	put("a.rst")
	if err := Each(Name(folder), &listed, func(string, string) {}); err != nil {
		t.Fatal(err)
	}
	put("b.rst")
	if got := walked(&listed); got != 1 {
		t.Errorf("%d pages in a folder that held one when it was listed", got)
	}
	for _, l := range []*Listings{&listed, nil} {
		if got := walked(l); got != 2 {
			t.Errorf("%d pages, want 2", got)
		}
	}
	if err := Each(Name(filepath.Join(folder, "nowhere")), &listed, func(string, string) {}); err == nil {
		t.Error("a folder that is not there was listed")
	}
}
