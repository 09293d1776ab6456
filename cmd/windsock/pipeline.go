package main

import (
	"iter"
	"runtime"
	"sync"
)

// queuePerWorker is how many items are queued for each worker. With a short queue, workers sleep
// between items, and waking one costs more than examining most pages.
const queuePerWorker = 16

// maxWorkers limits the number of open files, since each worker opens several.
const maxWorkers = 4

// inOrder calls work for each item of in, several at a time, and yields the results in the order
// of the items. The number of results that wait is bounded. If the consumer stops, inOrder
// finishes the calls that have begun and begins no others.
func inOrder[In, Out any](in iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		workers := min(runtime.GOMAXPROCS(0), maxWorkers)
		jobs := make(chan job[In, Out], queuePerWorker*workers)
		queue := make(chan job[In, Out], queuePerWorker*workers)
		stop := make(chan struct{})
		var running sync.WaitGroup
		for range workers {
			running.Go(func() {
				for j := range jobs {
					j.out <- work(j.in)
				}
			})
		}
		running.Go(func() {
			defer close(queue)
			defer close(jobs)
			for item := range in {
				j := job[In, Out]{item, make(chan Out, 1)}
				select {
				case <-stop:
					return
				case queue <- j:
					jobs <- j
				}
			}
		})
		defer running.Wait()
		defer close(stop)
		for j := range queue {
			if !yield(<-j.out) {
				return
			}
		}
	}
}

// A job is an item and the channel for its result.
type job[In, Out any] struct {
	in  In
	out chan Out
}
