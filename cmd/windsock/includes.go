package main

import (
	"bytes"
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math"
	"path"
	"path/filepath"
	"regexp"
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

	mu      sync.Mutex               // guards what follows
	sources map[string]string        // the source folder by the folder of a page
	files   map[string]*includedFile // nil for those that hold and include nothing
	done    map[includeNode]bool     // those that lead to nothing unexpanded
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
		session: s, examiner: s.examiner(expand.OutputTree), walk: walk, tree: tree,
		sources: make(map[string]string), files: make(map[string]*includedFile), done: make(map[includeNode]bool),
	}
	for _, p := range paths {
		if pages.IsFolder(p) {
			g.roots = append(g.roots, pages.Name(p))
		}
	}
	return g
}

// find returns the findings about what a page includes. A page is parsed only if one of its
// lines names a file that holds something, or line numbers.
func (g *includeGraph) find(r *pageResult) (found []finding.Finding) {
	r.included = nil
	targets, numbered := includesOf(r.source), g.knowsLines() && mayCountLines(r.source)
	if len(targets) == 0 && !numbered {
		return nil
	}
	page := includeNode{source: g.sourceOf(r.page), folder: path.Dir(r.page.Path)}
	isLive := func(target string) bool { return g.unexpanded(page, target) != nil }
	if page.source == "" || !numbered && !slices.ContainsFunc(targets, isLive) {
		return nil
	}
	for d := range directivesOf(r.read(), "include", "literalinclude") {
		argument := d.Arguments[0]
		f := finding.Finding{Span: argument.Span, Rule: finding.Unexpanded, Severity: finding.Error}
		if file := g.unexpanded(page, argument.Value); file != nil && isInclude(d) {
			r.included = append(r.included, argument.Span)
			f.About, f.Help = file.about, file.help()
			f.Message = fmt.Sprintf("%s holds %s at line %d, and nothing expands it there", pages.Quoted(file.name), file.holds, file.line)
			found = append(found, f)
		} else if node, isPage := g.resolve(page, argument.Value); isPage && numbered && g.movesAbove(node.name, lastLineOf(d)) {
			f.Rule, f.Severity, f.Help = finding.OutsideSource, finding.Warning, "name text in place of lines, as with :start-after: and :end-before:"
			f.Message = fmt.Sprintf("%s is included by line numbers, and its lines move as it is expanded", pages.Quoted(node.name))
			found = append(found, f)
		}
	}
	return found
}

// knowsLines reports whether pages are read as they were before the run: one that expands in
// place may have written the included page already.
func (g *includeGraph) knowsLines() bool { return g.session.checking || !g.session.inPlace }

// digits matches the numbers of lines, and includeType the type of a directive that includes,
// and its argument.
var (
	digits      = regexp.MustCompile(`[0-9]+`)
	includeType = regexp.MustCompile(`include::(.*)`)
)

// mayCountLines reports whether a page may hold one of the options that count lines.
func mayCountLines(text []byte) bool {
	return bytes.Contains(text, []byte("-line:")) || bytes.Contains(text, []byte(":lines:"))
}

// includesOf returns the arguments of what looks like an include directive. It looks at
// lines alone, since hardly a page includes a file that matters.
func includesOf(text []byte) (targets []string) {
	for _, m := range includeType.FindAllSubmatchIndex(text, -1) {
		if dots, ok := bytes.CutSuffix(text[:m[0]], []byte(" ")); ok && bytes.HasSuffix(bytes.TrimRight(dots, " "), []byte("..")) {
			targets = append(targets, string(text[m[2]:m[3]]))
		}
	}
	return targets
}

// directivesOf yields the directives of a page that have an argument and one of some types.
func directivesOf(doc *grammar.Document, types ...string) iter.Seq[*grammar.Directive] {
	return func(yield func(*grammar.Directive) bool) {
		for e := range doc.Root.All() {
			if e.Kind == grammar.DirectiveBlock && slices.Contains(types, e.Name.Value) && len(e.Directive.Arguments) > 0 && !yield(e.Directive) {
				return
			}
		}
	}
}

// isInclude reports whether a directive includes RST.
func isInclude(d *grammar.Directive) bool { return strings.EqualFold(d.Type.Value, "include") }

// lastLineOf returns the last line, from 1, that the options of an include count to, 0 if
// none counts lines. What is counted from the end depends on all lines.
func lastLineOf(d *grammar.Directive) (last int) {
	for _, name := range []string{"start-line", "end-line", "lines"} {
		if o := d.Option(name); o != nil {
			value := strings.TrimSpace(grammar.Join(o.Value).Value)
			if strings.HasPrefix(value, "-") || strings.HasSuffix(value, "-") {
				return math.MaxInt
			}
			for _, number := range digits.FindAllString(value, -1) {
				n, _ := strconv.Atoi(number)
				last = max(last, n)
			}
		}
	}
	return last
}

// movesAbove reports whether expanding a page moves lines down to the given one; 0 is none.
func (g *includeGraph) movesAbove(name string, last int) bool {
	data, err := readFile(name)
	if err != nil || last == 0 || !g.gate.Passes(data) {
		return false
	}
	lines := grammar.NewLines(data)
	r := g.Expand(expand.Page{Path: name, Source: data}, g.examiner.reader.Read(data))
	from, _ := r.Lines(data).Source(last)
	return from != last || g.session.inPlace && slices.ContainsFunc(r.Expansions, func(x expand.Expansion) bool {
		return x.Region == nil && lines.Number(x.Source.Start) <= last // a comment is put above it
	})
}

// unexpanded returns the first file that an include leads to, at once or through other
// includes, and that holds something unexpanded; nil if there is none.
func (g *includeGraph) unexpanded(from includeNode, target string) *includedFile {
	node, isPage := g.resolve(from, target)
	if isPage || node.name == "" {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	passed := make(map[includeNode]bool)
	file := g.search(node, passed)
	if file == nil {
		maps.Copy(g.done, passed)
	}
	return file
}

// search returns the first file with something unexpanded from a node on, except behind those
// that were passed.
func (g *includeGraph) search(n includeNode, passed map[includeNode]bool) *includedFile {
	file := g.open(n.name)
	if file == nil || passed[n] || g.done[n] {
		return nil
	}
	if passed[n] = true; file.holds != "" {
		return file
	}
	for _, target := range file.includes {
		if next, isPage := g.resolve(n, target); !isPage && next.name != "" {
			if found := g.search(next, passed); found != nil {
				return found
			}
		}
	}
	return nil
}

// resolve returns the node that an include in another one names, without a name if that is no
// file, and whether it is a page that is expanded as such.
func (g *includeGraph) resolve(from includeNode, target string) (n includeNode, isPage bool) {
	target = strings.TrimSpace(target)
	if from.name = ""; target == "" || strings.HasPrefix(target, "<") {
		return from, false
	}
	folder := from.folder
	if strings.HasPrefix(target, "/") {
		folder = from.source
	}
	from.name = path.Join(folder, target)
	return from, g.isExpanded(from)
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
