package main

// mostWaiting is how many pages may wait for the disk at a time. A page that is written
// in place must be there before it takes the place of the old one; those that wait
// together wait hardly longer than one. Each is held in memory meanwhile.
const mostWaiting = 16

// A backlog does the work on pages that waits for the disk, on several at a time, so that
// workers go on with other pages meanwhile.
type backlog chan struct{}

// newBacklog returns a backlog of as many pages as files may be open for.
func newBacklog() backlog { return make(backlog, min(mostWaiting, mostWorkers())) }

// begin begins some work, once there is room for it, and returns what is closed at its
// end.
func (b backlog) begin(work func()) <-chan struct{} {
	b <- struct{}{}
	done := make(chan struct{})
	go func() {
		defer func() { <-b; close(done) }()
		work()
	}()
	return done
}
