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

// An includeGraph records which files the pages of a run include. It reports included files with
// live text, that is, with a directive or role of windsock's that nothing expands. Such a file is
// outside the source folder, or in it without being a page. Several goroutines may use it.
type includeGraph struct {
	*examiner
	walk   *pages.Walk // decides which files are pages
	roots  []string    // the folders whose pages are expanded
	toTree bool        // whether the only root is expanded to an output tree

	mu      sync.Mutex               // guards the fields below
	sources map[string]string        // Sphinx source folders by the folders of pages
	files   map[string]*includedFile // by path; nil for files without live text and includes
	done    map[includeNode]bool     // nodes that lead to no live text
}

// An includeNode is a file included by the pages of one folder. Sphinx resolves every include path
// from the folder of the page, even if the include is in another included file.
type includeNode struct {
	source string // the source folder, which paths with a leading slash are relative to
	folder string // the folder of the pages
	name   string // the path of the file
}

// newIncludeGraph returns the graph of a run over PATHs. If toTree is set, the only PATH is expanded
// to an output tree.
func (s *session) newIncludeGraph(toTree bool, paths ...string) *includeGraph {
	walk, _ := pages.NewWalk(nil, s.extensions) // cannot fail without a PATH
	g := &includeGraph{
		examiner: s.examiner(expand.OutputTree), walk: walk, toTree: toTree,
		sources: make(map[string]string), files: make(map[string]*includedFile), done: make(map[includeNode]bool),
	}
	for _, p := range paths {
		if pages.IsFolder(p) {
			g.roots = append(g.roots, pages.Name(p))
		}
	}
	return g
}

// find returns the findings about a page's includes. It parses the page only if a line names a
// file with live text, or an option selects lines by number.
func (g *includeGraph) find(r *pageResult) (found []finding.Finding) {
	r.liveIncludes = nil
	// A run that expands in place may already have written the included page, so that its line
	// numbers are unknown.
	numbered := (g.session.checking || !g.session.inPlace) && mayUseLineNumbers(r.source)
	targets := includeTargets(r.source)
	if len(targets) == 0 && !numbered {
		return nil
	}
	page := includeNode{source: g.sourceOf(r.page), folder: path.Dir(r.page.Path)}
	isLive := func(target string) bool { return g.findLive(page, target) != nil }
	if page.source == "" || !numbered && !slices.ContainsFunc(targets, isLive) {
		return nil
	}
	for d := range directivesOf(r.read(), "include", "literalinclude") {
		argument := d.Arguments[0]
		f := finding.Finding{Span: argument.Span, Rule: finding.Unexpanded, Severity: finding.Error}
		if file := g.findLive(page, argument.Value); file != nil && strings.EqualFold(d.Type.Value, "include") {
			r.liveIncludes = append(r.liveIncludes, argument.Span)
			f.About, f.Help = file.about, file.help()
			f.Message = fmt.Sprintf("%s contains %s at line %d, and nothing expands it there", pages.Quoted(file.name), file.live, file.line)
			found = append(found, f)
		} else if node, isPage := g.resolve(page, argument.Value); isPage && numbered && g.movesLines(node.name, lastLineOf(d)) {
			f.Rule, f.Severity, f.Help = finding.OutsideSource, finding.Warning, "select text instead of line numbers, with :start-after: and :end-before:"
			f.Message = fmt.Sprintf("%s is included by line numbers, but expanding it moves its lines", pages.Quoted(node.name))
			found = append(found, f)
		}
	}
	return found
}

// mayUseLineNumbers reports whether a page may contain an option that selects lines by number.
func mayUseLineNumbers(text []byte) bool {
	return bytes.Contains(text, []byte("-line:")) || bytes.Contains(text, []byte(":lines:"))
}

// includePattern matches the type and the argument of an include directive.
var includePattern = regexp.MustCompile(`include::(.*)`)

// includeTargets returns the arguments of what looks like include directives. It does not parse the
// page, since few pages include a file with live text.
func includeTargets(text []byte) (targets []string) {
	for _, m := range includePattern.FindAllSubmatchIndex(text, -1) {
		if dots, ok := bytes.CutSuffix(text[:m[0]], []byte(" ")); ok && bytes.HasSuffix(bytes.TrimRight(dots, " "), []byte("..")) {
			targets = append(targets, string(text[m[2]:m[3]]))
		}
	}
	return targets
}

