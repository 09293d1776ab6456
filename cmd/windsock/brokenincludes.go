package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/finding"
)

// brokenIncludes finds paths in pages that lead to a file from the source folder, and to
// another or to none from the output tree. Only the first is reported, since an output tree
// in a place that works for one works for all.
type brokenIncludes struct {
	tree   *pages.Tree
	beside bool // whether the output tree is beside the source folder, where no path breaks
	first  *finding.Located
	others int
}

// brokenIncludesOf returns the broken includes of an output tree, before any page.
func brokenIncludesOf(tree *pages.Tree) *brokenIncludes {
	return &brokenIncludes{tree: tree, beside: tree.Beside()}
}

// find returns the findings about the paths in a page. Each directive whose argument is the
// path of a file is looked at. It may look at many pages at once.
func (b *brokenIncludes) find(r *pageResult) (found []finding.Finding) {
	if b.beside || !bytes.Contains(r.source, []byte("../")) {
		return nil // a path without it stays in the source folder
	}
	for d := range directivesOf(r.read(), "include", "literalinclude", "exampleinclude", "image", "figure") {
		argument := d.Arguments[0]
		to, leaves := pages.Leaving(r.page.Rel, argument.Value)
		if leaves && b.tree.Loses(to) {
			found = append(found, finding.Finding{
				Span: argument.Span, Rule: finding.OutsideSource, Severity: finding.Warning,
				Message: fmt.Sprintf("%s is outside the source folder, and not found from %s", strings.TrimSpace(argument.Value), pages.Quoted(path.Clean(b.tree.Path("")))),
			})
		}
	}
	return found
}

// take removes its findings from a page's, and remembers the first. The pages come in their
// order.
func (b *brokenIncludes) take(r *pageResult) {
	r.findings = slices.DeleteFunc(r.findings, func(f finding.Located) bool {
		switch {
		case f.Rule != finding.OutsideSource || f.Help != "": // those of findMoved have one already
			return false
		case b.first == nil:
			b.first = &f
		default:
			b.others++
		}
		return true
	})
}

// report reports the first path that breaks, and a place for the output tree that works.
func (b *brokenIncludes) report(s *session) {
	if b.first == nil {
		return
	}
	b.first.Help = "put the output tree beside the source folder, as in -o " + pages.Quoted(b.tree.BesideSource())
	if b.others > 0 {
		b.first.Help += fmt.Sprintf("; there are %d more like it", b.others)
	}
	s.report(*b.first)
}
