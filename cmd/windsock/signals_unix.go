//go:build unix

package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// terminationSignals ask a program to end.
var terminationSignals = []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}

// ignoreWriteSignals makes two kinds of write return an error instead of ending the
// program: one beyond the file size limit, and one to a closed pipe.
func ignoreWriteSignals() { signal.Ignore(syscall.SIGXFSZ, syscall.SIGPIPE) }

// exitBySignal ends the program by a signal that has its default effect, so that the
// shell sees the signal and ends a loop. The kernel discards such a signal for process 1,
// as in a container; process 1 exits with the status that a shell reports for the signal.
func exitBySignal(sig os.Signal) {
	number := sig.(syscall.Signal)
	if os.Getpid() == 1 {
		os.Exit(128 + int(number))
	}
	syscall.Kill(os.Getpid(), number)
	select {} // until the signal arrives
}

// isBrokenPipe reports whether a write failed because its reader closed the pipe.
func isBrokenPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }
