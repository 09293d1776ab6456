package main

import (
	"fmt"
	"os"
	"os/signal"

	"windsock/cmd/windsock/internal/pages"
)

// watch makes the signals that ask a program to end do so once the files that are
// being written are whole, and says which pages were written. Signals that are ignored,
// as with nohup, stay so. A second signal ends the program at once. The function returned
// ends the watch.
func (s *session) watch() func() {
	signals := make(chan os.Signal, 1)
	for _, sig := range endings {
		if !signal.Ignored(sig) {
			signal.Notify(signals, sig)
		}
	}
	go func() {
		sig, ok := <-signals
		if !ok {
			return
		}
		signal.Reset(endings...)
		pages.Halt()
		s.mu.Lock()
		fmt.Fprintf(s.stderr, "windsock: ended by a signal: %v\n", sig)
		s.writes.tell(s.stderr)
		die(sig)
	}()
	return func() {
		signal.Stop(signals)
		close(signals)
	}
}