// directivesOf yields the directives of some types in a page that have an argument.
func directivesOf(doc *grammar.Document, types ...string) iter.Seq[*grammar.Directive] {
	return func(yield func(*grammar.Directive) bool) {
		for e := range doc.Root.All() {
			if e.Kind == grammar.DirectiveBlock && slices.Contains(types, e.Name.Value) && len(e.Directive.Arguments) > 0 && !yield(e.Directive) {
				return
			}
		}
	}
}

// numberPattern matches a line number in the value of an option.
var numberPattern = regexp.MustCompile(`[0-9]+`)

// lastLineOf returns the last line number, from 1, in the options of an include directive, 0 if
// there is none. A number counted from the end of the file depends on all its lines.
func lastLineOf(d *grammar.Directive) (last int) {
	for _, name := range []string{"start-line", "end-line", "lines"} {
		if o := d.Option(name); o != nil {
			value := strings.TrimSpace(grammar.Join(o.Value).Value)
			if strings.HasPrefix(value, "-") || strings.HasSuffix(value, "-") {
				return math.MaxInt
			}
			for _, number := range numberPattern.FindAllString(value, -1) {
				n, _ := strconv.Atoi(number)
				last = max(last, n)
			}
		}
	}
	return last
}

// movesLines reports whether expanding a page moves any of its lines up to last.
func (g *includeGraph) movesLines(name string, last int) bool {
	data, err := readFile(name)
	if err != nil || last == 0 || !g.gate.Passes(data) {
		return false
	}
	lines := grammar.NewLines(data)
	r := g.Expand(expand.Page{Path: name, Source: data}, g.reader.Read(data))
	from, _ := r.Lines(data).Source(last)
	return from != last || g.session.inPlace && slices.ContainsFunc(r.Expansions, func(x expand.Expansion) bool {
		return x.Region == nil && lines.Number(x.Source.Start) <= last // in place, a comment is added above it
	})
}

// findLive returns the first file with live text that an include leads to, directly or through
// other includes, nil if there is none.
func (g *includeGraph) findLive(from includeNode, target string) *includedFile {
	node, isPage := g.resolve(from, target)
	if isPage || node.name == "" {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	visited := make(map[includeNode]bool)
	file := g.search(node, visited)
	if file == nil {
		maps.Copy(g.done, visited)
	}
	return file
}

// search returns the first file with live text from a node on, not counting visited nodes. The
// caller holds g.mu.
func (g *includeGraph) search(n includeNode, visited map[includeNode]bool) *includedFile {
	file := g.open(n.name)
	if file == nil || visited[n] || g.done[n] {
		return nil
	}
	if visited[n] = true; file.live != "" {
		return file
	}
	for _, target := range file.includes {
		if next, isPage := g.resolve(n, target); !isPage && next.name != "" {
			if found := g.search(next, visited); found != nil {
				return found
			}
		}
	}
	return nil
}

// resolve returns the node for the argument of an include directive in another node, and whether
// it is a page of the run. The node's name is "" if the argument names no file.
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
	return from, g.isPage(from)
}

// isPage reports whether a file is a page of the run, which is expanded by itself.
func (g *includeGraph) isPage(n includeNode) bool {
	for _, root := range append([]string{n.source}, g.roots...) {
		rel, err := filepath.Rel(g.abs(root), g.abs(n.name))
		if err == nil && filepath.IsLocal(rel) && g.walk.Matches(filepath.ToSlash(rel)) {
			return !g.session.project.Ignore.Ignores(n.name)
		}
	}
	return false
}

// sourceOf returns the Sphinx source folder of a page: that of the output tree, or else the nearest
// folder above the page with a conf.py, or else the folder that the user named. It returns "" if
// none is known.
func (g *includeGraph) sourceOf(p pages.Page) string {
	if g.toTree {
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

// abs returns the absolute path of a file. If the working folder is unknown, "/" replaces it.
func (g *includeGraph) abs(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(cmp.Or(g.Folder, string(filepath.Separator)), name)
}

// sphinxSource returns the nearest folder with a conf.py, from the given folder upward, "" if there
// is none.
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
