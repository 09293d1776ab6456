package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// A row is one program to measure.
type row struct {
	name   string // in the table; other rows are compared with it by this name
	folder string // to run it in
	args   []string
	before func() error // what must be done before each run, unmeasured; may be nil
	rounds int          // in how many rounds it runs; 0 for all
	pages  int          // how many it goes over, for bounds by the page
	bytes  int64        // and their size, for bounds by the byte
	bounds []bound

	runs []run
}

// A run is what one run of a program cost.
type run struct {
	wall, cpu time.Duration
	peak      int64 // of its memory, in bytes; 0 where the system does not say
}

// time, work and memory return what bounds are about.
func (r run) time() time.Duration { return r.wall }
func (r run) work() time.Duration { return r.cpu }
func (r run) memory() int64       { return r.peak }

// measure runs the program of a row once, and keeps what that cost. Status 1 is
// how windsock says that it has findings, and no failure.
func (r *row) measure() error {
	if r.before != nil {
		if err := r.before(); err != nil {
			return err
		}
	}
	cmd := exec.Command(r.args[0], r.args[1:]...)
	cmd.Dir, cmd.Stdout = r.folder, io.Discard
	said := &tail{}
	cmd.Stderr = said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	var status *exec.ExitError
	if err != nil && !(errors.As(err, &status) && status.ExitCode() == 1) {
		return fmt.Errorf("%s: %w\n%s", r.name, err, said.text)
	}
	state := cmd.ProcessState
	r.runs = append(r.runs, run{wall, state.UserTime() + state.SystemTime(), peakOf(state)})
	return nil
}

// A tail keeps the end of what is written to it, for an error message.
type tail struct{ text []byte }

// Write implements [io.Writer].
func (t *tail) Write(p []byte) (int, error) {
	const most = 2000
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-most):]
	return len(p), nil
}

// runAll runs all rows in turn, round by round, so that whatever slows the machine
// down slows all of them: the first round, in which files get into the cache, does
// not count.
func runAll(rows []*row, rounds int) error {
	for round := range rounds + 1 {
		for _, r := range rows {
			if r.rounds > 0 && round > r.rounds {
				continue
			}
			if err := r.measure(); err != nil {
				return err
			}
		}
		fmt.Fprintf(os.Stderr, "\rround %d of %d ", round, rounds)
	}
	fmt.Fprintln(os.Stderr)
	for _, r := range rows {
		r.runs = r.runs[1:]
	}
	return nil
}

// median returns the value in the middle.
func median[T interface{ ~int64 | ~float64 }](values []T) T {
	values = slices.Clone(values)
	slices.Sort(values)
	return values[len(values)/2]
}

// column returns one value of each run.
func column[T any](runs []run, of func(run) T) (values []T) {
	for _, r := range runs {
		values = append(values, of(r))
	}
	return values
}
