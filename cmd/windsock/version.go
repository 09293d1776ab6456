package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

// version returns the version of windsock that Go recorded in the program, which differs
// from commit to commit; "" if none is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// describeVersion returns a line with the version of windsock, its commit and the version of
// Go that built it.
func describeVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "windsock, built without a record of its version"
	}
	commit, changed := "unknown", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = ", with changes"
		}
	}
	return fmt.Sprintf("windsock %s (commit %s%s), built with %s", cmp.Or(version(), "of unknown version"), commit, changed, info.GoVersion)
}
