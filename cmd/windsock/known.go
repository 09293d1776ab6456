package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/finding"
)

// baselineName is the baseline in the folder of the project file, if nobody names another.
const baselineName = "windsock-baseline.json"

// findBaseline sets the file of known findings: the one that a flag or the project file
// names, else the one of that name if it is there or is to be written; "" for none.
func (s *session) findBaseline() {
	if s.baseline != "" {
		return
	}
	if s.baseline = s.project.Baseline; s.baseline != "" {
		return
	}
	usual := filepath.ToSlash(filepath.Join(s.project.Folder, baselineName))
	if _, err := os.Stat(usual); err == nil || s.writeBaseline {
		s.baseline = usual
	}
}

// openBaseline reads the baseline of this run, if there is one.
func (s *session) openBaseline() error {
	s.findBaseline()
	path := s.baseline
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
	path = relativeTo(filepath.Dir(s.baseline), path)
	if !utf8.ValidString(path) {
		return pages.Quoted(path)
	}
	return path
}

// isKnown reports whether the baseline holds a finding. Where pages are expanded, a near
// miss is told all the same, since it blocks its page.
func (s *session) isKnown(f finding.Located) bool {
	blocks := f.Rule == finding.NearMiss && !s.judges
	return s.known != nil && canBeKnown(f) && s.known.Knows(f) && !blocks
}

// reportLeftovers reports the entries of the baseline that match nothing any more: those of
// pages that were read or are gone, by rules that each run looks for.
func (s *session) reportLeftovers() {
	if s.known == nil || s.writeBaseline {
		return
	}
	for _, k := range s.known.Left() {
		r := directives.FindRule(k.Rule)
		page := filepath.Join(filepath.Dir(s.baseline), filepath.FromSlash(k.Path))
		_, err := os.Stat(page)
		isRead := s.readPages[k.Path] || errors.Is(err, fs.ErrNotExist) && s.changed == nil
		if !isRead || r == nil || r.Varies || s.isOff(finding.Finding{Rule: k.Rule, Severity: r.Severity}) {
			continue
		}
		f := wholeFile(s.baseline, finding.UnusedIgnore, fmt.Sprintf("nothing in %s breaks the rule %s any more with %s", pages.Quoted(k.Path), k.Rule, directives.Quote(k.Text)), "run \"windsock check --write-baseline\"")
		f.Severity = finding.Warning
		s.report(f)
	}
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
		err = pages.Save(s.baseline, text)
	}
	if err != nil {
		return s.fail(err)
	}
	s.findings, s.errors, s.warnings = kept, len(kept), 0
	s.verb = "" // what was written says it all
	fmt.Fprintf(s.stdout, "%s of %s written to %s\n", plural(len(stored), "finding"), plural(s.files, "page"), pages.Quoted(strings.TrimPrefix(s.baseline, "./")))
	return statusOK
}
