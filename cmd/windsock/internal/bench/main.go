// Bench measures windsock beside programs that do the least that it must do, and
// beside what it replaces, and prints tables of how they compare; "make bench"
// runs it. The programs take turns, so that whatever slows the machine down slows
// all of them, and ratios are medians of those of single turns.
//
// The pages are Airflow's, in the folder that WINDSOCK_SHARED names: copies of
// them, once and a hundred thousand in all, are made in the folder -work. What
// cannot be run is left out, and the bench says so.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A bench is what all measurements share.
type bench struct {
	corpus, patch string // of the shared data
	work          string // where everything is made
	rounds        int
	large         int // pages of the large tree
}

func main() {
	b := &bench{}
	flag.StringVar(&b.work, "work", "build/bench", "the `FOLDER` to make copies of the pages in; what is in it is removed")
	flag.IntVar(&b.rounds, "rounds", 15, "how often each program runs")
	flag.IntVar(&b.large, "large", 100_000, "the number of pages of the large tree; 0 leaves it out")
	flag.Parse()
	if err := b.run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// run prepares everything and measures one group of programs after the other.
func (b *bench) run() (err error) {
	shared := os.Getenv("WINDSOCK_SHARED")
	if shared == "" {
		shared = "../shared"
	}
	b.corpus, b.patch = filepath.Join(shared, "corpus/airflow"), filepath.Join(shared, "seed/airflow-64760.patch")
	if _, err := os.Stat(b.corpus); err != nil {
		fmt.Printf("Nothing is measured: %v (WINDSOCK_SHARED names the folder that holds the pages)\n", err)
		return nil
	}
	if b.work, err = filepath.Abs(b.work); err != nil {
		return err
	}
	if err := os.RemoveAll(b.work); err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	if err := b.build(); err != nil {
		return err
	}
	for _, group := range []func() error{b.starts, b.pages, b.directives, b.sizes} {
		if err := group(); err != nil {
			return err
		}
	}
	return nil
}

// build builds the programs that are Go's.
func (b *bench) build() error {
	const folder = "./cmd/windsock"
	for name, source := range map[string]string{
		"windsock": folder,
		"read":     folder + "/internal/bench/read",
		"write":    folder + "/internal/bench/write",
		"empty":    folder + "/internal/bench/empty",
	} {
		cmd := exec.Command("go", "build", "-o", b.program(name), source)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0") // as make build does it
		cmd.Stderr = os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("cannot build %s: %w", source, err)
		}
	}
	return nil
}

// program returns the path of a program that build made.
func (b *bench) program(name string) string { return filepath.Join(b.work, "bin", name) }

// windsock returns the arguments of a run of windsock.
func (b *bench) windsock(args ...string) []string {
	return append([]string{b.program("windsock")}, args...)
}
