package main

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/cmd/windsock/internal/project"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/grammar"
)

// An includeGraph records which files the pages of a run include. It finds those that hold
// a directive or a role that nothing expands: files outside the source folder, and files in
// it that are no pages. It may serve many pages at once.
type includeGraph struct {
	session *session
	*examiner
	walk  *pages.Walk // says which files are pages
	roots []string    // the folders whose pages are expanded
	tree  bool        // whether the only root is expanded to an output tree

	mu      sync.Mutex        // guards what follows
	sources map[string]string // the source folder by the folder of a page
	files   map[string]*includedFile
	live    map[includeNode]*includedFile // the unexpanded file that each node leads to, nil for none
}

// An includeNode is a file as the pages of one folder include it: Sphinx resolves each path
// from the folder of the page, also in the files that the page includes.
type includeNode struct {
	source string // the source folder, from which paths with a slash before them lead
	folder string // of the pages
	name   string // the path of the file
}

// included returns the graph of a run over PATHs, which go to an output tree or not.
func (s *session) included(tree bool, paths ...string) *includeGraph {
	walk, _ := pages.NewWalk(nil, s.extensions) // which fails only for a PATH that is missing
	g := &includeGraph{
		session: s, examiner: s.examiner(expand.SourcesOnly), walk: walk, tree: tree,
		sources: make(map[string]string), files: make(map[string]*includedFile), live: make(map[includeNode]*includedFile),
	}
	for _, p := range paths {
		if pages.IsFolder(p) {
			g.roots = append(g.roots, pages.Name(p))
		}
	}
	return g
}

// find returns the findings about what a page includes. A page is parsed only if one of its
// lines names a file that holds something.
func (g *includeGraph) find(r *pageResult) (found []finding.Finding) {
	r.included = nil
	targets := includesOf(r.source)
	if len(targets) == 0 {
		return nil
	}
	page := includeNode{source: g.sourceOf(r.page), folder: path.Dir(r.page.Path)}
	if page.source == "" {
		return nil
	}
	if !slices.ContainsFunc(targets, func(target string) bool { return g.unexpanded(page, target) != nil }) {
		return nil
	}
	for argument := range argumentsOf(r.read(), "include") {
		if file := g.unexpanded(page, argument.Value); file != nil {
			r.included = append(r.included, argument.Span)
			found = append(found, finding.Finding{
				Span: argument.Span, Rule: finding.Unexpanded, Severity: finding.Error, About: file.about,
				Message: fmt.Sprintf("%s holds %s at line %d, and nothing expands it there", pages.Quoted(file.name), file.holds, file.line),
				Help:    file.help(),
			})
		}
	}
	return found
}

// findMoved returns the findings about includes by line numbers of pages whose lines
// expanding moves.
func (g *includeGraph) findMoved(r *pageResult) (found []finding.Finding) {
	if !bytes.Contains(r.source, []byte("-line:")) && !bytes.Contains(r.source, []byte(":lines:")) {
		return nil
	}
	page := includeNode{source: g.sourceOf(r.page), folder: path.Dir(r.page.Path)}
	for e := range r.read().Root.All() {
		d := e.Directive
		if e.Kind != grammar.DirectiveBlock || !slices.Contains([]string{"include", "literalinclude"}, e.Name.Value) || len(d.Arguments) == 0 {
			continue
		}
		node, unexpanded := g.resolve(page, d.Arguments[0].Value)
		if last := lastLineOf(d); last > 0 && page.source != "" && !unexpanded && g.movesAbove(node.name, last) {
			found = append(found, finding.Finding{
				Span: d.Arguments[0].Span, Rule: finding.OutsideSource, Severity: finding.Warning,
				Message: fmt.Sprintf("%s is included by line numbers, and its lines move as it is expanded", pages.Quoted(node.name)),
				Help:    "name text in place of lines, as with :start-after: and :end-before:",
			})
		}
	}
	return found
}

// lastLineOf returns the last line, from 1, that the options of an include count to, 0 if
// none counts lines. What is counted from the end depends on all lines.
func lastLineOf(d *grammar.Directive) (last int) {
	for _, name := range []string{"start-line", "end-line", "lines"} {
		if o := d.Option(name); o != nil {
			for word := range strings.FieldsFuncSeq(grammar.Join(o.Value).Value, func(r rune) bool { return r == ',' || r == ' ' }) {
				first, to, isRange := strings.Cut(word, "-")
				n, _ := strconv.Atoi(cmp.Or(to, first))
				if last = max(last, n); isRange && (first == "" || to == "") {
					last = math.MaxInt
				}
			}
		}
	}
	return last
}

