package main

import (
	"bytes"
	"os"
	"testing"
)

// TestHugePages finds that huge pages were asked for, where the system has them.
func TestHugePages(t *testing.T) {
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage/enabled"); err != nil {
		t.Logf("this system has no huge pages: %v", err)
		return
	}
	preferHugePages()
	mappings, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(mappings, []byte(" hg")) { // a flag of a mapping
		t.Error("no mapping prefers huge pages")
	}
}
