package main

import (
	"fmt"

	"windsock/directives"
)

var checkCommand = command{
	name:    "check",
	usage:   "[PATH…]",
	summary: "Check pages against the configuration, without expanding anything.",
	help: `
Every directive must expand and every managed region fit together. Nothing is
written and nothing compared: "windsock verify" finds drift.

Without a PATH the project file's docs are read, else the current folder.
`,
	judges: true,
	flags:  pageFlags,
	run:    check,
}

// check runs "windsock check".
func check(s *session, args []string) int {
	if err := s.open(args); err != nil {
		return s.fail(err)
	}
	if err := s.readInput(args); err != nil {
		return s.fail(err)
	}
	return s.passed("checked", s.expandAll(args, directives.SourcesOnly, func(*pageResult) {}))
}

// passed says, to people, that a run found no error, and returns its status.
func (s *session) passed(done string, status int) int {
	if status != statusOK || s.writer() != nil || s.errors > 0 || s.trouble {
		return status
	}
	verdict := "nothing wrong"
	if s.warnings > 0 {
		verdict = "no error, " + plural(s.warnings, "warning")
	}
	s.printFindings()
	fmt.Fprintf(s.stdout, "%s %s, %s\n", plural(s.files, "page"), done, verdict)
	return status
}
