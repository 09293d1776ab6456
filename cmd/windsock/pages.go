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

// A pageResult is what became of one page.
type pageResult struct {
	page   pages.Page
	source []byte
	buffer *bytes.Buffer            // which holds the source, to be used again; nil for standard input
	mode   fs.FileMode              // the permissions of the page's file
	copied bool                     // whether it is only copied, no page or an ignored one
	read   func() *grammar.Document // reads the page as RST, once; nil except while it is examined
	expand.Result
	tally
	included  []grammar.Span    // of what it includes though something live is in that
	markers   []string          // the Markers of its expansion
	findings  []finding.Located // of the page, placed
	diff      []byte            // what would change, if the command shows that
	whole     bool              // whether that is a file as a whole
	written   bool
	corrected int      // findings that --fix corrected
	change    string   // what becomes of its file, for a dry run
	adoption  adoption // of its tables and regions, for adopt
	uses      []use    // the places that "uses" looks for
	err       error    // why the page could not be read or written
}

// paths returns the PATHs to read: those of the command line or, without any, the
// project file's docs, else the current folder.
func (s *session) paths(args []string) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	if !s.project.Docs.Empty() {
		return s.project.Docs.Paths()
	}
	return []string{"."}, nil
}

// walk yields the pages below paths, less the ignored ones. What cannot be read
// is trouble, and the walk goes on.
func (s *session) walk(paths []string) (iter.Seq[pages.Page], error) {
	if s.input != nil {
		return func(yield func(pages.Page) bool) {
			if s.inputIgnored() {
				s.note("ignored %s", pages.Quoted(s.inputPage().Path))
			} else {
				yield(s.inputPage())
			}
		}, nil
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
			} else if !s.passes(p) && !yield(p) {
				return
			}
		}
		for _, link := range w.Links {
			s.note("%s is a symlink to a folder, which is not followed", pages.Quoted(link))
		}
		s.countUnread(w.Markdown...)
	}, nil
}

// read reads the result's page, or standard input.
func (s *session) read(r *pageResult) {
	if s.input != nil {
		r.source = s.input
		return
	}
	r.buffer = buffers.Get().(*bytes.Buffer)
	r.source, r.mode, r.err = pages.ReadInto(r.buffer, r.page.Path, pages.MaxSize)
}

// buffers are those of pages that are done with.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// readFile reads a file that is no page of the run.
func readFile(path string) ([]byte, error) {
	data, _, err := pages.Read(path, pages.MaxSize)
	return data, err
}

// release frees a page and what was made from it: only findings and a diff wait for
// their turn.
func (r *pageResult) release() {
	if r.buffer != nil {
		buffers.Put(r.buffer)
	}
	r.source, r.buffer, r.markers, r.Result = nil, nil, r.Markers, expand.Result{}
}

// eachPage does some work on each page below the PATHs, several at a time, and reports in
// their order what became of them; then is called for each behind that.
func (s *session) eachPage(paths []string, work, then func(*pageResult)) int {
	walk, err := s.walk(paths)
	if err != nil {
		return s.fail(err)
	}
	for r := range inOrder(walk, func(p pages.Page) *pageResult {
		r := &pageResult{page: p}
		r.guard(func() {
			if s.read(r); r.err == nil {
				work(r)
				r.place()
			}
		})
		r.release()
		return r
	}) {
		s.emit(r)
		then(r)
	}
	return s.lookedAt()
}

// guard does some work on the page. A fault of windsock's own is the trouble of that page,
// not of the whole run.
func (r *pageResult) guard(work func()) {
	defer func() {
		if fault := recover(); fault != nil {
			r.err = fmt.Errorf("cannot handle %s: a bug in windsock: %v\n%s", pages.Quoted(r.page.Path), fault, debug.Stack())
		}
	}()
	work()
}

// place gives the page's findings their positions. It is called once all of them
// are found, while the source is at hand.
func (r *pageResult) place() {
	r.findings = append(finding.Resolve(r.page.Path, r.source, r.Findings), r.Data...)
}

// emit reports what became of a page, and counts it.
func (s *session) emit(r *pageResult) {
	if r.err != nil {
		s.fail(r.err)
		return
	}
	s.files++
	s.add(r.tally)
	s.mark(r)
	s.known.wasRead(r.page.Path)
	s.corrected += r.corrected
	s.fixable += s.countFixable(r.page.Path, r.findings)
	if r.written {
		s.written++
		s.wrote(r.page)
	}
	s.note("page %s", pages.Quoted(r.page.Path))
	s.show(r)
}

// mark remembers which comments of regions the page holds.
func (s *session) mark(r *pageResult) {
	for _, text := range r.markers {
		if s.markers == nil {
			s.markers = make(map[string]string)
		}
		if s.markers[text] == "" {
			s.markers[strings.Clone(text)] = r.page.Path
		}
	}
}

// mostWhole is how many files that are missing, or orphans, are shown as a whole:
// more of them say that the output tree was never made, and are as long as it is.
const mostWhole = 100

// show reports the findings of a result, and shows its diff to people.
func (s *session) show(r *pageResult) {
	s.report(r.findings...)
	if s.writeBaseline {
		return
	}
	s.printFindings()
	if !s.findingFormat().people || len(r.diff) == 0 {
		return
	}
	if r.whole {
		s.whole++
	}
	if !r.whole || s.whole <= mostWhole {
		s.stdout.Write(r.diff)
	}
}

// lookedAt returns the status of a run that went over all its pages: to have read
// none is trouble.
func (s *session) lookedAt() int {
	if s.files == 0 && !s.trouble && !s.hook {
		return s.fail(errors.New("no page was looked at: the PATHs hold no file that ends in .rst and is not ignored"))
	}
	return statusOK
}
