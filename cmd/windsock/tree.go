package main

import (
	"fmt"
	"iter"
	"path/filepath"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives/expand"
)

// A mirror is a folder of pages and the output tree that it goes to.
type mirror struct{ src, out string }

// mirrored reports whether pages go to output trees.
func (s *session) mirrored() bool { return s.out != "" || s.eachTo != "" }

// projectOutput takes where pages go from the project file, if no flag says it.
// An output tree is for the folder of pages that the project file names: with part of
// it in its place, all else would go.
func (s *session) projectOutput(args []string) {
	if s.mirrored() || s.inPlace || slices.Contains(args, stdinPath) {
		return
	}
	s.inPlace = s.project.Expand.InPlace
	if s.isSource(args) && !s.hook { // an output tree is made by the build, not by a commit
		s.out = s.project.Expand.To
	}
}

// isSource reports whether the PATHs are the folder that the project file's output
// tree mirrors.
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
	if err != nil {
		return nil, err
	}
	if s.out != "" {
		if len(paths) != 1 {
			return nil, fmt.Errorf("-o takes one folder of pages, not %d; use --each-to NAME", len(paths))
		}
		return []mirror{{paths[0], s.out}}, nil
	}
	var all []mirror
	from := make(map[string]string)
	for _, src := range paths {
		folder, err := filepath.Abs(src)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", pages.Quoted(src), reason(err))
		}
		out := project.Name(filepath.Join(filepath.Dir(folder), s.eachTo))
		switch other, taken := from[out]; {
		case taken && other != folder:
			return nil, fmt.Errorf("%s and %s would both go to %s; expand each with -o", pages.Quoted(project.Name(other)), pages.Quoted(src), pages.Quoted(out))
		case !taken:
			from[out] = folder
			all = append(all, mirror{src, out})
		}
	}
	return all, nil
}

// eachTree calls run for each output tree.
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

// overTree expands the pages of a tree and plans what becomes of each file. finish is called
// for each with that, by the worker that has it.
func (s *session) overTree(tree *pages.Tree, x *examiner, finish func(*pages.Batch, pages.Change, *pageResult)) {
	run, lost := &treeRun{s, x, finish}, &brokenIncludes{tree: tree, beside: tree.Beside()}
	g := s.newIncludeGraph(true, tree.Source())
	x.finders = append(x.finders, lost.find, g.find)
	for results := range inOrder(s.batches(tree), run.batch) {
		for _, r := range results {
			lost.collect(r)
			s.emitFile(r)
			s.announce(r)
		}
	}
	lost.report(s)
}

// batches yields the files of a tree. What cannot be read is trouble.
func (s *session) batches(tree *pages.Tree) iter.Seq[*pages.Batch] {
	return func(yield func(*pages.Batch) bool) {
		for b, err := range tree.Batches() {
			if err != nil {
				s.fail(err)
			} else if !yield(b) {
				return
			}
		}
	}
}

// A treeRun is one run over an output tree. It may serve many files at once.
type treeRun struct {
	session  *session
	examiner *examiner
	finish   func(*pages.Batch, pages.Change, *pageResult)
}

// batch plans and finishes the files of a batch.
func (t *treeRun) batch(b *pages.Batch) (results []*pageResult) {
	defer b.Close()
	for _, f := range b.Files {
		results = append(results, t.file(b, f))
	}
	return results
}

// file plans and finishes one file. The copy of one that cannot be read or expanded now
// stays as it is.
func (t *treeRun) file(b *pages.Batch, f pages.File) *pageResult {
	r := &pageResult{page: f.Page, copied: !f.IsPage || t.session.project.Ignore.Ignores(f.Path)}
	r.guard(func() {
		change, err := t.plan(b, f, r)
		if r.err = err; err == nil {
			defer change.Close()
			t.finish(b, change, r)
			r.locateFindings()
		}
	})
	r.release()
	return r
}

// plan says what becomes of one file.
func (t *treeRun) plan(b *pages.Batch, f pages.File, r *pageResult) (pages.Change, error) {
	if r.copied {
		return b.PlanCopy(f)
	}
	if t.session.read(r); r.err != nil {
		return pages.Change{}, r.err
	}
	if t.examiner.examine(r); r.Blocked {
		return pages.Change{Rel: f.Rel, Action: pages.Keep}, nil
	}
	return b.PlanPage(f, r.Output, r.mode, r.Lines(r.source))
}

// emitFile reports what became of a file of a tree; files that are only copied do
// not count as pages.
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

// announce says in a dry run what would become of a file.
func (s *session) announce(r *pageResult) {
	if r.change != "" {
		fmt.Fprintln(s.stdout, r.change)
		s.rewritten = s.rewritten || s.hook
	}
}

// planTree finds what would become of the files of a tree, and writes nothing. A dry run
// lists them.
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

// changeLine returns the line of a dry run about a file, "" for none.
func (s *session) changeLine(tree *pages.Tree, c pages.Change) string {
	if !s.dryRun || c.Action == pages.Keep && !s.verbose {
		return ""
	}
	return fmt.Sprintf("%-6s %s", c.Action, pages.Quoted(tree.Path(c.Rel)))
}

// expandTree mirrors one folder of pages.
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
