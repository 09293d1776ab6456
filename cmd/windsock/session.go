package main

import (
	"errors"
	"fmt"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
)

// A session is one run of a command.
type session struct {
	env
	settings // what was asked
	loaded   // the project and its data
	reporter // what is wrong
	output   // where that goes
	totals   // what was done

	writes record // the pages written in place

	mu        sync.Mutex // guards what follows, and stderr: walks report from goroutines of their own
	trouble   bool       // whether windsock could not do all that was asked
	unwritten int        // files that were not written since the disk has no room
}

// newSession returns a session that has loaded nothing yet. checking says whether findings are
// what the command is run for.
func newSession(e env, s settings, checking bool) *session {
	return &session{env: e, settings: s, reporter: reporter{checking: checking, strictly: s.strict}}
}

// fail says why windsock could not work.
func (s *session) fail(err error) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trouble = true
	if pages.IsDiskFull(err) {
		if s.unwritten++; s.unwritten > 1 {
			return statusTrouble // the first stands for all, with their number
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

// note says something on the way, if the user asked for it.
func (s *session) note(format string, args ...any) {
	if s.verbose {
		s.mu.Lock()
		defer s.mu.Unlock()
		fmt.Fprintf(s.stderr, "windsock: "+format+"\n", args...)
	}
}

// open finds the project file and loads the configuration data. paths are the
// PATHs of the command line.
func (s *session) open(paths []string) error {
	if err := s.openProject(s.projectPaths(paths)); err != nil {
		return err
	}
	if s.format != "" { // findings are reported
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

// openPages opens the session of a command that goes over pages, and returns the
// PATHs to read: those of the command line, unless they are what a hook saw change.
func (s *session) openPages(args []string) ([]string, error) {
	if err := s.open(args); err != nil {
		return nil, err
	}
	if s.hook {
		return nil, s.narrow(args)
	}
	return args, s.readInput(args)
}

// closing prints the findings that are still to be printed, and returns the exit
// status: the command's own, or what the findings ask for.
func (s *session) closing(status int) int {
	switch {
	case s.trouble:
		status = statusTrouble
		if s.unwritten > 1 {
			fmt.Fprintf(s.stderr, "windsock: cannot write %s more, for the same reason\n", plural(s.unwritten-1, "file"))
		}
		s.writes.tell(s.stderr)
	case status == statusOK && (s.errors > 0 || s.rewritten):
		status = statusFindings
	}
	s.printFindings()
	if status != statusTrouble {
		s.summarize()
	}
	s.writer().close(outcome{s.files, s.tally, status})
	return status
}
