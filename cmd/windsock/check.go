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
	if status == statusOK && s.format == "text" && s.errors == 0 {
		fmt.Fprintf(s.stdout, "%s checked, nothing wrong\n", plural(s.files, "page"))
	}
	return status
}
