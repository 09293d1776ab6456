// Windsock keeps Airflow's documentation true to Airflow's configuration.
// It expands directives into plain reStructuredText before Sphinx runs, and
// reports pages that have drifted. Run "windsock --help" for its commands.
package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

func main() {
	ignoreWriteSignals()
	e := env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, isTerminal: isTerminal}
	os.Exit(e.run(os.Args[1:]))
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}
