// Windsock keeps the documentation of Airflow true to Airflow's configuration:
// it expands directives into plain reStructuredText before Sphinx runs, and finds
// pages that have drifted. Run "windsock --help" for its commands.
package main

import (
	"os"
	"runtime/debug"
	"time"
)

func main() {
	debug.SetGCPercent(gcPercent)
	survive()
	e := env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now, terminal: isTerminal}
	os.Exit(e.run(os.Args[1:]))
}

// gcPercent lets the heap grow to two and a half times what is alive before it is
// collected. Little is alive, and collecting it more often takes a tenth of a run's time.
const gcPercent = 150
