package main

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/remap"
)

var remapCommand = command{
	name:    "remap",
	usage:   "[OUT…]",
	summary: "Map Sphinx's warnings to lines in your source files.",
	help: `
Expanding a page moves its lines, and Sphinx names lines of the output tree.
Send its messages through this command:

  sphinx-build docs-expanded html 2>&1 | windsock remap docs-expanded

Each line is copied from standard input to standard output. Paths of files that
windsock wrote into OUT become paths of their sources, and the line numbers
behind them those of the source. If an expansion made the line, the number is
that of its directive, and the end of the line says so.

Without OUT the output tree of the project file is used. The shell's exit status
is that of the last command in a pipe; to get sphinx-build's, write "set -o
pipefail".
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		projectFlag(f, s)
		return remapWarnings
	},
}

// remapWarnings runs "windsock remap". What names no known file is copied as it is, since
// nobody else would show it.
func remapWarnings(s *session, outs []string) int {
	if len(outs) == 0 {
		if err := s.openProject(nil); err != nil {
			return s.fail(err)
		}
		if s.project.Expand.To == "" {
			return s.fail(errors.New("name the output tree that Sphinx reads: windsock remap OUT"))
		}
		outs = []string{s.project.Expand.To}
	}
	stream := remap.NewStream(s.stdout, outs)
	if err := stream.Copy(s.stdin); err != nil {
		return s.fail(fmt.Errorf("cannot copy standard input: %w", reason(err)))
	}
	if out, err := stream.Missing(); err != nil {
		return s.fail(fmt.Errorf("cannot map the lines of %s: %w; run \"windsock expand SRC -o %s\" before Sphinx", pages.Quoted(out), err, pages.Quoted(out)))
	}
	return statusOK
}
