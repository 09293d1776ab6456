package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/finding"
)

// baselineName is the file that a baseline is written to if nobody names one.
const baselineName = "windsock-baseline.json"

// baselinePath returns the file of known findings that a flag or the project file
// names, "" for none.
func (s *session) baselinePath() string {
	switch {
	case s.baseline != "":
		return s.baseline
	case s.project.Baseline != "":
		return s.project.Baseline
	case s.writeBaseline:
		return filepath.ToSlash(filepath.Join(s.project.Folder, baselineName))
	}
	return ""
}

// openBaseline reads the baseline of this run, if there is one.
func (s *session) openBaseline() error {
	path := s.baselinePath()
	if path == "" || s.writeBaseline {
		return nil
	}
	data, err := s.readFile(path)
	if err != nil {
		return fmt.Errorf("%w; \"windsock check --write-baseline\" writes it", err)
	}
	b, err := check.ReadBaseline(data)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", pages.Quoted(path), err)
	}
	s.known = b.Filter(s.fromBaseline)
	s.note("baseline %s", pages.Quoted(path))
	return nil
}

// fromBaseline returns the path of a page as the baseline holds it: relative to the
// baseline's own folder, so that it holds wherever windsock is run. JSON holds no other
// text than UTF-8: a name that is none is in quotes.
func (s *session) fromBaseline(path string) string {
	path = relativeTo(filepath.Dir(s.baselinePath()), path)
	if !utf8.ValidString(path) {
		return pages.Quoted(path)
	}
	return path
}

// isKnown reports whether the baseline holds a finding.
func (s *session) isKnown(f finding.Located) bool {
	return s.known != nil && canBeKnown(f) && s.known.Knows(f)
}

// canBeKnown reports whether a baseline may hold a finding. What blocks an expansion does
// not go away; what makes a project file useless ends the run.
func canBeKnown(f finding.Located) bool {
	r := directives.FindRule(f.Rule)
	return r != nil && !r.Blocks
}

// storeBaseline writes the findings of this run to the baseline, in place of
// reporting them.
func (s *session) storeBaseline() int {
	var kept, stored []finding.Located
	for _, f := range s.findings {
		if canBeKnown(f) {
			stored = append(stored, f)
		} else {
			kept = append(kept, f)
		}
	}
	text, err := check.NewBaseline(stored, s.fromBaseline).Write()
	if err == nil {
		err = pages.Save(s.baselinePath(), text)
	}
	if err != nil {
		return s.fail(err)
	}
	s.findings, s.errors, s.warnings = kept, len(kept), 0
	s.verb = "" // what was written says it all
	fmt.Fprintf(s.stdout, "%s of %s written to %s\n", plural(len(stored), "finding"), plural(s.files, "page"), pages.Quoted(strings.TrimPrefix(s.baselinePath(), "./")))
	return statusOK
}
