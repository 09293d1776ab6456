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
	survive()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	e := env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now, terminal: isTerminal}
	os.Exit(e.run(os.Args[1:]))
}

// collectAt is how much garbage, in percent of what is alive, a run leaves lying.
// Little is alive at any time: twice that saves a tenth of a run over
// Airflow's pages, and 100,000 pages still fit in 32 MB.
const collectAt = 200
