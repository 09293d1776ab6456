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
	summary: "Lead Sphinx's warnings about an output tree back to its sources.",
	help: `
Expanding a page moves its lines, and Sphinx warns of lines in the output tree. Send
what it prints through this command:

  sphinx-build docs-expanded html 2>&1 | windsock remap docs-expanded

Standard input is copied to standard output as it comes. Only the paths of files that
windsock wrote into OUT become those of their sources, and the line numbers behind
them those of the same lines there. Where an expansion made the line, the number is
that of its directive, and the end of the line says so.

Without OUT it is the output tree that the project file names. The shell takes the
status of the last command of a pipe; to have sphinx-build's, write "set -o pipefail"
before it.
`,
	flags: func(f *pflag.FlagSet, s *settings) {
		f.StringVar(&s.projectFile, "project", "", "the project file `FILE` (default: the nearest windsock.yaml, from here upward)")
	},
	run: remapWarnings,
}

// remapWarnings runs "windsock remap". What cannot be led back is passed on as it is,
// since nobody else would show it.
func remapWarnings(s *session, outs []string) int {
	if len(outs) == 0 {
		if err := s.openProject(nil); err != nil {
			return s.fail(err)
		}
		if s.project.Expand.To == "" {
			return s.fail(errors.New("remap takes the output trees that Sphinx reads"))
		}
		outs = []string{s.project.Expand.To}
	}
	stream := remap.NewStream(s.stdout, outs)
	if err := stream.Copy(s.stdin); err != nil {
		return s.fail(fmt.Errorf("cannot pass on what was read: %w", reason(err)))
	}
	if out, err := stream.Missing(); err != nil {
		return s.fail(fmt.Errorf("cannot lead lines of %s back: %w; run \"windsock expand SRC -o %s\" before Sphinx", pages.Quoted(out), err, pages.Quoted(out)))
	}
	return statusOK
}
