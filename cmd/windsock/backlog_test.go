package main

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
)

// As much work is done at a time as there is room for, and no more; whoever waits for
// some of it waits until it is done.
func TestBacklog(t *testing.T) {
	const room, works = 4, 20
	b := make(backlog, room)
	var busy, done atomic.Int64
	var together sync.WaitGroup
	together.Add(room)
	var ends []<-chan struct{}
	for i := range works {
		ends = append(ends, b.begin(func() {
			if n := busy.Add(1); n > room {
				t.Errorf("%d at a time", n)
			}
			if i < room { // these are done at a time
				together.Done()
				together.Wait()
			}
			for range 100 {
				runtime.Gosched() // for more to begin, if it could
			}
			busy.Add(-1)
			done.Add(1)
		}))
	}
	for _, end := range ends {
		<-end
	}
	if done.Load() != works {
		t.Errorf("%d were done", done.Load())
	}
}

// There is room for one even where hardly a file can be open.
func TestBacklogHasRoom(t *testing.T) {
	if n := cap(newBacklog()); n < 1 || n > mostWaiting {
		t.Errorf("room for %d", n)
	}
}
