package main

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/finding"
	"windsock/grammar"
)

var verifyCommand = command{
	name:    "verify",
	usage:   "[PATH…]",
	summary: "Fail if pages have drifted from the configuration; write nothing.",
	help: `
Every directive must expand, and every managed region must be current. With -w no
directive may be left, since Sphinx reads the pages as they are. With -o DIR the output
tree must be what "windsock expand -o DIR" would write now.

What would change is shown as a diff, which patch -p1 applies. A message for each page
that has drifted says which option changed, and where it is declared.

Without a PATH the docs of the project file are read, else the current folder. With --hook the PATHs are files that changed: the pages among them are verified, or
all pages if data is among them; having nothing to check is not an error.
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
	x := s.examiner(mode)
	x.others = append(x.others, func(r *pageResult) []finding.Finding { return s.drift(x.Expander, r) })
	return s.examineAll(args, x, func(r *pageResult) {
		if r.hasDrifted() {
			r.diff = pages.Diff(r.page.Path, r.source, r.Output)
		}
	})
}

// drift finds regions that are not current and, where the page is read as it is,
// directives that are not expanded. There may be none though the expansion differs: with
// another digest alone a page reads as it should. What the project file turned off is
// none.
func (s *session) drift(e *directives.Expander, r *pageResult) (found []finding.Finding) {
	for _, x := range r.Expansions {
		switch reasons := e.Reasons(x); {
		case x.Managed && len(reasons) > 0:
			found = append(found, finding.Finding{
				Span: x.Type.Span, Rule: finding.Stale, Severity: finding.Error,
				About: x.About(), Message: "not current: " + summary(reasons), Declared: reasons[0].Declared,
				Help: "run \"windsock expand -w\" to renew it",
			})
		case !x.Managed && e.Mode == directives.InPlace:
			found = append(found, finding.Finding{
				Span: x.Type.Span, Rule: finding.Unexpanded, Severity: finding.Error,
				About: x.About(), Message: fmt.Sprintf("Sphinx does not know %s", x.Type.Value),
				Help: "run \"windsock expand -w\" to expand it in place",
			})
		}
	}
	found = slices.DeleteFunc(found, s.isOff)
	r.drifts = len(found) > 0
	return found
}

// hasDrifted reports whether [session.drift] found something that the page does not
// silence.
func (r *pageResult) hasDrifted() bool {
	return r.drifts && slices.ContainsFunc(r.Diagnostics, func(d finding.Finding) bool {
		return d.Rule == finding.Stale || d.Rule == finding.Unexpanded
	})
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
			r.Message += fmt.Sprintf(" (%s:%d)", pages.Quoted(r.Declared.Path), r.Declared.Line)
		}
		parts = append(parts, r.Message)
	}
	return strings.Join(parts, "; ")
}

// verifyTree compares an output tree with what its source expands to.
func (s *session) verifyTree(tree *pages.Tree) error {
	if err := tree.Look(); err != nil {
		return err
	}
	defer tree.Close()
	x := s.examiner(directives.OutputTree)
	x.others = append(x.others, func(r *pageResult) []finding.Finding { return s.drift(x.Expander, r) })
	s.overTree(tree, x, func(f pages.File) *pageResult { return s.compareFile(tree, f) },
		func(_ pages.File, r *pageResult) { s.comparePage(tree, x.Expander, r) })
	for _, o := range tree.Orphans() {
		out := tree.Path(o)
		r := &pageResult{whole: true, findings: []finding.Located{
			wholeFile(out, finding.Orphan, "its source is gone", "run \"windsock expand\", which removes it"),
		}}
		if data, err := s.readExpanded(tree, o); err == nil {
			r.diff = s.diffFor(finding.Orphan, pages.DiffRemoved(out, data))
		}
		s.show(r)
	}
	if s.whole > mostWhole {
		fmt.Fprintf(s.stdout, "%s more that are missing or orphans are not shown\n", plural(s.whole-mostWhole, "file"))
	}
	s.whole = 0
	return nil
}

// compareFile compares a file that is only copied.
func (s *session) compareFile(tree *pages.Tree, f pages.File) *pageResult {
	r := &pageResult{page: f.Page, copied: true}
	state, err := tree.CompareFile(f.Rel)
	r.err = err
	out := tree.Path(f.Rel)
	if finding, ok := differs(out, f.Path, state, "not the same as "+pages.Quoted(f.Path)); ok {
		r.findings = append(r.findings, finding)
	}
	if state != pages.Stale && state != pages.Missing {
		return r
	}
	data, err := s.readFile(f.Path)
	if err != nil {
		return r // a symlink, or what is too large to show
	}
	s.diffWith(r, tree, state, data)
	return r
}

// comparePage compares a page of an output tree with what its source expands to.
func (s *session) comparePage(tree *pages.Tree, e *directives.Expander, r *pageResult) {
	if r.Blocked {
		tree.Keep(r.page.Rel)
		return
	}
	out := tree.Path(r.page.Rel)
	state, err := tree.CompareData(r.page.Rel, r.Output, r.mode)
	if r.err = err; err != nil || state == pages.Same {
		return
	}
	old := s.diffWith(r, tree, state, r.Output)
	reason := ""
	if state == pages.Stale {
		reason = why(e, r, old)
	}
	finding, _ := differs(out, r.page.Path, state, reason)
	r.Data = append(r.Data, finding)
}

// differs makes the finding about a file of an output tree that is not as it should
// be; stale is the message if it holds something else.
func differs(out, src string, state pages.State, stale string) (finding.Located, bool) {
	rule, message := finding.Stale, stale
	switch state {
	case pages.Same:
		return finding.Located{}, false
	case pages.Missing:
		rule, message = finding.Missing, "not there, though "+pages.Quoted(src)+" is"
	case pages.WrongMode:
		message = "its mode is not that of " + pages.Quoted(src) + ": one of them is executable"
	}
	return wholeFile(out, rule, message, "run \"windsock expand\" again"), true
}

// diffWith gives a result the diff of a file of an output tree, and returns what that
// holds, if it is there.
func (s *session) diffWith(r *pageResult, tree *pages.Tree, state pages.State, data []byte) (old []byte) {
	out := tree.Path(r.page.Rel)
	switch state {
	case pages.Missing:
		r.whole = true
		r.diff = s.diffFor(finding.Missing, pages.DiffAdded(out, data))
	case pages.Stale:
		var err error
		if old, err = s.readExpanded(tree, r.page.Rel); err != nil {
			return nil
		}
		r.diff = s.diffFor(finding.Stale, pages.Diff(out, old, data))
	}
	return old
}

// readExpanded reads a file of an output tree that is no larger than the user wants.
func (s *session) readExpanded(tree *pages.Tree, rel string) ([]byte, error) {
	return tree.Read(rel, int64(s.maxSize))
}

// diffFor returns a diff, unless the project file turned off the rule that it is
// shown for.
func (s *session) diffFor(rule string, diff []byte) []byte {
	if s.isOff(finding.Finding{Rule: rule, Severity: finding.Error}) {
		return nil
	}
	return diff
}

// why explains how a page of an output tree differs from its expansion.
func why(e *directives.Expander, r *pageResult, old []byte) string {
	if !r.Against(r.source, old) {
		return "not current: " + pages.Quoted(r.page.Path) + " changed since it was expanded"
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
func wholeFile(path, rule, message, help string) finding.Located {
	start := grammar.Position{Line: 1, Column: 1}
	return finding.Located{
		Finding: finding.Finding{Rule: rule, Severity: finding.Error, Message: message, Help: help},
		Path:    path, Start: start, End: start,
	}
}
