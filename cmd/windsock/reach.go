package main

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"
)

// A reach tells what the includes in the pages of one folder lead to. As Sphinx has it, a
// path is relative to the page's folder, also in what the page includes, so each folder
// has a reach of its own. Each file in it is looked into once, however many pages include
// it and whatever else includes it. It may serve many pages at once.
type reach struct {
	*inclusion
	source string // the source folder, which a path with a slash before it is relative to
	folder string

	mu    sync.Mutex
	known map[string]*liveFile // what each file leads to, by its path; nil for nothing
}

// A liveFile is a file that holds something live.
type liveFile struct {
	name string
	*includedFile
}

// live returns the file that holds something live: the one that an include names, or one
// that this includes, the first by name if there are several. nil if there is none.
func (r *reach) live(target string) *liveFile {
	name := r.nameOf(target)
	if name == "" {
		return nil
	}
	return r.leadsTo(name)
}

// leadsTo is live for the path of a file.
func (r *reach) leadsTo(name string) *liveFile {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, ok := r.known[name]; !ok {
		r.explore(name)
	}
	return r.known[name]
}

// nameOf returns the path of the file that an include names, "" if that is none to look
// into.
func (r *reach) nameOf(target string) string {
	target = strings.TrimSpace(target)
	if target == "" || strings.HasPrefix(target, "<") {
		return ""
	}
	name := path.Join(r.folder, target)
	if strings.HasPrefix(target, "/") {
		name = path.Join(r.source, target)
	}
	if r.isExpanded(r.source, name) {
		return ""
	}
	return name
}

// namesOf returns the paths of the files to look into that includes name.
func (r *reach) namesOf(targets []string) (names []string) {
	for _, target := range targets {
		if name := r.nameOf(target); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// explore finds out what a file leads to, and all that it includes which was not explored
// before.
func (r *reach) explore(name string) {
	includers := make(map[string][]string)
	var ends []string // files that are known to lead to something live
	r.known[name] = nil
	for files := []string{name}; len(files) > 0; {
		name, files = files[len(files)-1], files[:len(files)-1]
		file := r.open(name)
		if file.holds != "" {
			r.known[name] = &liveFile{name, file}
			ends = append(ends, name)
			continue
		}
		for _, target := range file.includes {
			next := r.nameOf(target)
			if next == "" {
				continue
			}
			switch found, ok := r.known[next]; {
			case !ok:
				r.known[next] = nil
				files = append(files, next)
			case found != nil && includers[next] == nil:
				ends = append(ends, next)
			}
			includers[next] = append(includers[next], name)
		}
	}
	r.spread(ends, includers)
}

// spread makes known that whatever includes some files leads to what they lead to.
func (r *reach) spread(ends []string, includers map[string][]string) {
	slices.SortFunc(ends, func(a, b string) int { return cmp.Compare(r.known[a].name, r.known[b].name) })
	for _, end := range ends {
		for files := []string{end}; len(files) > 0; {
			name := files[len(files)-1]
			files = files[:len(files)-1]
			for _, includer := range includers[name] {
				if r.known[includer] == nil {
					r.known[includer] = r.known[end]
					files = append(files, includer)
				}
			}
		}
	}
}
