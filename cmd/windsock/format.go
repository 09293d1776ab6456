package main

import (
	"io"
	"path/filepath"
	"slices"

	"windsock/directives/finding"
)

// A format is a value of --format for findings.
type format struct {
	name   string
	isText bool // whether diffs and a summary go with the findings
	open   func(io.Writer, ink) findingWriter
}

// A findingWriter writes findings during a run.
type findingWriter interface {
	// write writes the findings of a page, which are sorted.
	write([]finding.Located)
	// close writes what is known only at the end of the run: its totals and exit status.
	close(totals, int)
}

// formats are the formats of findings; the first is the default.
var formats = []format{
	{name: "text", isText: true, open: newTextWriter},
	{name: "json", open: newJSONWriter},
	{name: "github", open: newGitHubWriter},
	{name: "sarif", open: newSARIFWriter},
}

// formatNames returns the names of the formats of findings.
func formatNames() []string {
	return namesOf(formats, func(f format) string { return f.name })
}

// findingFormat returns the format of this run's findings.
func (s *settings) findingFormat() format {
	return formats[max(slices.Index(formatNames(), s.format), 0)]
}

// fromHere returns path relative to the working folder, with slashes, for formats that
// programs read.
func fromHere(path string) string {
	if !filepath.IsAbs(path) {
		return filepath.ToSlash(path)
	}
	return relativeTo(".", path)
}

// relativeTo returns path relative to a folder, with slashes. If there is no such relative path,
// it returns path itself.
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
