package main

import (
	"fmt"
	"os"
	"os/signal"

	"windsock/cmd/windsock/internal/pages"
)

// watchSignals handles the first termination signal: it waits until the files being written
// are complete, lists the pages written in place, and ends the program. A second signal
// ends the program at once. Signals that are already ignored, as under nohup, stay ignored.
// The function returned stops watching.
func (s *session) watchSignals() (stop func()) {
	signals := make(chan os.Signal, 1)
	for _, sig := range terminationSignals {
		if !signal.Ignored(sig) {
			signal.Notify(signals, sig)
		}
	}
	go func() {
		sig, ok := <-signals
		if !ok {
			return
		}
		signal.Reset(terminationSignals...)
		pages.Halt()
		s.mu.Lock()
		fmt.Fprintf(s.stderr, "windsock: ended by a signal: %v\n", sig)
		s.listWritten()
		exitBySignal(sig)
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}
