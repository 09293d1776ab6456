// Windsock keeps the documentation of Airflow true to Airflow's configuration:
// it expands directives into plain reStructuredText before Sphinx runs, and finds
// pages that have drifted. Run "windsock --help" for its commands.
package main

import (
	"io"
	"os"

	"golang.org/x/term"
)

func main() {
	survive()
	e := env{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, terminal: isTerminal}
	os.Exit(e.run(os.Args[1:]))
}

// isTerminal reports whether a file is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(file.Fd()))
}
