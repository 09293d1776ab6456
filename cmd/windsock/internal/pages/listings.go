package pages

import (
	"io/fs"
	"os"
	"sync"
)

// Listings remembers what folders hold, so that a walk need not list those again that a
// glob has listed a moment before. Its methods may be called from several goroutines. nil
// remembers nothing.
type Listings struct {
	mu      sync.Mutex
	folders map[string][]fs.DirEntry
}

// mostListings is how many folders are remembered at any time.
const mostListings = 4096

// list returns what a folder holds, as [os.ReadDir] does, and remembers it.
func (l *Listings) list(folder string) ([]fs.DirEntry, error) {
	entries, err := os.ReadDir(folder)
	if l == nil || err != nil {
		return entries, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.folders == nil {
		l.folders = make(map[string][]fs.DirEntry)
	}
	if len(l.folders) < mostListings {
		l.folders[folder] = entries
	}
	return entries, nil
}

// take returns what a folder holds, as it is remembered, and forgets it.
func (l *Listings) take(folder string) ([]fs.DirEntry, error) {
	if l == nil {
		return os.ReadDir(folder)
	}
	l.mu.Lock()
	entries, known := l.folders[folder]
	delete(l.folders, folder)
	l.mu.Unlock()
	if !known {
		return os.ReadDir(folder)
	}
	return entries, nil
}
