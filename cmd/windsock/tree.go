package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives/expand"
)

// A mirror is a folder of pages and its output tree.
type mirror struct{ src, out string }

// hasOutputTree reports whether the run writes or compares output trees.
func (s *session) hasOutputTree() bool { return s.out != "" || s.eachTo != "" }

// projectOutput applies the project file's setting for where pages are written, unless a flag
// overrides it. The output tree there belongs to the folder of pages that the project file
// names. Expanding part of that folder into it would remove all other files.
func (s *session) projectOutput(args []string) {
	if s.hasOutputTree() || s.inPlace || slices.Contains(args, stdinPath) {
		return
	}
	s.inPlace = s.project.Expand.InPlace
	if s.isSource(args) && !s.hook { // a build makes an output tree, a commit does not
		s.out = s.project.Expand.To
	}
}

// isSource reports whether the PATHs name the folder that the project file's output tree
// mirrors.
func (s *session) isSource(args []string) bool {
	if len(args) != 1 || s.project.Docs.Empty() {
		return len(args) == 0 || len(args) == 1 && pages.IsFolder(args[0])
	}
	docs, err := s.project.Docs.Paths()
	return err == nil && len(docs) == 1 && pages.Name(docs[0]) == pages.Name(args[0])
}

// mirrors returns the folders of pages with their output trees.
func (s *session) mirrors(args []string) ([]mirror, error) {
	paths, err := s.paths(args)
	switch {
	case err != nil:
		return nil, err
	case s.out != "" && len(paths) != 1:
		return nil, fmt.Errorf("-o takes one folder of pages, not %d; use --each-to NAME", len(paths))
	case s.out != "":
		return []mirror{{paths[0], s.out}}, nil
	}
	var all []mirror
	sourceByOut := make(map[string]string)
	for _, src := range paths {
		folder, err := filepath.Abs(src)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", pages.Quoted(src), reason(err))
		}
		out := project.Name(filepath.Join(filepath.Dir(folder), s.eachTo))
		switch other, exists := sourceByOut[out]; {
		case exists && other != folder:
			return nil, fmt.Errorf("%s and %s would both go to %s; expand each with -o", pages.Quoted(project.Name(other)), pages.Quoted(src), pages.Quoted(out))
		case !exists:
			sourceByOut[out] = folder
			all = append(all, mirror{src, out})
		}
	}
	return all, nil
}

// eachTree calls run for each output tree, and returns the exit status.
func (s *session) eachTree(args []string, run func(*pages.Tree) error) int {
	mirrors, err := s.mirrors(args)
	if err != nil {
		return s.fail(err)
	}
	for _, m := range mirrors {
		tree, err := pages.OpenTree(m.src, m.out, s.extensions)
		if err == nil {
			err = run(tree)
			tree.Close()
		}
		if err != nil {
			s.fail(err)
		}
	}
	return s.statusOfPages()
}

// overTree expands the pages of a tree and plans the change of each file. A worker calls finish
// for each file with that change.
func (s *session) overTree(tree *pages.Tree, x *examiner, finish func(*pages.Batch, pages.Change, *pageResult)) {
	lost, g := &brokenIncludes{tree: tree, beside: tree.Beside()}, s.newIncludeGraph(true, tree.Source())
	x.finders = append(x.finders, lost.find, g.find)
	work := func(b *pages.Batch) (results []*pageResult) {
		defer b.Close()
		for _, f := range b.Files {
			r := &pageResult{page: f.Page, copied: !f.IsPage || s.project.Ignore.Ignores(f.Path)}
			r.guard(func() { x.mirror(b, f, r, finish) })
			r.release()
			results = append(results, r)
		}
		return results
	}
	for results := range inOrder(tree.Batches(func(err error) { s.fail(err) }), work) {
		for _, r := range results {
			lost.collect(r)
			s.emitFile(r)
			s.announce(r)
		}
	}
	lost.report(s)
}

// mirror plans the change of one file and finishes it. A file that cannot be read or expanded
// does not change in the output tree.
func (x *examiner) mirror(b *pages.Batch, f pages.File, r *pageResult, finish func(*pages.Batch, pages.Change, *pageResult)) {
	change := pages.Change{Rel: f.Rel, Action: pages.Keep}
	if r.copied {
		change, r.err = b.PlanCopy(f)
	} else if x.session.read(r); r.err == nil {
		if x.examine(r); !r.Blocked {
			change, r.err = b.PlanPage(f, r.Output, r.mode, r.Lines(r.source))
		}
	}
	if r.err == nil {
		defer change.Close()
		finish(b, change, r)
		r.locateFindings()
	}
}

// emitFile reports the result for a file of a tree. Copied files do not count as pages.
func (s *session) emitFile(r *pageResult) {
	if r.copied && r.err == nil {
		s.countUnread(r.page.Path)
		if r.written {
			s.copied++
		}
		s.show(r)
		return
	}
	s.emit(r)
}

// announce prints the change of a file in a dry run.
func (s *session) announce(r *pageResult) {
	if r.change != "" {
		fmt.Fprintln(s.stdout, r.change)
		s.rewritten = s.rewritten || s.hook
	}
}

// planTree plans the changes of a tree without writing. A dry run lists them.
func (s *session) planTree(tree *pages.Tree) error {
	if err := tree.Look(); err != nil {
		return err
	}
	for _, c := range tree.PlanOrphans() {
		s.announce(&pageResult{change: s.changeLine(tree, c)})
	}
	s.overTree(tree, s.examiner(expand.OutputTree), func(_ *pages.Batch, c pages.Change, r *pageResult) {
		r.err = tree.Check(c)
		r.change = s.changeLine(tree, c)
	})
	return nil
}

// changeLine returns the line about a change in the output of a dry run, "" for none.
func (s *session) changeLine(tree *pages.Tree, c pages.Change) string {
	if !s.dryRun || c.Action == pages.Keep && !s.verbose {
		return ""
	}
	return fmt.Sprintf("%-6s %s", c.Action, pages.Quoted(tree.Path(c.Rel)))
}

// expandTree expands one folder of pages into its output tree.
func (s *session) expandTree(tree *pages.Tree) error {
	if err := tree.BeginWriting(); err != nil {
		return err
	}
	removed, err := tree.RemoveOrphans()
	if err != nil {
		s.fail(err)
	}
	s.removed += len(removed)
	for _, rel := range removed {
		s.note("removed %s, whose source is gone", pages.Quoted(tree.Path(rel)))
	}
	s.overTree(tree, s.examiner(expand.OutputTree), func(b *pages.Batch, c pages.Change, r *pageResult) {
		r.err = b.Apply(c)
		r.written = r.err == nil && c.Action == pages.Write
	})
	return tree.Finish()
}
