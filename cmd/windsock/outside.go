package main

import (
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

// outside returns what finds the includes of a page that its copy in an output
// tree would miss (DESIGN 2, PATH). Beside the source folder there are none.
func outside(tree *pages.Tree) func(*pageResult) {
	if tree.Beside() {
		return func(*pageResult) {}
	}
	reader := &grammar.Reader{Directives: fileDirectives}
	return func(r *pageResult) {
		for _, n := range reader.Read(r.source).Nodes {
			if d := n.Directive; d != nil && len(d.Arguments) > 0 && tree.Loses(r.page.Rel, d.Arguments[0].Value) {
				r.Diagnostics = append(r.Diagnostics, lost(tree, d.Arguments[0]))
			}
		}
	}
}

// lost is the finding about an include that an output tree would miss.
func lost(tree *pages.Tree, argument grammar.Text) grammar.Diagnostic {
	return grammar.Diagnostic{
		Span: argument.Span, Rule: directives.OutsideSource, Severity: grammar.Warning,
		Message: fmt.Sprintf("%s is outside the source folder, and not found from %s", strings.TrimSpace(argument.Value), path.Clean(tree.Path(""))),
		Help:    "put the output tree beside the source folder, as in -o " + tree.BesideSource(),
	}
}
