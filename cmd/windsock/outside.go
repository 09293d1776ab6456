package main

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/grammar"
)

// fileDirectives are the directives whose argument is the path of a file that
// must be there when Sphinx reads the page.
var fileDirectives = []string{"include", "literalinclude", "exampleinclude", "image", "figure"}

// A loss is what the pages of an output tree would not find from there.
type loss struct {
	tree   *pages.Tree
	reader *grammar.Reader // nil if nothing can be lost
	first  *grammar.Finding
	others int
}

// lossOf returns the loss of an output tree, before any page. Beside the source folder
// there is none, since paths that leave that lead to the same places from here.
func lossOf(tree *pages.Tree) *loss {
	l := &loss{tree: tree}
	if !tree.Beside() {
		l.reader = &grammar.Reader{Directives: fileDirectives}
	}
	return l
}

// find notes what a page would lose. It may be called for several pages at once.
func (l *loss) find(r *pageResult) {
	if l.reader == nil || !bytes.Contains(r.source, []byte("../")) {
		return // a path without it stays in the source folder
	}
	for _, n := range l.reader.Read(r.source).Nodes {
		d := n.Directive
		if d == nil || len(d.Arguments) == 0 {
			continue
		}
		r.leans = true
		if !l.tree.Loses(r.page.Rel, d.Arguments[0].Value) {
			continue
		}
		if r.losses++; r.losses == 1 {
			r.loss = &grammar.Resolve(r.page.Path, r.source, []grammar.Diagnostic{l.lost(d.Arguments[0])})[0]
		}
	}
}

// lost is the finding about an include that an output tree would miss.
func (l *loss) lost(argument grammar.Text) grammar.Diagnostic {
	return grammar.Diagnostic{
		Span: argument.Span, Rule: directives.OutsideSource, Severity: grammar.Warning,
		Message: fmt.Sprintf("%s is outside the source folder, and not found from %s", strings.TrimSpace(argument.Value), pages.Quoted(path.Clean(l.tree.Path("")))),
	}
}

// add counts what a page would lose, the pages in their order.
func (l *loss) add(r *pageResult) {
	if l.others += r.losses; l.first == nil && r.loss != nil {
		l.first = r.loss
		l.others--
	}
}

// report reports the first include that would be lost, since a place that works for
// one works for all.
func (l *loss) report(s *session) {
	if l.first == nil {
		return
	}
	l.first.Help = "put the output tree beside the source folder, as in -o " + pages.Quoted(l.tree.BesideSource())
	if l.others > 0 {
		l.first.Help += fmt.Sprintf("; there are %d more like it", l.others)
	}
	s.report(*l.first)
}
