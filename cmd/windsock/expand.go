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
-o DIR writes the folder PATH to DIR, with every page expanded, for Sphinx. -w
changes the pages themselves: each directive becomes a comment, and its
expansion follows as a managed region, which the next run renews. Without
either, one page is written to standard output, and findings to standard error;
the PATH - is standard input.

A page in which something cannot be expanded is reported and left as it is. Text
of a managed region that was changed by hand is reported and kept, unless
--force is given.

Without a PATH the docs of the project file are read, else the current folder.
With --hook the PATHs are files that changed: the pages among them are expanded,
or all pages if data is among them; having nothing to check is not an error. If
a page was rewritten the exit status is 1, so that the commit stops and you can
add the page.
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
	s.printsPage = slices.Contains(args, stdinPath) // whatever the project file says
	args, err := s.openPages(args)
	if err != nil {
		return s.fail(err)
	}
	s.projectOutput(args)
	s.printsPage = s.dryRun || !s.inPlace && !s.mirrored()
	if s.inPlace || s.mirrored() {
		s.verb = "read"
	}
	if s.strict && !s.mayWrite(args) {
		return statusFindings
	}
	switch {
	case s.inPlace:
		return s.expandInPlace(args)
	case s.mirrored():
		if s.dryRun {
			return s.eachTree(args, s.planTree)
		}
		return s.eachTree(args, s.expandTree)
	}
	return s.expandOne(args)
}

// mayWrite reports whether no page has a finding, so that a strict run may write. If one has
// any, they are the findings of this run.
func (s *session) mayWrite(args []string) bool {
	before, asked := s.totals, s.settings
	s.verbose, s.dryRun = false, false
	mode := expand.OutputTree
	if s.inPlace {
		mode = expand.InPlace
	}
	if s.mirrored() {
		s.eachTree(args, s.planTree)
	} else {
		s.examineAll(args, s.examiner(mode), s.refuseRoles)
	}
	err := s.openBaseline() // whose findings were counted
	if s.settings = asked; err != nil {
		s.fail(err)
	}
	if s.errors > 0 || s.trouble {
		return false
	}
	s.totals = before
	return true
}

// examineAll expands and checks all pages below the PATHs. finish is called for
// each page by the worker that examined it.
func (s *session) examineAll(args []string, x *examiner, finish func(*pageResult)) int {
	paths, err := s.paths(args)
	if err != nil {
		return s.fail(err)
	}
	x.others = append(x.others, s.included(false, paths...).find)
	return s.eachPage(paths, func(r *pageResult) {
		x.examine(r)
		finish(r)
	}, s.announce)
}

// expandInPlace runs "windsock expand -w".
func (s *session) expandInPlace(args []string) int {
	w := s.pageWriter()
	return s.examineAll(args, s.examiner(expand.InPlace), func(r *pageResult) {
		if s.refuseRoles(r); r.Blocked || len(r.Output) == len(r.source) && string(r.Output) == string(r.source) {
			return
		}
		if r.diff = s.overwritten(r); s.dryRun {
			r.change = "write  " + pages.Quoted(r.page.Path)
			return
		}
		s.write(w, r, r.source, r.Output)
	})
}

// refuseRoles blocks a page in which expanding in place would leave a role. What is
// left is a finding of its own when pages are checked; here it is what makes the
// expansion impossible. What the page includes is not.
func (s *session) refuseRoles(r *pageResult) {
	for i := range r.Findings {
		if d := &r.Findings[i]; d.Rule == finding.Unexpanded && !s.isOff(*d) && !slices.Contains(r.included, d.Span) {
			d.Rule, r.Blocked = finding.BadDirective, true
		}
	}
}

// overwritten shows the lines that were replaced in regions without a digest,
// where a change by hand would otherwise be lost without a word.
func (s *session) overwritten(r *pageResult) []byte {
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
	if s.inputIgnored() {
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
