package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"windsock/directives/finding"
)

// A format is a way to write findings.
type format struct {
	name string
	// write writes all that a run found; nil for the format for people, which is
	// written page by page.
	write func(io.Writer, outcome) error
}

// An outcome is what a run found, as formats for programs tell it.
type outcome struct {
	files    int               // pages looked at
	tally                      // of these pages
	data     string            // a digest of the data that expansions are made from
	findings []finding.Located // sorted, each once
	status   int               // the exit status
}

// textFormat is the format for people.
const textFormat = "text"

// formats returns the formats of findings.
func formats() []format {
	return []format{{textFormat, nil}, {"json", writeJSON}, {"github", writeGitHub}, {"sarif", writeSARIF}}
}

// formatNames returns the names of the formats of findings.
func formatNames() []string {
	var names []string
	for _, f := range formats() {
		names = append(names, f.name)
	}
	return names
}

// writer returns what writes findings for programs, nil if they are for people.
func (s *session) writer() func(io.Writer, outcome) error {
	if !s.reports {
		return nil
	}
	for _, f := range formats() {
		if f.name == s.format {
			return f.write
		}
	}
	return nil
}

// arrange sorts the findings that wait to be printed, and drops those that are
// there twice.
func (s *session) arrange() {
	slices.SortStableFunc(s.findings, finding.Compare)
	s.findings = slices.CompactFunc(s.findings, func(a, b finding.Located) bool { return finding.Compare(a, b) == 0 })
}

// fromHere returns path as formats for programs have it: relative to the working
// folder, with slashes.
func fromHere(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	folder, err := os.Getwd()
	if err != nil {
		return filepath.ToSlash(path)
	}
	if rel, err := filepath.Rel(folder, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}
