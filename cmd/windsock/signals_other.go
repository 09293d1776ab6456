//go:build !unix

package main

import "os"

// endings are the signals that ask a program to end.
var endings = []os.Signal{os.Interrupt}

// survive does nothing: no signal ends the program on a write that fails.
func survive() {}

// die ends the program with the status that shells give to an interrupted one.
func die(os.Signal) { os.Exit(130) }

// isBrokenPipe reports whether a write failed since its reader went away.
func isBrokenPipe(error) bool { return false }
