package main

import (
	"fmt"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/check"
	"windsock/directives/finding"
)

// totals count what a run did.
type totals struct {
	verb      string            // what the run did with the pages, such as "checked"; "" for no summary
	files     int               // pages looked at
	tally                       // of these pages
	fixable   int               // findings that --fix would correct
	corrected int               // findings that --fix corrected
	written   int               // pages written
	markers   map[string]string // for the comments of bound regions, the first page that holds each
	rewritten bool              // whether a hook wrote a page
	copied    int               // other files of output trees that were copied
	removed   int               // files of output trees that were removed
	unread    int               // Markdown pages, which are not read
}

// summarize writes the last line of a run that went over pages, for people who did not ask
// for --quiet.
func (s *session) summarize() {
	to := s.findingsTo()
	if !s.findingFormat().people {
		to = s.stderr
	}
	if s.verb == verifiedVerb && s.live > 0 && !s.quiet {
		defer fmt.Fprintf(to, "%s not judged; write -w or -o DIR to say where they are expanded\n", plural(s.live, "live directive"))
	}
	if s.verb == "" || s.quiet || !s.findingFormat().people {
		return
	}
	if s.files == 0 { // under --hook
		fmt.Fprintln(to, "neither a page nor the data changed")
		return
	}
	line := plural(s.files, "page") + " " + s.verb
	if !s.checking {
		line += s.wroteWhat()
	}
	line += s.verdict()
	if s.corrected > 0 {
		line += fmt.Sprintf("; corrected %s in %s", plural(s.corrected, "finding"), plural(s.written, "page"))
	}
	if s.unread > 0 {
		line += fmt.Sprintf("; %s not read", plural(s.unread, ".md page"))
	}
	fmt.Fprintln(to, line)
}

// verifiedVerb says what verify did with the pages.
const verifiedVerb = "verified"

// wroteWhat says what became of pages and other files.
func (s *session) wroteWhat() string {
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

// verdict says how many findings there are, and how many --fix would correct.
func (s *session) verdict() string {
	var parts []string
	if s.errors > 0 {
		parts = append(parts, plural(s.errors, "error"))
	}
	if s.warnings > 0 {
		parts = append(parts, plural(s.warnings, "warning"))
	}
	switch {
	case len(parts) > 0 && s.fixable > 0:
		parts = append(parts, fmt.Sprintf("%d fixable with %s", s.fixable, s.fixCommand()))
	case len(parts) == 0 && s.checking:
		return ", nothing wrong"
	case len(parts) == 0:
		return ""
	}
	return ": " + strings.Join(parts, ", ")
}

// fixCommand names what corrects findings.
func (s *session) fixCommand() string {
	if s.verb == checkedVerb {
		return "--fix"
	}
	return `"windsock check --fix"`
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

// countUnread counts files in Markdown that a run comes to and does not read.
func (s *session) countUnread(files ...string) {
	for _, file := range files {
		if pages.IsMarkdown(file) && s.changed == nil && !s.project.Ignore.Ignores(file) {
			s.unread++
		}
	}
}
