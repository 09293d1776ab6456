package main

import (
	"errors"

	"github.com/spf13/pflag"

	"windsock/directives/expand"
)

var checkCommand = command{
	name:    "check",
	usage:   "[PATH…]",
	summary: "Check what pages say about options; expand nothing.",
	help: `
Every option that a page names must exist under that name, and every default
that a page states must be the option's default. Every directive must expand.
"windsock verify" also finds drift, and "windsock adopt" finds tables that could
be directives.

--fix corrects findings with only one possible fix: old names, and misspellings
that are close to a single name. --write-baseline writes the findings to a file,
so that later runs report only new ones. "windsock explain RULE" shows other
ways to silence a finding.

Without a PATH, windsock reads the docs that the project file names, or else the
current folder. With --hook, the PATHs are changed files: windsock checks the
pages among them, if any, or all pages if data is among them.
`,
	checking: true,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		pageFlags(f, s)
		f.BoolVar(&s.writeBaseline, "write-baseline", false, "write findings to the baseline, report none")
		fix := f.Bool("fix", false, "correct findings with only one possible fix")
		return func(s *session, args []string) int { return s.checkPages(args, *fix) }
	},
}

// checkedVerb is the verb in the summary of "windsock check".
const checkedVerb = "checked"

// checkPages runs "windsock check".
func (s *session) checkPages(args []string, fix bool) int {
	paths, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	s.verb = checkedVerb
	if fix {
		if s.input != nil {
			return s.fail(errors.New("--fix changes files, and cannot change standard input; name a page"))
		}
		if s.fixProject() { // the findings about the old project file are out of date
			s.reported = reported{}
			if paths, err = s.openPages(args); err != nil {
				return s.fail(err)
			}
		}
	}
	x := s.examiner(expand.SourcesOnly)
	status := s.examineAll(paths, x, func(r *pageResult) {
		if fix {
			s.fixPage(x, r)
		}
	})
	s.reportUnusedBaseline()
	if s.writeBaseline && status == statusOK {
		return s.storeBaseline()
	}
	return status
}
