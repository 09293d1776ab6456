package main

import (
	"fmt"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/check"
	"windsock/directives/finding"
)

// totals are the counts of a run.
type totals struct {
	verb       string            // what the run did with the pages, such as "checked"; "" for no summary
	files      int               // pages read
	counts                       // of these pages
	fixable    int               // findings that --fix would correct
	corrected  int               // findings that --fix corrected
	written    int               // pages written
	rewritten  bool              // whether a hook wrote a page
	copied     int               // other files copied to output trees
	removed    int               // files removed from output trees
	unread     int               // Markdown files, which are not read
	wholeFiles int               // files whose diff adds or removes the whole file
	markers    map[string]string // the first page with each comment of a bound region
}

// summarize writes the last line of a run over pages, unless --quiet is given.
func (s *session) summarize() {
	if s.quiet {
		return
	}
	w := s.stderr
	if s.findingFormat().isText {
		w = s.findingsTo()
		if s.verb != "" {
			fmt.Fprintln(w, s.summary())
		}
	}
	if s.live > 0 {
		fmt.Fprintf(w, "%s not judged; write -w or -o DIR to say where they are expanded\n", plural(s.live, "live directive"))
	}
}

// summary returns the line about what the run read, wrote and found.
func (s *session) summary() string {
	if s.files == 0 { // under --hook
		return "neither a page nor the data changed"
	}
	line := plural(s.files, "page") + " " + s.verb
	if !s.checking {
		line += s.writeCounts()
	}
	line += s.findingCounts()
	if s.corrected > 0 {
		line += fmt.Sprintf("; corrected %s in %s", plural(s.corrected, "finding"), plural(s.written, "page"))
	}
	if s.unread > 0 {
		line += fmt.Sprintf("; %s not read", plural(s.unread, ".md page"))
	}
	return line
}

// writeCounts returns the part of the summary about what was written.
func (s *session) writeCounts() string {
	if s.dryRun {
		return ", none written (--dry-run)"
	}
	text := fmt.Sprintf(", %d written", s.written)
	if s.blocked > 0 {
		text += fmt.Sprintf(", %d not expanded", s.blocked)
	}
	if s.copied > 0 {
		text += fmt.Sprintf(", %s copied", plural(s.copied, "other file"))
	}
	if s.removed > 0 {
		text += fmt.Sprintf(", %d removed", s.removed)
	}
	return text
}

// findingCounts returns the part of the summary about findings.
func (s *session) findingCounts() string {
	var parts []string
	if s.errors > 0 {
		parts = append(parts, plural(s.errors, "error"))
	}
	if s.warnings > 0 {
		parts = append(parts, plural(s.warnings, "warning"))
	}
	switch {
	case len(parts) > 0 && s.fixable > 0:
		command := `"windsock check --fix"`
		if s.verb == checkedVerb {
			command = "--fix"
		}
		parts = append(parts, fmt.Sprintf("%d fixable with %s", s.fixable, command))
	case len(parts) == 0 && s.checking:
		return ", nothing wrong"
	case len(parts) == 0:
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

// countFixable returns how many of a page's findings --fix would correct.
func (s *session) countFixable(path string, findings []finding.Located) int {
	var own []finding.Finding
	for _, f := range findings {
		if f.Path == path && !s.isOff(f.Finding) {
			own = append(own, f.Finding)
		}
	}
	return len(check.Fixes(own))
}

// countUnread counts the Markdown files among files that the run found but does not read.
func (s *session) countUnread(files ...string) {
	for _, file := range files {
		if pages.IsMarkdown(file) && s.changed == nil && !s.project.Ignore.Ignores(file) {
			s.unread++
		}
	}
}
