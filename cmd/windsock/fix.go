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

// mostMending is how often a page is mended at most. Behind one slip another may stand
// that was not seen before: in the content of what was no directive, say.
const mostMending = 10

// mender returns what mends one page: the words of findings with a certain answer
// are replaced, and the page is examined again, so that what is reported is left.
func (s *session) mender(w *pages.Writer, x *examiner) func(*pageResult) {
	return func(r *pageResult) {
		before, corrected := r.source, 0
		for range mostMending {
			mended, n, err := fixed(r.source, slices.DeleteFunc(slices.Clone(r.Findings), s.isOff))
			if err != nil {
				r.err = err
				return
			}
			if mended == nil {
				break
			}
			r.source, corrected = mended, corrected+n
			x.examine(r)
		}
		if mended := r.source; !bytes.Equal(before, mended) {
			s.write(w, r, before, mended)
			r.corrected = corrected
		}
	}
}

// fixed returns a source with the certain answers written in, and their number; nil if
// there are none.
func fixed(source []byte, findings []finding.Finding) ([]byte, int, error) {
	edits := check.Fixes(findings)
	if len(edits) == 0 {
		return nil, 0, nil
	}
	fixed, err := render.Splice(source, edits)
	return fixed, len(edits), err
}

// mendProject mends the options that the project file names. It reports whether there was
// anything to mend.
func (s *session) mendProject() bool {
	var findings []finding.Finding
	source, err := readFile(s.project.Path)
	for _, f := range s.findings {
		if err != nil || f.Path != s.project.Path {
			continue
		}
		// What is not written as it reads, with an escape, say, or a tag, is for people to mend.
		if _, err := grammar.ParseReference(string(f.Span.Of(source))); err == nil {
			findings = append(findings, f.Finding)
		}
	}
	mended, n, err := fixed(source, findings)
	if err != nil || mended == nil || !s.project.Accepts(mended, ruleNames()) {
		return false // an option may be there under both names
	}
	if err := new(pages.Writer).Write(pages.NamedPage(s.project.Path), source, mended); err != nil {
		s.fail(err)
		return false
	}
	s.corrected += n
	return true
}
