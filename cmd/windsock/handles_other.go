//go:build !unix

package main

import "math"

// mostWorkers returns how many workers may have files open at a time: any number,
// where a process may open many thousands.
func mostWorkers() int { return math.MaxInt }
