//go:build unix

package main

import "syscall"

// The files that a process has open of itself, and those that a worker has open at
// a time, at most: while it replaces one in a folder.
const (
	ownFiles    = 16
	workerFiles = 8
)

// mostWorkers returns how many workers may have files open at a time, by the limit
// of open files that the process has.
func mostWorkers() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Cur > 1<<20 {
		return 1 << 20 / workerFiles
	}
	return max(int(limit.Cur)-ownFiles, workerFiles) / workerFiles
}
