package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/finding"
)

// baselineName is the default name of the baseline, in the folder of the project file.
const baselineName = "windsock-baseline.json"

// A baseline contains findings that are not reported. The nil baseline is empty.
type baseline struct {
	*check.Filter
	read map[string]bool // the pages that the run has read, by their names in the baseline
}

// openBaseline reads the baseline that a flag or the project file names, or else the one with the
// default name, if it exists.
func (s *session) openBaseline() error {
	defaultFile := filepath.ToSlash(filepath.Join(s.project.Folder, baselineName))
	if s.baseline == "" {
		s.baseline = s.project.Baseline
	}
	if _, err := os.Stat(defaultFile); s.baseline == "" && (err == nil || s.writeBaseline) {
		s.baseline = defaultFile
	}
	if s.baseline == "" || s.writeBaseline {
		return nil
	}
	data, err := readFile(s.baseline)
	if err != nil {
		return fmt.Errorf("%w; \"windsock check --write-baseline\" writes it", err)
	}
	entries, err := check.ReadBaseline(data)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", pages.Quoted(s.baseline), err)
	}
	s.known = &baseline{entries.Filter(s.nameInBaseline), make(map[string]bool)}
	s.note("baseline %s", pages.Quoted(s.baseline))
	return nil
}

// nameInBaseline returns the name of a page in the baseline: its path relative to the baseline's
// folder, which does not depend on the working folder. Since JSON is UTF-8, a path that is not
// valid UTF-8 is quoted.
func (s *session) nameInBaseline(path string) string {
	path = relativeTo(filepath.Dir(s.baseline), path)
	if !utf8.ValidString(path) {
		return pages.Quoted(path)
	}
	return path
}

// contains reports whether the baseline contains a finding.
func (b *baseline) contains(f finding.Located) bool {
	return b != nil && fitsBaseline(f) && b.Knows(f)
}

// fitsBaseline reports whether a baseline can contain a finding. It cannot contain one that blocks
// an expansion, or makes the project file unusable.
func fitsBaseline(f finding.Located) bool {
	r := directives.FindRule(f.Rule)
	return r != nil && !r.Blocks
}

// reportUnusedBaseline reports the entries of the baseline that match no finding. It skips
// entries about pages that this run has not read, unless the page is gone, and about rules that
// are off or depend on the command.
func (s *session) reportUnusedBaseline() {
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
		f := fileFinding(s.baseline, finding.UnusedIgnore, fmt.Sprintf("nothing in %s breaks the rule %s any more with %s", pages.Quoted(k.Path), k.Rule, directives.Quote(k.Text)), "run \"windsock check --write-baseline\"")
		f.Severity = finding.Warning
		s.report(f)
	}
}

// storeBaseline writes the findings of this run to the baseline instead of reporting them.
func (s *session) storeBaseline() int {
	stored := slices.DeleteFunc(slices.Clone(s.pending), func(f finding.Located) bool { return !fitsBaseline(f) })
	text, err := check.NewBaseline(stored, s.nameInBaseline).Write()
	if err == nil {
		err = pages.Save(s.baseline, text)
	}
	if err != nil {
		return s.fail(err)
	}
	s.pending = slices.DeleteFunc(s.pending, fitsBaseline)
	s.errors, s.warnings = len(s.pending), 0
	s.verb = "" // the line below is the summary
	fmt.Fprintf(s.stdout, "%s of %s written to %s\n", plural(len(stored), "finding"), plural(s.files, "page"), pages.Quoted(strings.TrimPrefix(s.baseline, "./")))
	return statusOK
}
