package main

import (
	"errors"
	"fmt"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
)

// stdinPath stands for standard input on the command line, stdinName in messages,
// unless --stdin-filename says which page it holds.
const (
	stdinPath = "-"
	stdinName = "<stdin>"
)

// readInput reads standard input, if that is the page to read.
func (s *session) readInput(args []string) (err error) {
	if !slices.Contains(args, stdinPath) {
		if s.stdinFilename != "" {
			return errors.New("--stdin-filename says which page standard input is; write - as the PATH too")
		}
		return nil
	}
	if len(args) > 1 || s.inPlace || s.mirrored() {
		return errors.New("standard input is one page, which goes to standard output; name no other PATH, and give neither -w nor -o")
	}
	if s.input, err = pages.ReadAll(s.stdin, pages.MaxSize); err != nil {
		return fmt.Errorf("cannot read standard input: %w", reason(err))
	}
	return nil
}

// inputPage returns the page that standard input holds. Its path is the one that
// it has in messages, by which it is ignored and from which "self" leads; whether
// there is such a file does not matter.
func (s *session) inputPage() pages.Page {
	name := stdinName
	if s.stdinFilename != "" {
		name = project.Name(s.stdinFilename)
	}
	return pages.Page{Path: name, Rel: name}
}

// inputIgnored reports whether the project file ignores the page that standard
// input holds.
func (s *session) inputIgnored() bool {
	return s.stdinFilename != "" && s.project.Ignore.Ignores(s.inputPage().Path)
}

// projectPaths returns what an Airflow checkout is looked for from: the PATHs of
// the command line, and the page that standard input holds.
func (s *session) projectPaths(args []string) []string {
	if s.stdinFilename == "" {
		return args
	}
	return append(slices.Clone(args), s.stdinFilename)
}
