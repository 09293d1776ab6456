package main

import (
	"bytes"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/check"
	"windsock/directives/finding"
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
