package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

// TestBudget shows that memory is scarce while little is alive and files are small, and
// that there is always room for more than is alive.
func TestBudget(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	b := new(budget)
	for _, c := range []struct {
		alive int64
		size  int
		want  int64
	}{
		{0, 0, 20 << 20},
		{18 << 20, 0, 20 << 20},
		{19 << 20, 0, 38 << 20},
		{200 << 20, 384<<10 - 1, 400 << 20},
		{0, 384 << 10, 23 << 20},
		{0, 3 << 20, 44 << 20},
		{100 << 20, 384 << 10, 224 << 20},
	} {
		b.reads(c.size)
		if got := b.bytes(c.alive); got != c.want {
			t.Errorf("with %d bytes alive and a file of %d: %d, want %d", c.alive, c.size, got, c.want)
		}
	}
	if b.holdsNames(); b.bytes(100<<20) != 274<<20 {
		t.Errorf("with names held: %d", b.bytes(100<<20))
	}
	(*budget)(nil).reads(1 << 30) // of a user's own budget nothing changes
	(*budget)(nil).holdsNames()
}

// TestBudgetFollows shows that the budget grows with what is alive.
func TestBudgetFollows(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64))
	b := collect()
	if got := debug.SetMemoryLimit(-1); got != leastMemory {
		t.Fatalf("at first the limit is %d", got)
	}
	pages := make([]byte, 64<<20)
	for range 10_000 {
		runtime.GC()
		if debug.SetMemoryLimit(-1) >= 2*int64(len(pages)) {
			runtime.KeepAlive(pages)
			return
		}
	}
	t.Errorf("the limit is %d, though %d bytes are alive, and no file is larger than %d", debug.SetMemoryLimit(-1), len(pages), b.largest)
}
