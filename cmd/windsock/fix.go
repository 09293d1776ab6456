package main

import (
	"bytes"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// maxFixRounds limits how often one page is fixed and examined again. A fix can reveal further
// findings: those in the content of a directive whose slip it corrects, for example.
const maxFixRounds = 10

// fixPage applies the certain fixes of a page's findings, and examines the page again, so that
// only the remaining findings are reported.
func (s *session) fixPage(x *examiner, r *pageResult) {
	before := r.source
	for range maxFixRounds {
		fixed, n, err := applyFixes(r.source, slices.DeleteFunc(slices.Clone(r.Findings), s.isOff))
		if r.err = err; n == 0 || err != nil {
			break
		}
		r.source, r.corrected = fixed, r.corrected+n
		x.examine(r)
	}
	if bytes.Equal(before, r.source) {
		r.corrected = 0
	} else if r.err == nil {
		s.write(r, before, r.source)
	}
}

// applyFixes returns a source with the certain fixes of findings, and their number.
func applyFixes(source []byte, findings []finding.Finding) (fixed []byte, n int, err error) {
	edits := check.Fixes(findings)
	if len(edits) == 0 {
		return source, 0, nil
	}
	fixed, err = render.Splice(source, edits)
	return fixed, len(edits), err
}

// fixProject fixes the names of options in the project file, and reports whether it changed the
// file.
func (s *session) fixProject() bool {
	var findings []finding.Finding
	source, err := readFile(s.project.Path)
	for _, f := range s.pending {
		if err != nil || f.Path != s.project.Path {
			continue
		}
		// A name with a YAML escape or tag, for example, is left to the user.
		if _, err := grammar.ParseReference(string(f.Span.Of(source))); err == nil {
			findings = append(findings, f.Finding)
		}
	}
	fixed, n, err := applyFixes(source, findings)
	if err != nil || n == 0 || !s.project.Accepts(fixed, ruleNames()) {
		return false // the fixed file may have two entries for one option
	}
	if err := s.pageWriter.Write(pages.NamedPage(s.project.Path), source, fixed); err != nil {
		s.fail(err)
		return false
	}
	s.corrected += n
	return true
}
