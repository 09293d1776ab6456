package main

import (
	"bytes"
	"errors"
	"slices"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/expand"
	"windsock/directives/finding"
)

var expandCommand = command{
	name:    "expand",
	usage:   "[PATH…]",
	summary: "Write plain reStructuredText: expand directives, renew regions.",
	help: `
With -o DIR, windsock writes the folder PATH to DIR with every page expanded,
for Sphinx to read. With -w, it changes the pages themselves: each directive
becomes a comment, followed by its expansion as a managed region, which the next
run renews. Without either, it writes one page to standard output, and findings
to standard error. The PATH - is standard input.

If something in a page cannot be expanded, windsock reports it and leaves the
page as it is. It reports a managed region that was changed by hand, and renews
it only with --force.

Without a PATH, windsock reads the docs that the project file names, or else the
current folder. With --hook, the PATHs are changed files: windsock expands the
pages among them, if any, or all pages if data is among them. If it rewrites a
page, the exit status is 1, so that the commit stops and you can add the page.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		outputFlags(f, s)
		f.BoolVar(&s.dryRun, "dry-run", false, "write nothing; list what would be written")
		f.BoolVar(&s.force, "force", false, "also renew regions that were changed by hand")
		pageFlags(f, s)
		return expandPages
	},
}

// expandPages runs "windsock expand".
func expandPages(s *session, args []string) int {
	s.printsPage = slices.Contains(args, stdinPath) // in case openPages reports findings
	args, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	s.projectOutput(args)
	s.printsPage = s.dryRun || !s.inPlace && !s.hasOutputTree()
	if s.inPlace || s.hasOutputTree() {
		s.verb = "read"
	}
	if s.strict && !s.mayWrite(args) {
		return statusFindings
	}
	switch {
	case s.inPlace:
		return s.expandInPlace(args)
	case s.hasOutputTree() && s.dryRun:
		return s.eachTree(args, s.planTree)
	case s.hasOutputTree():
		return s.eachTree(args, s.expandTree)
	}
	return s.expandOne(args)
}

// mayWrite reports whether no page has a finding, so that a strict run may write. Otherwise those
// findings are the result of the run.
func (s *session) mayWrite(args []string) bool {
	before, asked := s.totals, s.settings
	s.verbose, s.dryRun = false, false
	mode := expand.OutputTree
	if s.inPlace {
		mode = expand.InPlace
	}
	if s.hasOutputTree() {
		s.eachTree(args, s.planTree)
	} else {
		s.examineAll(args, s.examiner(mode), s.refuseRoles)
	}
	err := s.openBaseline() // resets the counts of matched entries
	if s.settings = asked; err != nil {
		s.fail(err)
	}
	if s.errors > 0 || s.trouble {
		return false
	}
	s.totals = before
	return true
}

// examineAll expands and checks all pages below the PATHs. The worker that has examined a page
// calls finish.
func (s *session) examineAll(args []string, x *examiner, finish func(*pageResult)) int {
	paths, err := s.paths(args)
	if err != nil {
		return s.fail(err)
	}
	x.finders = append(x.finders, s.newIncludeGraph(false, paths...).find)
	return s.eachPage(paths, func(r *pageResult) {
		x.examine(r)
		finish(r)
	}, s.announce)
}

// expandInPlace runs "windsock expand -w".
func (s *session) expandInPlace(args []string) int {
	return s.examineAll(args, s.examiner(expand.InPlace), func(r *pageResult) {
		if s.refuseRoles(r); r.Blocked || bytes.Equal(r.Output, r.source) {
			return
		}
		if r.diff = replacedText(r); s.dryRun {
			r.change = "write  " + pages.Quoted(r.page.Path)
			return
		}
		s.write(r, r.source, r.Output)
	})
}

// refuseRoles blocks a page with a role, which cannot be expanded in place. Commands that only check
// the page report the role as unexpanded; here the same finding becomes a bad directive. Findings
// about included files are not changed.
func (s *session) refuseRoles(r *pageResult) {
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Rule == finding.Unexpanded && !s.isOff(*f) && !slices.Contains(r.liveIncludes, f.Span) {
			f.Rule, r.Blocked = finding.BadDirective, true
		}
	}
}

// replacedText returns the diff of a page with a changed region that has no digest. Without a
// digest, windsock cannot detect a change by hand, so it shows the lines that it replaces.
func replacedText(r *pageResult) []byte {
	for _, x := range r.Expansions {
		if x.Region != nil && x.Region.Binding != nil && len(x.Old) > 0 {
			return pages.Diff(r.page.Path, r.source, r.Output)
		}
	}
	return nil
}

// expandOne writes one page to standard output.
func (s *session) expandOne(args []string) int {
	if s.dryRun {
		return s.fail(errors.New("--dry-run says what would be written; write -o DIR or -w too"))
	}
	if s.hook {
		return s.fail(errors.New("a hook expands pages in place; write -w too"))
	}
	if s.input == nil && (len(args) != 1 || pages.IsFolder(args[0])) {
		return s.fail(errors.New("say where the expanded pages go: -o DIR, -w, or one page to write to standard output"))
	}
	if s.isInputIgnored() {
		s.note("ignored %s", pages.Quoted(s.inputPage().Path))
		s.stdout.Write(s.input)
		return statusOK
	}
	var output []byte
	status := s.examineAll(args, s.examiner(expand.OutputTree), func(r *pageResult) {
		if !r.Blocked {
			output = bytes.Clone(r.Output)
		}
	})
	s.stdout.Write(output)
	return status
}
