package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/grammar"
)

var verifyCommand = command{
	name:    "verify",
	usage:   "[PATH…]",
	summary: "Fail if pages have drifted from the configuration; write nothing.",
	help: `
Every directive must expand and every managed region be current. With -w the pages
are what Sphinx reads, so that no directive may be left unexpanded. With -o DIR the
output tree must be what "windsock expand -o DIR" would write now.

What would change is shown as a unified diff, which patch -p1 takes, and each page
that has drifted gets a line that says which option moved and where it is declared.
Without a PATH the project file's docs are read, else the current folder.

With --hook the PATHs are files that changed: pages among them are looked at, or all
pages if data is among them, and it is no trouble if there is nothing to look at.
`,
	judges: true,
	flags: func(f *pflag.FlagSet, s *settings) {
		outputFlags(f, s)
		pageFlags(f, s)
	},
	run: verify,
}

// verify runs "windsock verify".
func verify(s *session, args []string) int {
	args, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	if !s.mirrored() {
		s.projectOutput(args)
		if _, err := os.Stat(s.out); err != nil {
			s.out = "" // nothing was expanded yet
		}
	}
	return s.passed("verified", s.verifyIn(args))
}

// verifyIn judges the pages by where they go.
func (s *session) verifyIn(args []string) int {
	switch {
	case s.mirrored():
		return s.eachTree(args, s.verifyTree)
	case s.inPlace:
		return s.verifySources(args, directives.InPlace)
	}
	return s.verifySources(args, directives.SourcesOnly)
}

// verifySources compares pages with what expanding them in place would make.
func (s *session) verifySources(args []string, mode directives.Mode) int {
	e := s.examiner(mode).Expander
	return s.examineAll(args, mode, func(r *pageResult) {
		if s.drift(e, r, mode) {
			r.diff = pages.Diff(r.page.Path, r.source, r.Output)
		}
	})
}

// drift finds regions that are not current and, where the page is read as it is,
// directives that are not expanded. It reports whether there are any: a page
// whose expansion differs in a digest alone reads as it should. What the project
// file turned off is none.
func (s *session) drift(e *directives.Expander, r *pageResult, mode directives.Mode) bool {
	before := len(r.Diagnostics)
	for _, x := range r.Expansions {
		switch reasons := e.Reasons(x); {
		case x.Managed && len(reasons) > 0:
			r.Diagnostics = append(r.Diagnostics, grammar.Diagnostic{
				Span: x.Type.Span, Rule: directives.Stale, Severity: grammar.Error,
				Message: "not current: " + summary(reasons), Declared: reasons[0].Declared,
				Help: "run \"windsock expand -w\" to renew it",
			})
		case !x.Managed && mode == directives.InPlace:
			r.Diagnostics = append(r.Diagnostics, grammar.Diagnostic{
				Span: x.Type.Span, Rule: directives.Unexpanded, Severity: grammar.Error,
				Message: fmt.Sprintf("Sphinx does not know %s", x.Type.Value),
				Help:    "run \"windsock expand -w\" to expand it in place",
			})
		}
	}
	r.Diagnostics = append(r.Diagnostics[:before], slices.DeleteFunc(r.Diagnostics[before:], s.isOff)...)
	return len(r.Diagnostics) > before
}

// maxReasons is how many reasons one line gives.
const maxReasons = 5

// summary joins reasons to one line, each with the place of the declaration.
func summary(reasons []directives.Reason) string {
	var parts []string
	for i, r := range reasons {
		if i == maxReasons {
			parts = append(parts, fmt.Sprintf("and %d more", len(reasons)-i))
			break
		}
		if r.Declared.Line > 0 {
			r.Message += fmt.Sprintf(" (%s:%d)", r.Declared.Path, r.Declared.Line)
		}
		parts = append(parts, r.Message)
	}
	return strings.Join(parts, "; ")
}

// verifyTree compares an output tree with what its source expands to.
func (s *session) verifyTree(tree *pages.Tree) error {
	s.overTree(tree, func(f pages.File) *pageResult { return compareFile(tree, f) },
		func(e *directives.Expander, r *pageResult) {
			s.drift(e, r, directives.OutputTree)
			s.comparePage(tree, e, r)
			if s.isOff(grammar.Diagnostic{Rule: directives.Stale, Severity: grammar.Error}) {
				r.diff = nil
			}
		})
	for _, o := range tree.Orphans() {
		s.report(wholeFile(tree.Path(o), directives.Orphan, "its source is gone", "run \"windsock expand\", which removes it"))
	}
	return nil
}

// compareFile compares a file that is only copied.
func compareFile(tree *pages.Tree, f pages.File) *pageResult {
	r := &pageResult{page: f.Page, copied: true}
	state, err := tree.CompareFile(f.Rel)
	r.err = err
	switch state {
	case pages.Stale:
		r.findings = append(r.findings, wholeFile(tree.Path(f.Rel), directives.Stale, "not the same as "+f.Path, "run \"windsock expand\" again"))
	case pages.Missing:
		r.findings = append(r.findings, wholeFile(tree.Path(f.Rel), directives.Missing, "not there, though "+f.Path+" is", "run \"windsock expand\" again"))
	}
	return r
}

// comparePage compares a page of an output tree with what its source expands to.
func (s *session) comparePage(tree *pages.Tree, e *directives.Expander, r *pageResult) {
	if r.Blocked {
		tree.Keep(r.page.Rel)
		return
	}
	out := tree.Path(r.page.Rel)
	state, err := tree.CompareData(r.page.Rel, r.Output)
	switch {
	case err != nil:
		r.err = err
	case state == pages.Missing:
		r.Data = append(r.Data, wholeFile(out, directives.Missing, "not there, though "+r.page.Path+" is", "run \"windsock expand\" again"))
	case state == pages.Stale:
		old, err := s.readFile(out, nil)
		if r.err = err; err == nil {
			r.diff = pages.Diff(out, old, r.Output)
			r.Data = append(r.Data, wholeFile(out, directives.Stale, why(e, r, old), "run \"windsock expand\" again"))
		}
	}
}

// why explains how a page of an output tree differs from its expansion.
func why(e *directives.Expander, r *pageResult, old []byte) string {
	if !r.Against(r.source, old) {
		return "not current: " + r.page.Path + " changed since it was expanded"
	}
	var reasons []directives.Reason
	for _, x := range r.Expansions {
		reasons = append(reasons, e.Reasons(x)...)
	}
	if len(reasons) == 0 {
		return "not current: it is laid out otherwise"
	}
	return "not current: " + summary(reasons)
}

// wholeFile makes a finding about a file as a whole.
func wholeFile(path, rule, message, help string) grammar.Finding {
	start := grammar.Position{Line: 1, Column: 1}
	return grammar.Finding{
		Diagnostic: grammar.Diagnostic{Rule: rule, Severity: grammar.Error, Message: message, Help: help},
		Path:       path, Start: start, End: start,
	}
}
