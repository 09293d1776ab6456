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
Every directive must expand, and every managed region must be current. With -w,
no directive may remain, since Sphinx reads the pages as they are. With -o DIR,
the output tree must be what "windsock expand -o DIR" would write now.

A diff, which patch -p1 applies, shows what would change. For each page that has
drifted, a message says which option changed, and where it is declared. Without
-w, -o and "expand" in the project file, the last line counts the directives
that were not judged.

Without a PATH, windsock reads the docs that the project file names, or else the
current folder. With --hook, the PATHs are changed files: windsock verifies the
pages among them, if any, or all pages if data is among them.
`,
	checking: true,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		outputFlags(f, s)
		pageFlags(f, s)
		return verify
	},
}

// verify runs "windsock verify".
func verify(s *session, args []string) (status int) {
	args, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	if !s.hasOutputTree() {
		s.projectOutput(args)
		if _, err := os.Stat(s.out); err != nil {
			s.out = "" // nothing has been expanded yet
		}
	}
	s.verb = "verified"
	switch {
	case s.hasOutputTree():
		status = s.eachTree(args, s.verifyTree)
	case s.inPlace:
		status = s.verifySources(args, expand.InPlace)
	default:
		status = s.verifySources(args, expand.SourcesOnly)
	}
	s.reportMissingRegions(args)
	if s.inPlace || s.hasOutputTree() || s.hook && s.project.Expand.To != "" { // under --hook, the docs build verifies the tree
		s.live = 0
	}
	return status
}

// verifySources compares pages with the result of expanding them in place.
func (s *session) verifySources(args []string, mode expand.Mode) int {
	x := s.examiner(mode)
	x.RenewEdited = true
	x.finders = append(x.finders, x.findDrift)
	return s.examineAll(args, x, func(r *pageResult) {
		output := r.OutputOf(r.source, func(e expand.Expansion) bool { return s.hasDrifted(r, e) })
		r.diff = pages.Diff(r.page.Path, r.source, output)
	})
}

// findDrift returns findings about regions that are not current and, if Sphinx reads the page as it
// is, about directives. A region whose digest alone differs is current. findDrift leaves out
// findings that the project file turns off.
func (x *examiner) findDrift(r *pageResult) (found []finding.Finding) {
	for _, e := range r.Expansions {
		f := finding.Finding{Span: e.Type.Span, Rule: finding.Stale, Severity: finding.Error, About: e.About()}
		reasons := x.Reasons(e)
		switch {
		case e.Region == nil:
			r.live++
			if x.Mode != expand.InPlace {
				continue
			}
			f.Rule, f.Help = finding.Unexpanded, "run \"windsock expand -w\" to expand it in place"
			f.Message = fmt.Sprintf("Sphinx does not know %s", e.Type.Value)
		case len(reasons) == 0:
			continue
		default:
			f.Help = "run \"windsock expand -w\" to renew it"
			if e.Edited {
				f.Help = "the change by hand keeps it from being renewed"
			}
			f.Message, f.Declared = notCurrent(reasons), reasons[0].Declared
		}
		found = append(found, f)
	}
	return slices.DeleteFunc(found, x.session.isOff)
}

// hasDrifted reports whether a finding about the drift of an expansion is reported, that is, neither
// the page nor the project file silences it.
func (s *session) hasDrifted(r *pageResult, x expand.Expansion) bool {
	return slices.ContainsFunc(r.Findings, func(f finding.Finding) bool {
		return slices.Contains(driftRules, f.Rule) && f.Span == x.Type.Span && !s.isOff(f)
	})
}

// notCurrent returns the message for text that is not current.
func notCurrent(reasons []expand.Reason) string { return "not current: " + joinReasons(reasons) }

// maxReasons is how many reasons a message lists.
const maxReasons = 5

// joinReasons joins reasons to one line. Each includes where the data declares the option.
func joinReasons(reasons []expand.Reason) string {
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

// verifyTree compares an output tree with the expansion of its source.
func (s *session) verifyTree(tree *pages.Tree) error {
	if err := tree.Look(); err != nil {
		return err
	}
	x := s.examiner(expand.OutputTree)
	x.finders = append(x.finders, x.findDrift)
	s.overTree(tree, x, func(_ *pages.Batch, c pages.Change, r *pageResult) { x.compare(tree, c, r) })
	s.reportLivePages(tree)
	for _, c := range tree.PlanOrphans() {
		f := fileFinding(tree.Path(c.Rel), finding.Orphan, "its source is gone", "run \"windsock expand\", which removes it")
		r := &pageResult{findings: []finding.Located{f}, isWholeFile: true}
		if data, err := tree.Read(c.Rel, pages.MaxSize); err == nil && !s.isOff(f.Finding) {
			r.diff = pages.Diff(f.Path, data, nil)
		}
		s.show(r)
	}
	if s.wholeFiles > maxWholeFiles {
		fmt.Fprintf(s.stdout, "%s more that are missing or orphans are not shown\n", plural(s.wholeFiles-maxWholeFiles, "file"))
	}
	s.wholeFiles = 0
	return nil
}

// reportLivePages reports pages of an output tree that contain a live directive or role and that
// windsock does not expand: those without a source, and ignored ones.
func (s *session) reportLivePages(tree *pages.Tree) {
	walk, err := pages.NewWalk([]string{tree.Path("")}, s.extensions)
	if err != nil {
		return // the tree does not exist
	}
	g := s.newIncludeGraph(true, tree.Path(""))
	for p, err := range walk.Pages() {
		if err != nil {
			s.fail(err)
			continue
		}
		source := path.Join(tree.Source(), p.Rel)
		if info, err := os.Stat(source); err == nil && info.Mode().IsRegular() && !s.project.Ignore.Ignores(source) {
			continue
		}
		if file := g.open(p.Path); file != nil && file.live != "" {
			f := fileFinding(p.Path, finding.Unexpanded, file.live+" is live here, and nothing expands it", "make the page one of "+pages.Quoted(tree.Source())+", or remove it")
			f.Start.Line, f.End.Line = file.line, file.line
			s.show(&pageResult{findings: []finding.Located{f}})
		}
	}
}

// reportMissingRegions reports, in a run over all docs, the project's regions that no page contains.
// Without the comments of a region, windsock does not renew its text. A missing built-in region
// is reported only if the docs contain another one.
func (s *session) reportMissingRegions(args []string) {
	if !s.readsAllDocs(args) {
		return
	}
	builtIn := "" // the first page with a built-in region
	for _, r := range s.project.Regions {
		if r.Declared.Line == 0 {
			builtIn = cmp.Or(builtIn, s.markers[r.Begin], s.markers[r.End])
		}
	}
	for _, r := range s.project.Regions {
		at := r.Declared
		if at.Line == 0 {
			at = finding.Place{Path: builtIn, Line: 1}
		}
		if at.Path == "" || s.markers[r.Begin] != "" || s.markers[r.End] != "" {
			continue
		}
		f := fileFinding(at.Path, finding.BadRegion, fmt.Sprintf("no page contains the region %q", r.Begin),
			fmt.Sprintf("write \".. %s\" and \".. %s\" around its text, or list only existing regions in windsock.yaml", r.Begin, r.End))
		f.Start.Line, f.End.Line = at.Line, at.Line
		s.report(f)
	}
}

// readsAllDocs reports whether a run over the PATHs reads all pages of the project.
func (s *session) readsAllDocs(args []string) bool {
	switch {
	case s.changed != nil || s.input != nil || s.trouble:
		return false
	case !s.project.Docs.Empty():
		return s.isSource(args)
	}
	return len(args) == 0 && pages.Real(".") == pages.Real(cmp.Or(s.project.Checkout, s.project.Folder))
}

// compare reports a file of an output tree that differs from what expanding would write.
func (x *examiner) compare(tree *pages.Tree, c pages.Change, r *pageResult) {
	switch {
	case c.Action == pages.Keep, c.Found == pages.OtherMode && !c.SwitchesExecutable:
		return
	case c.Found == pages.InTheWay:
		r.err = tree.Check(c)
		return
	}
	src := pages.Quoted(r.page.Path)
	f := fileFinding(tree.Path(c.Rel), finding.Stale, "not the same as "+src, "run \"windsock expand\" again")
	if c.Action == pages.Refuse {
		f.Help = c.Refusal.Error()
	}
	switch c.Found {
	case pages.OtherMode:
		f.Message = "its mode is not that of " + src + ": one of them is executable"
	case pages.Nothing:
		f.Rule, f.Message, r.isWholeFile = finding.Missing, "does not exist, though "+src+" does", true
		x.diffContent(f, r, nil)
	case pages.Different:
		old, err := tree.Read(c.Rel, pages.MaxSize)
		if err != nil {
			break // a symlink, or a file too large to show
		}
		if x.diffContent(f, r, old); !r.copied {
			f.Message = x.whyStale(r, old)
		}
	}
	r.Data = append(r.Data, f)
}

// diffContent sets the diff of a file of an output tree from old to its expected content, unless
// the project file turns off the rule of f.
func (x *examiner) diffContent(f finding.Located, r *pageResult, old []byte) {
	content, err := r.Output, error(nil)
	if r.copied {
		content, err = readFile(r.page.Path)
	}
	if err == nil && !x.session.isOff(f.Finding) {
		r.diff = pages.Diff(f.Path, old, content)
	}
}

// whyStale returns the message about a page of an output tree that differs from its expansion.
func (x *examiner) whyStale(r *pageResult, old []byte) string {
	if !r.Against(r.source, old) {
		return "not current: " + pages.Quoted(r.page.Path) + " changed since it was expanded"
	}
	var reasons []expand.Reason
	for _, e := range r.Expansions {
		if !e.Edited {
			reasons = append(reasons, x.Reasons(e)...)
		}
	}
	if len(reasons) == 0 {
		return "not current: its layout differs"
	}
	return notCurrent(reasons)
}

// fileFinding returns a finding about a whole file.
func fileFinding(path, rule, message, help string) finding.Located {
	start := grammar.Position{Line: 1, Column: 1}
	return finding.Located{
		Finding: finding.Finding{Rule: rule, Severity: finding.Error, Message: message, Help: help},
		Path:    path, Start: start, End: start,
	}
}
