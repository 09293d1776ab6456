package main

import (
	"errors"
	"fmt"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
)

// stdinPath names standard input on the command line. stdinName names it in messages, unless
// --stdin-filename gives the page's path.
const (
	stdinPath = "-"
	stdinName = "<stdin>"
)

// readInput reads standard input if it is the page to read.
func (s *session) readInput(args []string) (err error) {
	if !slices.Contains(args, stdinPath) {
		if s.stdinFilename != "" {
			return errors.New("--stdin-filename says which page standard input is; write - as the PATH too")
		}
		return nil
	}
	if len(args) > 1 || s.inPlace || s.hasOutputTree() {
		return errors.New("standard input is one page, which goes to standard output; name no other PATH, and give neither -w nor -o")
	}
	if s.input, err = pages.ReadAll(s.stdin, pages.MaxSize); err != nil {
		return fmt.Errorf("cannot read standard input: %w", reason(err))
	}
	return nil
}

// inputPage returns the page on standard input. Its path appears in messages, is matched
// against the project file's ignore patterns, and decides what "self" means. The file need
// not exist.
func (s *session) inputPage() pages.Page {
	name := stdinName
	if s.stdinFilename != "" {
		name = project.Name(s.stdinFilename)
	}
	return pages.Page{Path: name, Rel: name}
}

// isInputIgnored reports whether the project file ignores the page on standard input.
func (s *session) isInputIgnored() bool {
	return s.stdinFilename != "" && s.project.Ignore.Ignores(s.inputPage().Path)
}

// projectPaths returns the paths from which to look for an Airflow checkout: the PATHs of the
// command line, and the page on standard input.
func (s *session) projectPaths(args []string) []string {
	if s.stdinFilename == "" {
		return args
	}
	return append(slices.Clone(args), s.stdinFilename)
}
