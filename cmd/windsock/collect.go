package main

import (
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// A budget says how much memory may be taken before garbage is collected more often.
// Without it the time that a large page takes would not be linear in its size: where
// hardly more may be taken than is alive, garbage is collected all the time. nil is the
// budget of a user who set one with GOMEMLIMIT, which is Go's.
type budget struct {
	mu      sync.Mutex
	largest int  // bytes of the largest file that was read
	names   bool // whether the names of all files are held
}

// The least budget, which with the program itself makes less than 32 MB for 100,000
// pages; how much of it may be alive; from which size on a file gets more, and how many
// times its size.
const (
	leastMemory = 20 << 20
	leastAlive  = leastMemory * 9 / 10
	largeFile   = 384 << 10
	perLarge    = 8
)

// holdsNames tells the budget that the names of all files are held from now on, as in a run
// over output trees. Those of 100,000 pages leave so little that garbage would be collected
// all the time; with half of what is alive on top they still fit in 32 MB.
func (b *budget) holdsNames() {
	if b == nil {
		return
	}
	b.mu.Lock()
	b.names = true
	b.mu.Unlock()
	b.set()
}

// collect says when garbage is collected. Little is alive at any time, so that a
// run over Airflow's pages hardly needs to; memory is what is bounded instead. Whoever
// sets GOGC or GOMEMLIMIT decides.
func collect() *budget {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(500)
	}
	if debug.SetMemoryLimit(-1) != math.MaxInt64 {
		return nil
	}
	b := new(budget)
	b.set()
	afterCollecting(b.set)
	return b
}

// reads tells the budget of a file that was read.
func (b *budget) reads(size int) {
	if b == nil || size < largeFile {
		return
	}
	b.mu.Lock()
	more := size > b.largest
	b.largest = max(b.largest, size)
	b.mu.Unlock()
	if more {
		b.set()
	}
}

// set sets the budget anew.
func (b *budget) set() {
	b.mu.Lock()
	defer b.mu.Unlock()
	debug.SetMemoryLimit(b.bytes(alive()))
}

// bytes returns how many bytes may be taken while so many are alive.
func (b *budget) bytes(alive int64) int64 {
	limit := int64(leastMemory)
	if alive > leastAlive {
		limit = 2 * alive
	}
	if b.names {
		limit += alive / 2
	}
	return limit + perLarge*int64(b.largest)
}

// alive returns how many bytes were alive when garbage was last collected.
func alive() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// afterCollecting calls do each time after garbage was collected.
func afterCollecting(do func()) {
	garbage := new(string) // which is collected next time
	runtime.AddCleanup(garbage, func(struct{}) {
		do()
		afterCollecting(do)
	}, struct{}{})
}
