package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives"
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
			tree.Listed = &s.listed
			err = run(tree)
		}
		if err != nil {
			s.fail(err)
		}
	}
	return s.lookedAt()
}

// overTree expands the pages of a tree. copied is called for what is no page, or
// an ignored one, and finish for each page that was expanded. What is sealed is passed
// over.
func (s *session) overTree(tree *pages.Tree, x *examiner, copied func(pages.File) *pageResult, finish func(pages.File, *pageResult)) {
	run := &treeRun{s, tree, x, brokenIncludesOf(tree), copied, finish}
	x.others = append(x.others, run.lost.find, s.included(true, tree.Source()).find)
	for results := range inOrder(byFolder(s.treeFiles(tree)), run.files) {
		for _, r := range results {
			run.lost.add(r)
			s.emitFile(r)
		}
	}
	run.lost.report(s)
}

// A treeRun is one run over an output tree. It may serve many files at once.
type treeRun struct {
	session  *session
	tree     *pages.Tree
	examiner *examiner
	lost     *brokenIncludes
	copied   func(pages.File) *pageResult
	finish   func(pages.File, *pageResult)
}

// files does what is to be done with some files, one after the other.
func (t *treeRun) files(files []pages.File) []*pageResult {
	results := make([]*pageResult, len(files))
	for i, f := range files {
		results[i] = t.file(f)
	}
	return results
}

// file does what is to be done with a file.
func (t *treeRun) file(f pages.File) *pageResult {
	isCopied := !f.IsPage || t.session.project.Ignore.Ignores(f.Path)
	switch {
	case t.tree.IsSealed(&f):
		return &pageResult{page: f.Page, copied: isCopied}
	case isCopied:
		return t.copied(f)
	}
	r := t.session.examine(t.examiner, f.Page)
	if r.err != nil {
		t.tree.Keep(f.Rel)
		return r
	}
	if !r.guard(func() {
		t.lost.take(r)
		t.finish(f, r)
		r.place()
	}) {
		t.tree.Keep(f.Rel)
	}
	t.session.release(r)
	return r
}

// mostTogether is how many files one worker takes at a time.
const mostTogether = 32

// byFolder yields files that follow each other in one folder together, for one worker:
// two that make files in the same folder wait for each other.
func byFolder(files iter.Seq[pages.File]) iter.Seq[[]pages.File] {
	return func(yield func([]pages.File) bool) {
		var together []pages.File
		for f := range files {
			if n := len(together); n == mostTogether || n > 0 && path.Dir(together[0].Rel) != path.Dir(f.Rel) {
				if !yield(together) {
					return
				}
				together = nil
			}
			together = append(together, f)
		}
		if len(together) > 0 {
			yield(together)
		}
	}
}

// emitFile reports what became of a file of a tree; files that are only copied do
// not count as pages.
func (s *session) emitFile(r *pageResult) {
	if r.copied && r.err == nil {
		s.show(r)
		return
	}
	s.emit(r)
}

// treeFiles yields the files of a tree. What cannot be read is trouble.
func (s *session) treeFiles(tree *pages.Tree) iter.Seq[pages.File] {
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

// tryTree expands the pages of a tree, and writes nothing.
func (s *session) tryTree(tree *pages.Tree) error {
	if err := tree.Look(); err != nil {
		return err
	}
	defer tree.Close()
	copied := func(f pages.File) *pageResult { return &pageResult{page: f.Page, copied: true} }
	s.overTree(tree, s.examiner(directives.OutputTree), copied, func(pages.File, *pageResult) {})
	return nil
}

// expandTree mirrors one folder of pages.
func (s *session) expandTree(tree *pages.Tree) error {
	if err := tree.Claim(s.basis()); err != nil {
		return err
	}
	s.overTree(tree, s.examiner(directives.OutputTree), func(f pages.File) *pageResult {
		r := &pageResult{page: f.Page, copied: true}
		r.written, r.err = tree.Copy(f)
		return r
	}, func(f pages.File, r *pageResult) { put(tree, f, r) })
	orphans, err := tree.Finish()
	for _, o := range orphans {
		s.note("removed %s, whose source is gone", pages.Quoted(tree.Path(o)))
	}
	return err
}

// put writes an expanded page to the tree; one that is blocked stays as it is
// there.
func put(tree *pages.Tree, f pages.File, r *pageResult) {
	if r.Blocked {
		tree.Keep(f.Rel)
		return
	}
	sealable := !r.leans && len(r.Diagnostics) == 0 && len(r.Data) == 0
	r.written, r.err = tree.Put(f, pages.Content{Data: r.Output, Mode: r.mode, Lines: r.Lines(r.source), Sealable: sealable})
}

// basis returns a digest of what the pages of an output tree and the findings about
// them depend on, beside their sources; "" if it is not known, or if what pages hold is
// to be counted, so that each must be read.
func (s *session) basis() string {
	program, err := os.Executable()
	windsock := pages.Fingerprint(program)
	if err != nil || windsock == "" || s.findingFormat().counts {
		return ""
	}
	wd, err := os.Getwd()
	if err != nil {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %s %q %q %q", s.dependsOn(), windsock, wd, s.project.Path, s.project.Checkout)
	fmt.Fprintf(h, " %q %d %t", s.extensions, s.maxSize, s.force)
	return hex.EncodeToString(h.Sum(nil))
}
