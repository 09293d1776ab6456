//go:build unix

package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// endings are the signals that ask a program to end.
var endings = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}

// survive makes errors of what would end the program in the middle of its work: a
// write beyond the size that files may have, which is reported like a full disk,
// and one to a reader that went away.
func survive() { signal.Ignore(syscall.SIGXFSZ, syscall.SIGPIPE) }

// die ends the program by a signal that has its default effect, so that a shell sees the
// signal and ends a loop. A process with the number 1, as in a container, gets
// no signal that it does not watch for: it exits as a shell would after the signal.
func die(sig os.Signal) {
	number := sig.(syscall.Signal)
	if os.Getpid() == 1 {
		os.Exit(128 + int(number))
	}
	syscall.Kill(os.Getpid(), number)
	select {} // until the signal arrives
}

// isBrokenPipe reports whether a write failed since its reader went away.
func isBrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
