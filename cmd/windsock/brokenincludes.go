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

// brokenIncludes finds paths in pages that name a file relative to the source folder, but another
// file or none relative to the output tree. It reports only the first one and counts the others,
// since the same output tree would make all of them work.
type brokenIncludes struct {
	tree   *pages.Tree
	beside bool // whether the output tree is beside the source folder, where all paths work
	first  *finding.Located
	more   int
}

// find returns findings about the broken paths in a page. It checks every directive whose
// argument is the path of a file. Several goroutines may call it.
func (b *brokenIncludes) find(r *pageResult) (found []finding.Finding) {
	if b.beside || !bytes.Contains(r.source, []byte("../")) {
		return nil // a path without "../" stays in the source folder
	}
	for d := range directivesOf(r.read(), "include", "literalinclude", "exampleinclude", "image", "figure") {
		argument := d.Arguments[0]
		to, leaves := pages.Leaving(r.page.Rel, argument.Value)
		if leaves && b.tree.Breaks(to) {
			found = append(found, finding.Finding{
				Span: argument.Span, Rule: finding.OutsideSource, Severity: finding.Warning,
				Message: fmt.Sprintf("%s is outside the source folder, and not found from %s", strings.TrimSpace(argument.Value), pages.Quoted(path.Clean(b.tree.Path("")))),
			})
		}
	}
	return found
}

// collect moves the findings of find from a page's result to b. The pages come in order.
func (b *brokenIncludes) collect(r *pageResult) {
	r.findings = slices.DeleteFunc(r.findings, func(f finding.Located) bool {
		switch {
		case f.Rule != finding.OutsideSource || f.Help != "": // includeGraph's findings have a help
			return false
		case b.first == nil:
			b.first = &f
		default:
			b.more++
		}
		return true
	})
}

// report reports the first broken path, and suggests an output tree where all paths work.
func (b *brokenIncludes) report(s *session) {
	if b.first == nil {
		return
	}
	b.first.Help = "put the output tree beside the source folder, as in -o " + pages.Quoted(b.tree.BesideSource())
	if b.more > 0 {
		b.first.Help += fmt.Sprintf("; there are %d more like it", b.more)
	}
	s.report(*b.first)
}
