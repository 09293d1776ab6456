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
Expanding a page moves its lines, and Sphinx's warnings name lines of the output
tree. Send the warnings through this command:

  sphinx-build docs-expanded html 2>&1 | windsock remap docs-expanded

It copies standard input to standard output. The path of a file that windsock
wrote to OUT becomes the path of its source, and the line number after it
becomes that of the source. If the line is part of an expansion, the number is
that of its directive, and a note at the end of the warning says so.

Without OUT, windsock uses the output tree that the project file names. In a
pipe, the shell reports the exit status of the last command; to get that of
sphinx-build, write "set -o pipefail".
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		projectFlag(f, s)
		return remapWarnings
	},
}

// remapWarnings runs "windsock remap". It also copies lines that name no file of OUT, since no other
// program prints them.
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
