package main

import (
	"cmp"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/grammar"
)

var verifyCommand = command{
	name:    "verify",
	usage:   "[PATH…]",
	summary: "Fail if pages have drifted from the configuration; write nothing.",
	help: `
Every directive must expand, and every managed region must be current. With -w
no directive may be left, since Sphinx reads the pages as they are. With -o DIR
the output tree must be what "windsock expand -o DIR" would write now.

What would change is shown as a diff, which patch -p1 applies. A message for
each page that has drifted says which option changed, and where it is declared.
Without -w, -o and "expand" in the project file the last line says how many
directives were not judged.

Without a PATH the docs of the project file are read, else the current folder.
With --hook the PATHs are files that changed: the pages among them are verified,
or all pages if data is among them; having nothing to check is not an error.
`,
	checking: true,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		outputFlags(f, s)
		pageFlags(f, s)
		return verify
	},
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
	s.verb = verifiedVerb
	status := s.verifyIn(args)
	s.missingRegions(args)
	if s.inPlace || s.mirrored() || s.hook && s.project.Expand.To != "" { // whose tree the build verifies
		s.live = 0
	}
	return status
}

// verifyIn verifies the pages by where they go.
func (s *session) verifyIn(args []string) int {
	switch {
	case s.mirrored():
		return s.eachTree(args, s.verifyTree)
	case s.inPlace:
		return s.verifySources(args, expand.InPlace)
	}
	return s.verifySources(args, expand.SourcesOnly)
}

// verifySources compares pages with what expanding them in place would make.
func (s *session) verifySources(args []string, mode expand.Mode) int {
	x := s.examiner(mode)
	x.RenewEdited = true
	x.others = append(x.others, func(r *pageResult) []finding.Finding { return s.drift(x.Expander, r) })
	return s.examineAll(args, x, func(r *pageResult) {
		if output := r.OutputOf(r.source, func(x expand.Expansion) bool { return s.hasDrifted(r, x) }); output != nil {
			r.diff = pages.Diff(r.page.Path, r.source, output)
		}
	})
}

// drift finds regions that are not current and, where the page is read as it is,
// directives that are not expanded. There may be none though the expansion differs: with
// another digest alone a page reads as it should. What the project file turned off is
// none.
func (s *session) drift(e *expand.Expander, r *pageResult) (found []finding.Finding) {
	for _, x := range r.Expansions {
		if x.Region == nil {
			r.live++
		}
		switch reasons := e.Reasons(x); {
		case x.Region != nil && len(reasons) > 0:
			help := "run \"windsock expand -w\" to renew it"
			if x.Edited {
				help = "the change by hand keeps it from being renewed"
			}
			found = append(found, finding.Finding{
				Span: x.Type.Span, Rule: finding.Stale, Severity: finding.Error, Help: help,
				About: x.About(), Message: "not current: " + summary(reasons), Declared: reasons[0].Declared,
			})
		case x.Region == nil && e.Mode == expand.InPlace:
			found = append(found, finding.Finding{
				Span: x.Type.Span, Rule: finding.Unexpanded, Severity: finding.Error,
				About: x.About(), Message: fmt.Sprintf("Sphinx does not know %s", x.Type.Value),
				Help: "run \"windsock expand -w\" to expand it in place",
			})
		}
	}
	return slices.DeleteFunc(found, s.isOff)
}

// hasDrifted reports whether there is a finding about the drift of an expansion, which
// neither the page nor the project file silences.
func (s *session) hasDrifted(r *pageResult, x expand.Expansion) bool {
	return slices.ContainsFunc(r.Findings, func(d finding.Finding) bool {
		drift := d.Rule == finding.Stale || d.Rule == finding.Unexpanded || d.Rule == finding.Edited
		return drift && d.Span == x.Type.Span && !s.isOff(d)
	})
}

// maxReasons is how many reasons one line gives.
const maxReasons = 5

// summary joins reasons to one line, each with the place of the declaration.
func summary(reasons []expand.Reason) string {
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
	x := s.examiner(expand.OutputTree)
	x.others = append(x.others, func(r *pageResult) []finding.Finding { return s.drift(x.Expander, r) })
	s.overTree(tree, x, func(_ *pages.Batch, c pages.Change, r *pageResult) { s.compare(tree, x.Expander, c, r) })
	s.liveInTree(tree)
	for _, c := range tree.PlanOrphans() {
		f := wholeFile(tree.Path(c.Rel), finding.Orphan, "its source is gone", "run \"windsock expand\", which removes it")
		r := &pageResult{findings: []finding.Located{f}, whole: true}
		if data, err := tree.Read(c.Rel, pages.MaxSize); err == nil && !s.isOff(f.Finding) {
			r.diff = pages.Diff(f.Path, data, nil)
		}
		s.show(r)
	}
	if s.whole > mostWhole {
		fmt.Fprintf(s.stdout, "%s more that are missing or orphans are not shown\n", plural(s.whole-mostWhole, "file"))
	}
	s.whole = 0
	return nil
}

