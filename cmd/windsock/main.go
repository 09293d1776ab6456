// Windsock keeps the documentation of Airflow true to Airflow's configuration:
// it expands directives into plain reStructuredText before Sphinx runs, and finds
// pages that have drifted. Run "windsock --help" for its commands.
package main

import (
	"math"
	"os"
	"runtime/debug"
	"time"
)

func main() {
	survive()
	collect()
	e := env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now, terminal: isTerminal, version: version()}
	os.Exit(e.run(os.Args[1:]))
}

// version returns the version of windsock that Go recorded in the program, which tells
// commits apart; "" if none is known.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "(devel)" {
		return ""
	}
	return info.Main.Version
}

// collect says when garbage is collected. Little is alive at any time, so that a
// run over Airflow's pages hardly needs to; memory is what is bounded instead, which
// with the program itself makes less than 32 MB for 100,000 pages. Whoever sets
// GOGC or GOMEMLIMIT, which are Go's, decides.
func collect() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 {
		debug.SetMemoryLimit(20 << 20)
	}
}
