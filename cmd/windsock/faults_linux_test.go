package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// A run is what a run of windsock came to.
type run struct {
	status int
	stderr string
}

// runHere runs windsock within this process, in its working folder.
func runHere(args ...string) run {
	var stderr strings.Builder
	e := env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: &stderr, getenv: os.Getenv}
	return run{e.run(args), stderr.String()}
}

// smallDisk mounts a file system of its own at a folder.
func smallDisk(t *testing.T, folder, options string) {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small file system to fill")
	}
	must(t, os.MkdirAll(folder, 0o777))
	must(t, syscall.Mount("tmpfs", folder, "tmpfs", 0, options))
	t.Cleanup(func() { syscall.Unmount(folder, syscall.MNT_DETACH) })
}

// fillDisk writes to a folder until its disk takes no more.
func fillDisk(t *testing.T, folder string) {
	t.Helper()
	for i := range 10_000 {
		if os.WriteFile(fmt.Sprintf("%s/filler-%d", folder, i), make([]byte, 4096), 0o666) != nil {
			return
		}
	}
	t.Fatal("the disk takes anything")
}

// spoil makes a disk full, in bytes or in files, or read-only; the function that it
// returns undoes that.
func spoil(t *testing.T, disk, how string) (undo func()) {
	t.Helper()
	if how == "read-only" {
		must(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""))
		return func() { must(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT, "")) }
	}
	fillDisk(t, disk)
	return func() {
		must(t, exec.Command("sh", "-c", "rm "+disk+"/filler-*").Run())
	}
}
