package main

import (
	"cmp"
	"fmt"
	"runtime/debug"
)

// version returns windsock's version as recorded by the Go toolchain, which differs from commit
// to commit; "" if it is unknown.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// describeVersion returns one line with windsock's version, its commit and the Go version that
// built it.
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
