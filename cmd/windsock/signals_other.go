//go:build !unix

package main

import "os"

// terminationSignals ask a program to end.
var terminationSignals = []os.Signal{os.Interrupt}

// ignoreWriteSignals does nothing: on this system a failed write sends no signal.
func ignoreWriteSignals() {}

// exitBySignal ends the program with the status that shells report for an interrupt.
func exitBySignal(os.Signal) { os.Exit(130) }

// isBrokenPipe reports whether a write failed because its reader closed the pipe.
func isBrokenPipe(error) bool { return false }
