package main

import (
	"runtime"
	"runtime/debug"
	"syscall"
)

// firstMemory is how many bytes a run over Airflow's pages hardly gets by without.
const firstMemory = 16 << 20

// preferHugePages has the system back the memory that a run takes first with huge pages,
// where it has them for who asks. Otherwise the run pays a page fault for each 4 KB of it,
// which together cost as much as to read the pages. Go does not ask by itself; but it uses
// what was freed before it takes more, so that a block is asked for and let go.
// https://docs.kernel.org/admin-guide/mm/transhuge.html
func preferHugePages() {
	percent := debug.SetGCPercent(-1)                 // such a block is a reason to collect garbage, before it is let go
	block := make([]byte, firstMemory)                // nothing of which is touched
	_ = syscall.Madvise(block, syscall.MADV_HUGEPAGE) // an error says that there are none
	runtime.GC()
	debug.SetGCPercent(percent)
}
