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
	status := s.expandAll(args, directives.SourcesOnly, func(*pageResult) {})
	if status == statusOK && s.writer() == nil && s.errors == 0 {
		fmt.Fprintf(s.stdout, "%s checked, %s\n", plural(s.files, "page"), s.verdict())
	}
	return status
}

// verdict says what a run without an error found.
func (s *session) verdict() string {
	if s.warnings > 0 {
		return "no error, " + plural(s.warnings, "warning")
	}
	return "nothing wrong"
}
