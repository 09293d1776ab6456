// Windsock keeps the documentation of Airflow true to Airflow's configuration:
// it expands directives into plain reStructuredText before Sphinx runs, and finds
// pages that have drifted. Run "windsock --help" for its commands.
package main

import (
	"os"
	"time"
)

func main() {
	survive()
	e := env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: time.Now, terminal: isTerminal}
	os.Exit(e.run(os.Args[1:]))
}
