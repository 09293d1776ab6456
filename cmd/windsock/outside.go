package main

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/finding"
	"windsock/grammar"
)

// fileDirectives are the directives whose argument is the path of a file that
// must be there when Sphinx reads the page.
var fileDirectives = []string{"include", "literalinclude", "exampleinclude", "image", "figure"}

// A loss is what the pages of an output tree would not find from there.
type loss struct {
	tree   *pages.Tree
	beside bool // whether nothing can be lost
	first  *finding.Located
	others int

	mu    sync.Mutex
	known map[string]bool // whether files outside the source folder would be lost, by their paths from there
}

// lossOf returns the loss of an output tree, before any page. Beside the source folder
// there is none, since paths that leave that lead to the same places from here.
func lossOf(tree *pages.Tree) *loss {
	return &loss{tree: tree, beside: tree.Beside()}
}

// find returns the findings about what a page would lose. It may be called for several
// pages at once.
func (l *loss) find(r *pageResult) (found []finding.Finding) {
	if l.beside || !bytes.Contains(r.source, []byte("../")) {
		return nil // a path without it stays in the source folder
	}
	reader := grammar.Reader{Directives: fileDirectives, Unlike: func(line []byte) bool { return l.isUnlike(r, line) }}
	for _, n := range reader.Read(r.source).Nodes {
		d := n.Directive
		if d != nil && len(d.Arguments) > 0 && l.loses(r, d.Arguments[0].Value) {
			found = append(found, l.lost(d.Arguments[0]))
		}
	}
	return found
}

// take takes the findings about what a page would lose out of its others, since of all
// pages only the first is told; those that the page silences are gone before. It may be
// called for several pages at once.
func (l *loss) take(r *pageResult) {
	r.Diagnostics = slices.DeleteFunc(r.Diagnostics, func(d finding.Finding) bool {
		if d.Rule != finding.OutsideSource {
			return false
		}
		if r.losses++; r.losses == 1 {
			r.loss = &finding.Resolve(r.page.Path, r.source, []finding.Finding{d})[0]
		}
		return true
	})
}

// isUnlike reports whether a line, from the type of a directive on, certainly names no
// file that would be lost. Few pages name one, and only these need to be parsed.
func (l *loss) isUnlike(r *pageResult, line []byte) bool {
	_, argument, _ := bytes.Cut(line, []byte("::"))
	target := string(bytes.TrimSpace(argument))
	return target != "" && !strings.ContainsFunc(target, isOddInPath) && !l.loses(r, target)
}

// isOddInPath reports whether a character of what looks like a path may be none of it, but
// the border of a table's cell, say.
func isOddInPath(c rune) bool {
	return !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.ContainsRune("/._-", c))
}

// loses reports whether a page names a file outside the source folder that the output tree
// would miss. It notes that the page leans on what is outside, missed or not.
func (l *loss) loses(r *pageResult, target string) bool {
	to, leaves := pages.Leaving(r.page.Rel, target)
	if !leaves {
		return false
	}
	r.leans = true
	l.mu.Lock()
	lost, known := l.known[to]
	l.mu.Unlock()
	if !known {
		lost = l.tree.Loses(to)
		l.remember(to, lost)
	}
	return lost
}

// mostKnown is how many files outside the source folder are remembered at any time.
const mostKnown = 1024

// remember remembers whether a file would be lost: many pages name the same.
func (l *loss) remember(to string, lost bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil || len(l.known) == mostKnown {
		l.known = make(map[string]bool)
	}
	l.known[to] = lost
}

// lost is the finding about an include that an output tree would miss.
func (l *loss) lost(argument grammar.Text) finding.Finding {
	return finding.Finding{
		Span: argument.Span, Rule: finding.OutsideSource, Severity: finding.Warning,
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