// movesAbove reports whether expanding a page moves lines below one that is no later than
// the given one.
func (g *includeGraph) movesAbove(name string, line int) bool {
	data, err := readFile(name)
	if err != nil || !g.gate.Passes(data) {
		return false
	}
	lines := grammar.NewLines(data)
	for _, x := range g.Expand(expand.Page{Path: name, Source: data}, g.examiner.reader.Read(data)).Expansions {
		before := lines.Number(x.Source.End) - lines.Number(x.Source.Start) + 1
		after := len(x.New)
		switch {
		case x.Region != nil:
			before = len(x.Old)
		case g.session.inPlace:
			after += before // the comment that keeps the directive
		}
		if before != after && lines.Number(x.Source.Start) <= line {
			return true
		}
	}
	return false
}

// includesOf returns the arguments of what looks like an include directive. It looks at
// lines alone, since hardly a page includes a file that matters.
func includesOf(text []byte) (targets []string) {
	for {
		before, behind, ok := bytes.Cut(text, []byte("::"))
		if !ok {
			return targets
		}
		text = behind
		if dots, ok := bytes.CutSuffix(before, []byte(" include")); ok && bytes.HasSuffix(bytes.TrimRight(dots, " "), []byte("..")) {
			line, _, _ := bytes.Cut(text, []byte("\n"))
			targets = append(targets, string(line))
		}
	}
}

// unexpanded returns the file that an include leads to, at once or through other includes,
// and that holds something unexpanded: the first by name if there are several, nil if there
// is none.
func (g *includeGraph) unexpanded(from includeNode, target string) *includedFile {
	node, ok := g.resolve(from, target)
	if !ok {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.open(node.name) == irrelevant {
		return nil
	}
	if _, known := g.live[node]; !known {
		g.explore(node)
	}
	return g.live[node]
}

// explore finds what a node leads to. If that is nothing, so is what all nodes on the way
// lead to, which are not explored again.
func (g *includeGraph) explore(first includeNode) {
	var found *includedFile
	passed := map[includeNode]bool{first: true}
	for nodes := []includeNode{first}; len(nodes) > 0; nodes = nodes[1:] {
		file, known := g.live[nodes[0]]
		if !known {
			file = g.open(nodes[0].name)
		}
		switch {
		case file == nil:
		case file.holds == "":
			for _, target := range file.includes {
				if next, ok := g.resolve(nodes[0], target); ok && !passed[next] {
					passed[next] = true
					nodes = append(nodes, next)
				}
			}
		case found == nil || file.name < found.name:
			found = file
		}
	}
	if found == nil {
		for node := range passed {
			g.live[node] = nil
		}
	}
	g.live[first] = found
}

// resolve returns the node that an include in another one names, false if it names no file,
// or a page that is expanded as such.
func (g *includeGraph) resolve(from includeNode, target string) (includeNode, bool) {
	target = strings.TrimSpace(target)
	if target == "" || strings.HasPrefix(target, "<") {
		return from, false
	}
	from.name = path.Join(from.folder, target)
	if strings.HasPrefix(target, "/") {
		from.name = path.Join(from.source, target)
	}
	return from, !g.isExpanded(from)
}

// isExpanded reports whether a file is a page that is expanded as such.
func (g *includeGraph) isExpanded(n includeNode) bool {
	for _, root := range append([]string{n.source}, g.roots...) {
		rel, err := filepath.Rel(g.abs(root), g.abs(n.name))
		if err == nil && filepath.IsLocal(rel) && g.walk.Takes(filepath.ToSlash(rel)) {
			return !g.session.project.Ignore.Ignores(n.name)
		}
	}
	return false
}

// irrelevant is every file that includes nothing and holds nothing unexpanded. Most are,
// and a hundred thousand pages may include as many.
var irrelevant = &includedFile{}

// sourceOf returns the source folder that Sphinx has for a page: that of an output tree,
// else the nearest folder above the page that holds a conf.py, else the folder that the
// user named; "" if none is known.
func (g *includeGraph) sourceOf(p pages.Page) string {
	if g.tree {
		return g.roots[0]
	}
	if folder := g.sphinxSource(path.Dir(p.Path)); folder != "" {
		return folder
	}
	for _, root := range g.roots {
		if path.Join(root, p.Rel) == p.Path {
			return root
		}
	}
	return ""
}

// abs returns the absolute path of a file. Where the working folder is not known, the root
// stands for it.
func (g *includeGraph) abs(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(cmp.Or(g.Folder, string(filepath.Separator)), name)
}

// sphinxSource returns the nearest folder from the given one upward that holds a conf.py,
// "" if none does.
func (g *includeGraph) sphinxSource(folder string) string {
	g.mu.Lock()
	defer g.mu.Unlock()
	source, known := g.sources[folder]
	if !known {
		if source = project.Above(folder, "conf.py"); source != "" {
			source = project.Name(source)
		}
		g.sources[folder] = source
	}
	return source
}
