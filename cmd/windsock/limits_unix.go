//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// survive makes a write beyond the size that files may have an error, to be
// reported like a full disk, where the system would end the program.
func survive() { signal.Ignore(syscall.SIGXFSZ) }
