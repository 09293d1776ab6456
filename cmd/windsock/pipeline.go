package main

import (
	"iter"
	"runtime"
	"sync"
)

// ahead is how many items may wait for each worker. With a few, workers that are
// done sleep and must be woken, which costs more than most pages.
const ahead = 16

// mostWorkers bounds the files that are open at a time: each worker has a few.
const mostWorkers = 4

// inOrder calls work for each item of in, several at a time, and yields what it
// returns in the order of the items. Only a few results wait at any time. If the
// consumer stops, the work that has begun is finished and no more is begun.
func inOrder[In, Out any](in iter.Seq[In], work func(In) Out) iter.Seq[Out] {
	return func(yield func(Out) bool) {
		workers := min(runtime.GOMAXPROCS(0), mostWorkers)
		jobs := make(chan job[In, Out], ahead*workers)
		queue := make(chan job[In, Out], ahead*workers)
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

// A job is an item on its way through the workers.
type job[In, Out any] struct {
	in  In
	out chan Out
}
