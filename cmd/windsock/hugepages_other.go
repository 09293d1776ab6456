//go:build !linux

package main

// preferHugePages does nothing: the system decides.
func preferHugePages() {}
