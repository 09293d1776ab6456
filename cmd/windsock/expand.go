package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
)

var expandCommand = command{
	name:    "expand",
	usage:   "[PATH…]",
	summary: "Write plain reStructuredText: directives expanded, managed regions renewed.",
	help: `
With -o DIR the folder PATH is mirrored to DIR with every page expanded, ready for
Sphinx; files that are right already are left untouched. With -w the pages
themselves are changed: each directive stays as a comment, and its expansion
follows as a managed region that the next run renews. With neither, one page is
written to standard output; PATH "-" is standard input.

Without a PATH the project file's docs are read, else the current folder. A page
in which something cannot be expanded is reported and left as it is; the others
are written. Text of a managed region that somebody changed by hand is kept and
reported, unless --force is given.
`,
	flags: func(f *pflag.FlagSet, s *settings) {
		outputFlags(f, s)
		f.BoolVar(&s.force, "force", false, "renew managed regions that were changed by hand too")
		pageFlags(f, s)
	},
	run: expand,
}

// expand runs "windsock expand".
func expand(s *session, args []string) int {
	if err := s.open(args); err != nil {
		return s.fail(err)
	}
	s.projectOutput(args)
	s.printsPage = !s.inPlace && s.out == "" && s.eachTo == ""
	if s.strict && !s.mayWrite(args) {
		return statusFindings
	}
	switch {
	case s.inPlace:
		return s.expandInPlace(args)
	case s.out != "" || s.eachTo != "":
		return s.eachTree(args, s.expandTree)
	}
	return s.expandOne(args)
}

// projectOutput takes where pages go from the project file, if no flag says it
// and no single page is asked for.
func (s *session) projectOutput(args []string) {
	if s.out != "" || s.eachTo != "" || s.inPlace || len(args) == 1 && !pages.IsFolder(args[0]) {
		return
	}
	s.inPlace = s.project.Expand.InPlace
	s.out = s.project.Expand.To
}

// mayWrite reports whether no page has a finding, so that a strict run may write.
// It prints the findings if there are any.
func (s *session) mayWrite(args []string) bool {
	trial := &session{env: s.env, settings: s.settings, project: s.project, catalog: s.catalog, badData: s.badData}
	trial.expandAll(args, directives.OutputTree, func(*pageResult) {})
	if len(trial.findings) == 0 && !trial.trouble && !s.badData {
		return true
	}
	s.findings, s.errors = append(s.findings, trial.findings...), s.errors+trial.errors
	s.trouble = s.trouble || trial.trouble
	return false
}

// expandAll expands all pages below the PATHs. finish is called for each page by
// the worker that expanded it.
func (s *session) expandAll(args []string, mode directives.Mode, finish func(*pageResult)) int {
	paths, err := s.paths(args)
	if err != nil {
		return s.fail(err)
	}
	walk, err := s.walk(paths)
	if err != nil {
		return s.fail(err)
	}
	e := s.expander(mode)
	reader := e.Reader()
	written := 0
	for r := range inOrder(walk, func(p pages.Page) *pageResult {
		r := s.expandPage(e, reader, p)
		if r.err == nil {
			finish(r)
			r.place()
		}
		return r
	}) {
		s.emit(r)
		if r.written {
			written++
		}
	}
	if s.files == 0 {
		return s.lookedAtNothing()
	}
	s.note("%s read, %d written", plural(s.files, "page"), written)
	return statusOK
}

// expandInPlace runs "windsock expand -w".
func (s *session) expandInPlace(args []string) int {
	var w pages.Writer
	return s.expandAll(args, directives.InPlace, func(r *pageResult) {
		if len(r.Output) == len(r.source) && string(r.Output) == string(r.source) {
			return
		}
		r.err = w.Write(r.page.Path, r.Output)
		r.written = r.err == nil
		r.diff = s.overwritten(r)
	})
}

// overwritten shows the lines that were replaced in regions without a digest,
// where a change by hand would otherwise be lost without a word.
func (s *session) overwritten(r *pageResult) []byte {
	for _, x := range r.Expansions {
		if x.Bound && len(x.Old) > 0 {
			return pages.Diff(r.page.Path, r.source, r.Output)
		}
	}
	return nil
}

// expandOne writes one page to standard output.
func (s *session) expandOne(args []string) int {
	if len(args) != 1 || pages.IsFolder(args[0]) {
		return s.fail(errors.New("say where the expanded pages go: -o DIR, -w, or one page to write to standard output"))
	}
	var output []byte
	status := s.expandAll(args, directives.OutputTree, func(r *pageResult) {
		if !r.Blocked {
			output = r.Output
		}
	})
	s.stdout.Write(output)
	return status
}

// eachTree calls run for each folder of pages and the output tree that it goes
// to, and returns the worst status.
func (s *session) eachTree(args []string, run func(src, out string) int) int {
	paths, err := s.paths(args)
	if err != nil {
		return s.fail(err)
	}
	if s.out != "" && len(paths) != 1 {
		return s.fail(fmt.Errorf("-o takes one folder of pages, not %d; use --each-to NAME", len(paths)))
	}
	status := statusOK
	for _, src := range paths {
		out := s.out
		if s.eachTo != "" {
			out = path.Join(filepath.ToSlash(filepath.Dir(filepath.Clean(src))), s.eachTo)
		}
		status = max(status, run(src, out))
	}
	if s.files == 0 && status == statusOK {
		return s.lookedAtNothing()
	}
	return status
}

// expandTree mirrors one folder of pages.
func (s *session) expandTree(src, out string) int {
	tree, err := pages.OpenTree(src, out, s.extensions)
	if err != nil {
		return s.fail(err)
	}
	e := s.expander(directives.OutputTree)
	reader := e.Reader()
	for r := range inOrder(s.treeFiles(tree), func(f pages.File) *pageResult {
		if !f.IsPage || s.project.Ignore.Ignores(f.Path) {
			r := &pageResult{page: f.Page}
			r.written, r.err = tree.Copy(f.Rel)
			return r
		}
		r := s.expandPage(e, reader, f.Page)
		s.put(tree, r)
		return r
	}) {
		s.emitFile(r)
	}
	orphans, err := tree.Finish()
	for _, o := range orphans {
		s.note("removed %s, whose source is gone", tree.Path(o))
	}
	if err != nil {
		return s.fail(err)
	}
	return statusOK
}

// put writes an expanded page to the tree; one that is blocked stays as it is
// there.
func (s *session) put(tree *pages.Tree, r *pageResult) {
	if r.err != nil {
		tree.Keep(r.page.Rel)
		return
	}
	r.place()
	if r.Blocked {
		tree.Keep(r.page.Rel)
		return
	}
	info, err := os.Stat(r.page.Path)
	if err != nil {
		r.err = fmt.Errorf("cannot read %s: %w", r.page.Path, errors.Unwrap(err))
		return
	}
	r.written, r.err = tree.Put(r.page.Rel, r.Output, info.Mode())
}

// emitFile reports what became of a file of a tree; files that are only copied do
// not count as pages.
func (s *session) emitFile(r *pageResult) {
	if r.source == nil && r.err == nil {
		return
	}
	s.emit(r)
}

// treeFiles yields the files of a tree. What cannot be read is trouble.
func (s *session) treeFiles(tree *pages.Tree) func(yield func(pages.File) bool) {
	return func(yield func(pages.File) bool) {
		for f, err := range tree.Files() {
			if err != nil {
				s.fail(err)
			} else if !yield(f) {
				return
			}
		}
	}
}
