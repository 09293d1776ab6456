package main

import (
	"slices"
	"sync/atomic"
	"testing"
)

// TestInOrder shows that results come in the order of the items, whichever is done
// first, and each once.
func TestInOrder(t *testing.T) {
	items := make([]int, 1000)
	for i := range items {
		items[i] = i
	}
	even := make(chan bool, len(items))
	got := slices.Collect(inOrder(slices.Values(items), func(i int) int {
		if i%2 == 0 {
			even <- true
		} else {
			<-even // so that the item before, at least, is done by another worker or earlier
		}
		return i
	}))
	if !slices.Equal(got, items) {
		t.Errorf("got %v", got)
	}
}

// TestInOrderStops shows that a consumer that stops ends the work: nothing runs
// any more when the loop is left, and most items were never begun.
func TestInOrderStops(t *testing.T) {
	var begun, done atomic.Int64
	endless := func(yield func(int) bool) {
		for i := 0; yield(i); i++ {
		}
	}
	for i := range inOrder(endless, func(i int) int {
		begun.Add(1)
		defer done.Add(1)
		return i
	}) {
		if i == 10 {
			break
		}
	}
	if begun.Load() != done.Load() || begun.Load() > 10000 {
		t.Errorf("%d begun, %d done", begun.Load(), done.Load())
	}
}
