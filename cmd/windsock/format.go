package main

import (
	"io"
	"path/filepath"
	"slices"

	"windsock/directives/finding"
)

// A format is a way to write the findings of a run.
type format struct {
	name   string
	people bool // whether people read it, beside diffs and closing sentences
	open   func(io.Writer, ink) findingWriter
}

// A findingWriter writes findings while a run goes on.
type findingWriter interface {
	// write writes the findings of a page, which are sorted.
	write([]finding.Located)
	// close writes what is known only at the end of the run.
	close(outcome)
}

// An outcome is what is known of a run at its end.
type outcome struct {
	files  int // pages looked at
	tally      // of these pages
	status int // the exit status
}

// formats are the formats of findings; the first is the default.
var formats = []format{
	{name: "text", people: true, open: newTextWriter},
	{name: "json", open: newJSONWriter},
	{name: "github", open: newGitHubWriter},
	{name: "sarif", open: newSARIFWriter},
}

// formatNames returns the names of the formats of findings.
func formatNames() []string {
	return namesOf(formats, func(f format) string { return f.name })
}

// findingFormat returns the format in which this run writes findings.
func (s *settings) findingFormat() format {
	return formats[max(slices.Index(formatNames(), s.format), 0)]
}

// fromHere returns path as formats for programs have it: relative to the working
// folder, with slashes.
func fromHere(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	return relativeTo(".", path)
}

// relativeTo returns path as seen from a folder, with slashes; path itself where nothing
// leads there.
func relativeTo(folder, path string) string {
	from, err := filepath.Abs(folder)
	to, pathErr := filepath.Abs(path)
	if err == nil && pathErr == nil {
		if rel, err := filepath.Rel(from, to); err == nil {
			path = rel
		}
	}
	return filepath.ToSlash(path)
}