// liveInTree reports the pages of an output tree that are no expansions and in which
// something of windsock's is live: those of others, and ignored ones.
func (s *session) liveInTree(tree *pages.Tree) {
	walk, err := pages.NewWalk([]string{tree.Path("")}, s.extensions)
	if err != nil {
		return // there is none
	}
	g := s.included(true, tree.Path(""))
	for p, err := range walk.Pages() {
		if err != nil {
			s.fail(err)
			continue
		}
		source := path.Join(tree.Source(), p.Rel)
		if info, err := os.Stat(source); err == nil && info.Mode().IsRegular() && !s.project.Ignore.Ignores(source) {
			continue
		}
		if file := g.open(p.Path); file != nil && file.holds != "" {
			f := wholeFile(p.Path, finding.Unexpanded, file.holds+" is live here, and nothing expands it", "make the page one of "+pages.Quoted(tree.Source())+", or remove it")
			f.Start.Line, f.End.Line = file.line, file.line
			s.show(&pageResult{findings: []finding.Located{f}})
		}
	}
}

// missingRegions reports the regions that no page holds in a run over all docs, though the
// project file binds them, or the pages hold another one of those built in: without their
// comments nothing keeps their text current.
func (s *session) missingRegions(args []string) {
	if !s.overAllDocs(args) {
		return
	}
	first := ""
	for _, r := range s.project.Regions {
		if r.Declared.Line == 0 {
			first = cmp.Or(first, s.markers[r.Begin], s.markers[r.End])
		}
	}
	for _, r := range s.project.Regions {
		at := r.Declared
		if at.Line == 0 {
			at = finding.Place{Path: first, Line: 1}
		}
		if at.Path == "" || s.markers[r.Begin] != "" || s.markers[r.End] != "" {
			continue
		}
		f := wholeFile(at.Path, finding.BadRegion, fmt.Sprintf("no page holds the region %q", r.Begin),
			fmt.Sprintf("write \".. %s\" and \".. %s\" around its text, or list the regions that there are in windsock.yaml", r.Begin, r.End))
		f.Start.Line, f.End.Line = at.Line, at.Line
		s.report(f)
	}
}

// overAllDocs reports whether a run over the PATHs reads all pages of the project.
func (s *session) overAllDocs(args []string) bool {
	switch {
	case s.changed != nil || s.input != nil || s.trouble:
		return false
	case !s.project.Docs.Empty():
		return s.isSource(args)
	}
	return len(args) == 0 && pages.Real(".") == pages.Real(cmp.Or(s.project.Checkout, s.project.Folder))
}

// compare reports that a file of an output tree is not what expanding would leave there.
func (s *session) compare(tree *pages.Tree, e *expand.Expander, c pages.Change, r *pageResult) {
	switch {
	case c.Action == pages.Keep, c.Found == pages.OtherMode && !c.SwitchesExecutable:
		return
	case c.Found == pages.InTheWay:
		r.err = tree.Check(c)
		return
	}
	src := pages.Quoted(r.page.Path)
	f := wholeFile(tree.Path(c.Rel), finding.Stale, "not the same as "+src, "run \"windsock expand\" again")
	if c.Action == pages.Refuse {
		f.Help = c.Refusal.Error()
	}
	switch c.Found {
	case pages.OtherMode:
		f.Message = "its mode is not that of " + src + ": one of them is executable"
	case pages.Nothing:
		f.Rule, f.Message, r.whole = finding.Missing, "not there, though "+src+" is", true
		s.compareContent(f, r, nil)
	case pages.Different:
		if old, err := tree.Read(c.Rel, pages.MaxSize); err == nil { // else it is a symlink, or too large to show
			if s.compareContent(f, r, old); !r.copied {
				f.Message = why(e, r, old)
			}
		}
	}
	r.Data = append(r.Data, f)
}

// compareContent shows how a file of an output tree differs from what it should hold, nil if
// there is none, unless the project file turned off the rule that it is shown for.
func (s *session) compareContent(f finding.Located, r *pageResult, old []byte) {
	content, err := r.Output, error(nil)
	if r.copied {
		content, err = readFile(r.page.Path)
	}
	if err == nil && !s.isOff(f.Finding) {
		r.diff = pages.Diff(f.Path, old, content)
	}
}

// why explains how a page of an output tree differs from its expansion.
func why(e *expand.Expander, r *pageResult, old []byte) string {
	if !r.Against(r.source, old) {
		return "not current: " + pages.Quoted(r.page.Path) + " changed since it was expanded"
	}
	var reasons []expand.Reason
	for _, x := range r.Expansions {
		if !x.Edited {
			reasons = append(reasons, e.Reasons(x)...)
		}
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
