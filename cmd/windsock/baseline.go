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

// A baseline holds findings that are not reported. The nil baseline holds none.
type baseline struct {
	path string
	*check.Filter
	read map[string]bool // the pages that the run read, by the names that the baseline has for them
}

// openBaseline reads the baseline of this run: the one that a flag or the project file names,
// else the one with the usual name, if it is there.
func (s *session) openBaseline() error {
	usual := filepath.ToSlash(filepath.Join(s.project.Folder, baselineName))
	if s.baseline == "" {
		s.baseline = s.project.Baseline
	}
	if _, err := os.Stat(usual); s.baseline == "" && (err == nil || s.writeBaseline) {
		s.baseline = usual
	}
	if s.baseline == "" || s.writeBaseline {
		return nil
	}
	data, err := readFile(s.baseline)
	if err != nil {
		return fmt.Errorf("%w; \"windsock check --write-baseline\" writes it", err)
	}
	text, err := check.ReadBaseline(data)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", pages.Quoted(s.baseline), err)
	}
	s.known = &baseline{s.baseline, text.Filter(func(path string) string { return nameIn(s.baseline, path) }), make(map[string]bool)}
	s.note("baseline %s", pages.Quoted(s.baseline))
	return nil
}

// nameIn returns the path of a page as a baseline holds it: relative to the baseline's own
// folder, so that it holds wherever windsock is run. JSON holds no other text than UTF-8: a
// name that is none is in quotes.
func nameIn(baseline, path string) string {
	path = relativeTo(filepath.Dir(baseline), path)
	if !utf8.ValidString(path) {
		return pages.Quoted(path)
	}
	return path
}

// wasRead remembers that the run read a page.
func (b *baseline) wasRead(path string) {
	if b != nil {
		b.read[nameIn(b.path, path)] = true
	}
}

// knows reports whether the baseline holds a finding.
func (b *baseline) knows(f finding.Located) bool {
	return b != nil && canBeKnown(f) && b.Knows(f)
}

// canBeKnown reports whether a baseline may hold a finding. What blocks an expansion does
// not go away; what makes a project file useless ends the run.
func canBeKnown(f finding.Located) bool {
	r := directives.FindRule(f.Rule)
	return r != nil && !r.Blocks
}

// reportLeftovers reports the entries of the baseline that match nothing any more: those of
// pages that were read or are gone, by rules that each run looks for.
func (s *session) reportLeftovers() {
	if s.known == nil {
		return
	}
	for _, k := range s.known.Left() {
		r := directives.FindRule(k.Rule)
		_, err := os.Stat(filepath.Join(filepath.Dir(s.baseline), filepath.FromSlash(k.Path)))
		isRead := s.known.read[k.Path] || errors.Is(err, fs.ErrNotExist) && s.changed == nil
		if !isRead || r == nil || r.IsConditional || s.isOff(finding.Finding{Rule: k.Rule, Severity: r.Severity}) {
			continue
		}
		f := wholeFile(s.baseline, finding.UnusedIgnore, fmt.Sprintf("nothing in %s breaks the rule %s any more with %s", pages.Quoted(k.Path), k.Rule, directives.Quote(k.Text)), "run \"windsock check --write-baseline\"")
		f.Severity = finding.Warning
		s.report(f)
	}
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
	text, err := check.NewBaseline(stored, func(path string) string { return nameIn(s.baseline, path) }).Write()
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
