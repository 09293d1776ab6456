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
An option that a page names must exist, under that name, and a default that a
page states must be the option's. Every directive must expand. Drift is what
"windsock verify" finds, and tables that could be directives what "windsock
adopt" finds.

--fix corrects what has one certain answer: old names, and misspellings that are
near one name only. --write-baseline writes the findings to a file; later runs
report only new ones. "windsock explain RULE" says how else to silence a
finding.

Without a PATH the docs of the project file are read, else the current folder.
With --hook the PATHs are files that changed: the pages among them are checked,
or all pages if data is among them; having nothing to check is not an error.
`,
	checking: true,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		pageFlags(f, s)
		f.BoolVar(&s.writeBaseline, "write-baseline", false, "write findings to the baseline, report none")
		fix := f.Bool("fix", false, "correct what has one certain answer")
		return func(s *session, args []string) int { return s.checkPages(args, *fix) }
	},
}

// checkedVerb says in a summary what check does.
const checkedVerb = "checked"

// checkPages runs "windsock check".
func (s *session) checkPages(args []string, fix bool) int {
	args, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	s.verb = checkedVerb
	x := s.examiner(expand.SourcesOnly)
	mend := func(*pageResult) {}
	if fix {
		if s.input != nil {
			return s.fail(errors.New("--fix changes files, and cannot change standard input; name a page"))
		}
		if s.mendProject() { // and hear again what is wrong with it
			s.reporter = reporter{checking: s.checking, strictly: s.strict}
			if args, err = s.openPages(args); err != nil {
				return s.fail(err)
			}
			x = s.examiner(expand.SourcesOnly)
		}
		mend = s.mender(s.pageWriter(), x)
	}
	status := s.examineAll(args, x, mend)
	s.reportLeftovers()
	if s.writeBaseline && status == statusOK {
		return s.storeBaseline()
	}
	return status
}
