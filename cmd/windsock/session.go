package main

import (
	"errors"
	"fmt"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
)

// A session is the state of one run of a command.
type session struct {
	env
	settings
	loaded
	reported
	totals

	checking   bool          // whether findings are the command's result, and go to standard output
	printsPage bool          // whether an expanded page goes to standard output
	opened     findingWriter // nil until writer is called
	pageWriter pages.Writer  // writes pages in place

	mu           sync.Mutex // guards the fields below and stderr, since walks report from other goroutines
	trouble      bool       // whether windsock could not do everything it was asked to do
	unwritten    int        // files not written because the disk is full
	writtenPaths []string   // pages written in place
}

// newSession returns a session that has loaded nothing yet.
func newSession(e env, s settings, checking bool) *session {
	run := &session{env: e, settings: s, checking: checking, totals: totals{markers: make(map[string]string)}}
	run.pageWriter.Wrote = run.recordWrite
	return run
}

// fail reports why windsock could not work, and returns [statusTrouble].
func (s *session) fail(err error) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = true
	if pages.IsDiskFull(err) {
		if s.unwritten++; s.unwritten > 1 {
			return statusTrouble // finish reports how many more there are
		}
	}
	var bad *project.Error
	if errors.As(err, &bad) {
		s.report(bad.Findings...)
		return statusTrouble
	}
	fmt.Fprintf(s.stderr, "windsock: %s\n", cleanLines(err.Error()))
	return statusTrouble
}

// note prints a message if the user asked for --verbose.
func (s *session) note(format string, args ...any) {
	if s.verbose {
		s.mu.Lock()
		defer s.mu.Unlock()
		fmt.Fprintf(s.stderr, "windsock: "+format+"\n", args...)
	}
}

// open finds the project file and loads the configuration data. paths are the PATHs of the
// command line.
func (s *session) open(paths []string) error {
	if err := s.openProject(s.projectPaths(paths)); err != nil {
		return err
	}
	if s.format != "" { // the command reports findings
		if err := s.openBaseline(); err != nil {
			return err
		}
	}
	if err := s.load(); err != nil {
		return err
	}
	if s.checking {
		s.report(s.catalog.Stale()...)
	}
	return nil
}

// openPages opens the session of a command that reads pages, and returns the PATHs to read:
// those of the command line, or none under --hook, whose PATHs are changed files.
func (s *session) openPages(args []string) ([]string, error) {
	if err := s.open(args); err != nil {
		return nil, err
	}
	if s.hook {
		return nil, s.limitToChanged(args)
	}
	return args, s.readInput(args)
}

// finish prints the remaining findings and the summary. It returns the exit status: the
// command's own, unless trouble or findings require a higher one.
func (s *session) finish(status int) int {
	switch {
	case s.trouble:
		status = statusTrouble
		if s.unwritten > 1 {
			fmt.Fprintf(s.stderr, "windsock: cannot write %s more, for the same reason\n", plural(s.unwritten-1, "file"))
		}
		s.listWritten()
	case status == statusOK && (s.errors > 0 || s.rewritten):
		status = statusFindings
	}
	s.printFindings()
	if status != statusTrouble {
		s.summarize()
	}
	s.writer().close(s.totals, status)
	return status
}
