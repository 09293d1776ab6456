package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime/debug"
	"strings"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A pageResult is a page or another file, and the result of the work on it.
type pageResult struct {
	page   pages.Page
	source []byte
	buffer *bytes.Buffer            // the pooled buffer of source; nil for standard input
	mode   fs.FileMode              // the permissions of the file
	copied bool                     // whether the file is only copied: it is ignored, or not a page
	read   func() *grammar.Document // parses the page once; nil unless the page is being examined
	expand.Result
	counts
	liveIncludes []grammar.Span    // includes of files with a live directive or role
	findings     []finding.Located // the page's findings with their positions
	diff         []byte            // the change to show
	isWholeFile  bool              // whether diff adds or removes a file
	written      bool
	corrected    int      // findings that --fix corrected
	change       string   // the line of a dry run
	adoption     adoption // for adopt
	uses         []use    // for uses
	err          error    // why the page could not be read or written
}

// paths returns the PATHs to read: args, or else the project file's docs, or else the current
// folder.
func (s *session) paths(args []string) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	if !s.project.Docs.Empty() {
		return s.project.Docs.Paths()
	}
	return []string{"."}, nil
}

// walk yields the pages below the PATHs that are not ignored. It reports a folder that cannot be
// read, and continues.
func (s *session) walk(args []string) (iter.Seq[pages.Page], error) {
	if s.input != nil {
		return func(yield func(pages.Page) bool) {
			if s.isInputIgnored() {
				s.note("ignored %s", pages.Quoted(s.inputPage().Path))
			} else {
				yield(s.inputPage())
			}
		}, nil
	}
	paths, err := s.paths(args)
	if err != nil {
		return nil, err
	}
	w, err := pages.NewWalk(paths, s.extensions)
	if err != nil {
		return nil, err
	}
	return func(yield func(pages.Page) bool) {
		for p, err := range w.Pages() {
			if err != nil {
				s.fail(err)
			} else if s.project.Ignore.Ignores(p.Path) {
				s.note("ignored %s", pages.Quoted(p.Path))
			} else if !s.skips(p) && !yield(p) {
				return
			}
		}
		for _, link := range w.Links {
			s.note("%s is a symlink to a folder, which is not followed", pages.Quoted(link))
		}
		s.countUnread(w.Markdown...)
	}, nil
}

// read reads the source of a page.
func (s *session) read(r *pageResult) {
	if s.input != nil {
		r.source = s.input
		return
	}
	r.buffer = buffers.Get().(*bytes.Buffer)
	r.source, r.mode, r.err = pages.ReadInto(r.buffer, r.page.Path, pages.MaxSize)
}

// buffers is the pool of buffers for the sources of pages.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readFile reads a file other than a page of the run.
func readFile(path string) ([]byte, error) {
	data, _, err := pages.Read(path, pages.MaxSize)
	return data, err
}

// release frees the source of a page and what refers to it, before the result waits for its
// turn.
func (r *pageResult) release() {
	if r.buffer != nil {
		buffers.Put(r.buffer)
	}
	r.source, r.buffer, r.Result = nil, nil, expand.Result{Markers: r.Markers}
}

// eachPage calls work for each page below the PATHs, several at a time. Then it reports the
// results in the order of the pages, and calls then for each.
func (s *session) eachPage(args []string, work, then func(*pageResult)) int {
	walk, err := s.walk(args)
	if err != nil {
		return s.fail(err)
	}
	for r := range inOrder(walk, func(p pages.Page) *pageResult {
		r := &pageResult{page: p}
		r.guard(func() {
			if s.read(r); r.err == nil {
				work(r)
				r.locateFindings()
			}
		})
		r.release()
		return r
	}) {
		s.emit(r)
		then(r)
	}
	return s.statusOfPages()
}

// guard calls work, and turns a panic into the error of this page, so that the run continues.
func (r *pageResult) guard(work func()) {
	defer func() {
		if fault := recover(); fault != nil {
			r.err = fmt.Errorf("cannot handle %s: a bug in windsock: %v\n%s", pages.Quoted(r.page.Path), fault, debug.Stack())
		}
	}()
	work()
}

// locateFindings computes the positions of the page's findings, while its source is available.
func (r *pageResult) locateFindings() {
	r.findings = append(finding.Resolve(r.page.Path, r.source, r.Findings), r.Data...)
}

// emit reports the result of a page, and counts it.
func (s *session) emit(r *pageResult) {
	if r.err != nil {
		s.fail(r.err)
		return
	}
	s.files++
	s.add(r.counts)
	s.addMarkers(r)
	if s.known != nil {
		s.known.read[s.nameInBaseline(r.page.Path)] = true
	}
	s.corrected += r.corrected
	s.fixable += s.countFixable(r.page.Path, r.findings)
	if r.written {
		s.written++
		s.reportRewritten(r.page)
	}
	s.note("page %s", pages.Quoted(r.page.Path))
	s.show(r)
}

// addMarkers records the comments of bound regions in a page.
func (s *session) addMarkers(r *pageResult) {
	for _, text := range r.Markers {
		if s.markers[text] == "" {
			s.markers[strings.Clone(text)] = r.page.Path
		}
	}
}

// maxWholeFiles is how many diffs that add or remove a file are shown. If there are more, the output
// tree was probably never made, and the diffs are as long as the tree.
const maxWholeFiles = 100

// show reports the findings of a result, and shows its diff if the format is text.
func (s *session) show(r *pageResult) {
	s.report(r.findings...)
	if s.writeBaseline {
		return
	}
	s.printFindings()
	if !s.findingFormat().isText || len(r.diff) == 0 {
		return
	}
	if r.isWholeFile {
		s.wholeFiles++
	}
	if !r.isWholeFile || s.wholeFiles <= maxWholeFiles {
		s.stdout.Write(r.diff)
	}
}

// statusOfPages returns the status of a run that has read all its pages. Reading none is
// trouble, except under --hook.
func (s *session) statusOfPages() int {
	if s.files == 0 && !s.trouble && !s.hook {
		return s.fail(errors.New("no page was read: the PATHs contain no .rst file that is not ignored"))
	}
	return statusOK
}
