package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/finding"
	"windsock/grammar"
)

// An inclusion looks into the files that pages include and that nothing expands:
// those outside the source folder, and those in it that are no pages. It may serve many
// pages at once.
type inclusion struct {
	session *session
	*examiner
	walk   *pages.Walk // tells which files are pages
	roots  []string    // the folders whose pages are expanded
	tree   bool        // whether that is to an output tree, of the only root
	reader *grammar.Reader
	files  sync.Map // what is known of each file, by its path
	tops   sync.Map // the nearest folder with a conf.py, by the folder it is looked for from

	mu      sync.Mutex
	reaches map[[2]string]*reach // what the includes in pages lead to, by their source folder and own folder
}

// An includedFile is what matters in a file that pages include.
type includedFile struct {
	holds    string         // a directive or a role of windsock's, "" for none
	line     int            // where that stands
	about    finding.Option // that it shows, if nothing else stands live in the file
	includes []string       // the files that it includes itself
}

// help says what to do about a file that holds something live.
func (f *liveFile) help() string {
	if directives.Define(f.holds) == nil {
		return "make it a page of the source folder"
	}
	return "make it a page of the source folder, or run \"windsock expand -w " + pages.Quoted(f.name) + "\""
}

// included returns the inclusion of a run over PATHs, which go to an output tree or
// not. What it looks for is the same either way: what would be expanded somewhere.
func (s *session) included(tree bool, paths ...string) *inclusion {
	walk, _ := pages.NewWalk(nil, s.extensions) // of no PATH that could be missing
	i := &inclusion{session: s, examiner: s.examiner(directives.SourcesOnly), walk: walk, tree: tree, reader: &grammar.Reader{Directives: []string{"include"}}}
	for _, p := range paths {
		if pages.IsFolder(p) {
			i.roots = append(i.roots, pages.Name(p))
		}
	}
	return i
}

// find returns the findings about what a page includes.
func (i *inclusion) find(r *pageResult) []finding.Finding {
	r.included = nil
	targets := includesOf(r.source)
	if len(targets) == 0 {
		return nil
	}
	source := i.sourceOf(r.page)
	if source == "" {
		return nil
	}
	reach := i.reachOf(source, path.Dir(r.page.Path))
	names := reach.namesOf(targets)
	r.leans = r.leans || len(names) > 0
	if !slices.ContainsFunc(names, func(name string) bool { return reach.leadsTo(name) != nil }) {
		return nil
	}
	var found []finding.Finding
	for _, n := range i.reader.Read(r.source).Nodes {
		if n.Directive == nil || len(n.Directive.Arguments) == 0 {
			continue
		}
		argument := n.Directive.Arguments[0]
		if file := reach.live(argument.Value); file != nil {
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

// includesOf returns the arguments of what looks like a directive that includes a
// file. It looks at lines alone, since hardly a page includes any that matters.
func includesOf(text []byte) []string {
	var targets []string
	for {
		before, behind, ok := bytes.Cut(text, []byte("::"))
		if !ok {
			return targets
		}
		text = behind
		if mark, ok := bytes.CutSuffix(before, []byte(" include")); ok && bytes.HasSuffix(bytes.TrimRight(mark, " "), []byte("..")) {
			line, _, _ := bytes.Cut(text, []byte("\n"))
			targets = append(targets, string(line))
		}
	}
}

// mostReaches is how many reaches are kept. Pages of one folder come one after the other,
// so that a few are enough, and a hundred thousand pages have many folders.
const mostReaches = 64

// reachOf returns the reach of the pages of a folder.
func (i *inclusion) reachOf(source, folder string) *reach {
	i.mu.Lock()
	defer i.mu.Unlock()
	at := [2]string{source, folder}
	known := i.reaches[at]
	if known == nil {
		if i.reaches == nil || len(i.reaches) == mostReaches {
			i.reaches = make(map[[2]string]*reach)
		}
		known = &reach{inclusion: i, source: source, folder: folder, known: make(map[string]*liveFile)}
		i.reaches[at] = known
	}
	return known
}

// isExpanded reports whether a file is a page that is expanded as such.
func (i *inclusion) isExpanded(source, name string) bool {
	for _, root := range append([]string{source}, i.roots...) {
		if rel, ok := i.below(root, name); ok && i.walk.Takes(rel) {
			return !i.session.project.Ignore.Ignores(name)
		}
	}
	return false
}

// open reads a file that pages include, once. What cannot be read holds nothing: Sphinx
// says so.
func (i *inclusion) open(name string) *includedFile {
	if known, ok := i.files.Load(name); ok {
		return known.(*includedFile)
	}
	file := &includedFile{}
	if data, err := i.session.readFile(name); err == nil {
		file.includes = includesOf(data)
		i.look(file, name, data)
	}
	i.files.Store(name, file)
	return file
}

// look finds the first directive or role of windsock's in a file that stands live.
func (i *inclusion) look(file *includedFile, name string, data []byte) {
	r := i.Expand(directives.Page{Path: name, Source: data}, i.examiner.reader.Read(data))
	for _, x := range r.Expansions {
		switch {
		case x.Managed:
		case file.holds != "":
			file.about = finding.Option{}
			return
		default:
			file.holds, file.line, file.about = x.Type.Value, grammar.NewLines(data).Number(x.Source.Start), x.About()
		}
	}
	for _, d := range r.Diagnostics {
		if r.Blocked && d.Rule == finding.BadDirective {
			file.holds, file.line = "a directive that cannot be expanded", grammar.NewLines(data).Number(d.Span.Start)
			return
		}
	}
}

// sourceOf returns the source folder that Sphinx has for a page: that of an output
// tree, else the nearest above the page that holds a conf.py, else the folder that the
// user named; "" if none is known.
func (i *inclusion) sourceOf(p pages.Page) string {
	if i.tree {
		return i.roots[0]
	}
	if top := i.confFolder(path.Dir(p.Path)); top != "" {
		return top
	}
	for _, root := range i.roots {
		if path.Join(root, p.Rel) == p.Path {
			return root
		}
	}
	return ""
}

// confFolder returns the nearest folder from one upward that holds a conf.py, "" for
// none. Each folder is looked into once.
func (i *inclusion) confFolder(folder string) string {
	if known, ok := i.tops.Load(folder); ok {
		return known.(string)
	}
	top := ""
	if _, err := os.Stat(path.Join(folder, "conf.py")); err == nil {
		top = folder
	} else if abs := i.abs(folder); filepath.Dir(abs) != abs {
		top = i.confFolder(path.Join(folder, ".."))
	}
	i.tops.Store(folder, top)
	return top
}

// below returns the path that leads from a folder to a file below it, false if the file
// lies elsewhere.
func (i *inclusion) below(folder, name string) (string, bool) {
	if filepath.IsLocal(folder) && filepath.IsLocal(name) { // both are below the working folder
		if folder = path.Clean(folder); folder == "." {
			return path.Clean(name), true
		}
		return strings.CutPrefix(path.Clean(name), folder+"/")
	}
	rel, err := filepath.Rel(i.abs(folder), i.abs(name))
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// abs returns the absolute path of a file. The working folder is asked for once in a
// run, not for each file; where it is not known, the root stands for it.
func (i *inclusion) abs(name string) string {
	if name = filepath.FromSlash(name); filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(cmp.Or(i.Folder, string(filepath.Separator)), name)
}
