package main

import (
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"windsock/directives"
)

var checkCommand = command{
	name:    "check",
	usage:   "[PATH…]",
	summary: "Check pages against the configuration, without expanding anything.",
	help: `
Whatever pages say of options must be true: that there is such an option, under
that name, with that default. Every directive must expand and every managed region
fit together. Nothing is compared with what it was made from: "windsock verify"
finds drift. Tables that a directive can stand for are found by "windsock adopt".

With --fix the findings that have one certain answer, old names and misspellings
near one name alone, are mended in the pages and in the project file. With
--write-baseline the findings are written to a file, and later runs report only
what is not in it. "windsock explain RULE" says how else to silence a finding.

Without a PATH the project file's docs are read, else the current folder.

With --hook the PATHs are files that changed: pages among them are looked at, or all
pages if data is among them, and it is no trouble if there is nothing to look at.
`,
	judges: true,
	flags: func(f *pflag.FlagSet, s *settings) {
		pageFlags(f, s)
		f.BoolVar(&s.writeBaseline, "write-baseline", false, "write the findings to the baseline, and report none")
		f.BoolVar(&s.fix, "fix", false, "mend the findings that have one certain answer")
	},
	run: checkPages,
}

// checkPages runs "windsock check".
func checkPages(s *session, args []string) int {
	args, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	x := s.examiner(directives.SourcesOnly)
	mend := func(*pageResult) {}
	if s.fix {
		if s.input != nil {
			return s.fail(errors.New("--fix writes pages, and standard input is none that can be written"))
		}
		w := s.pageWriter()
		defer w.Close()
		mend = s.mender(w, x)
		s.mendProject()
	}
	status := s.examineAll(args, x, mend)
	if s.writeBaseline && status == statusOK {
		return s.storeBaseline()
	}
	return s.passed("checked", status)
}

// passed says, to people, that a run found no error, and returns its status.
func (s *session) passed(done string, status int) int {
	if status != statusOK || !s.findingFormat().people || s.errors > 0 || s.trouble {
		return status
	}
	verdict := "nothing wrong"
	if s.warnings > 0 {
		verdict = "no error, " + plural(s.warnings, "warning")
	}
	if s.files == 0 { // under --hook
		fmt.Fprintln(s.stdout, "neither a page nor the data changed")
		return status
	}
	s.printFindings()
	fmt.Fprintf(s.stdout, "%s %s, %s\n", plural(s.files, "page"), done, verdict)
	return status
}
