package main

import (
	"os"

	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/finding"
	"windsock/grammar"
)

// An examiner does with a page what every command does: it expands the page and
// checks what the page says of options. It may serve many pages at once.
type examiner struct {
	*directives.Expander
	checker *check.Checker
	reader  *grammar.Reader
	counts  bool // whether references are counted where none can be wrong
	// others find what else is wrong in a page that was expanded, such as in what it
	// includes. Comments in the page silence that as well.
	others []func(*pageResult) []finding.Finding
}

// examiner returns the examiner of this run.
func (s *session) examiner(mode directives.Mode) *examiner {
	wd, _ := os.Getwd() // without it, "self" finds what lies below the working folder
	e := &directives.Expander{
		Catalog:           s.catalog,
		Mode:              mode,
		Folder:            wd,
		Force:             s.force,
		BadData:           s.badData,
		LiteralDirectives: s.project.LiteralDirectives,
		Buffer:            s.buffer,
	}
	for _, r := range s.project.Regions {
		e.Bindings = append(e.Bindings, directives.Binding{Begin: r.Begin, End: r.End, Directive: ".. " + r.Directive})
	}
	return &examiner{
		Expander: e,
		checker:  &check.Checker{Catalog: e.Catalog, Bindings: e.Bindings, LiteralDirectives: e.LiteralDirectives},
		reader:   e.Reader(),
		counts:   s.findingFormat().counts,
	}
}

// A tally counts what pages hold.
type tally struct {
	references int // to options, as far as they were looked at
	expansions int // directives and regions that were expanded
	blocked    int // pages in which something cannot be expanded
}

// add counts what other pages hold.
func (t *tally) add(other tally) {
	t.references += other.references
	t.expansions += other.expansions
	t.blocked += other.blocked
}

// examine expands and checks a page that was read, and counts what it holds. Pages in
// which no reference to an option can be wrong are read no further than expanding them
// needs.
func (x *examiner) examine(r *pageResult) {
	if x.counts {
		doc := x.reader.ReadAll(r.source)
		x.expand(r, doc)
		r.Diagnostics, r.references = x.checker.Count(doc, r.Diagnostics...)
		return
	}
	suspects := x.checker.Suspects(r.source)
	if len(suspects) == 0 { // nor a comment that silences
		x.expand(r, x.reader.Read(r.source))
		return
	}
	doc := x.reader.ReadAround(r.source, suspects)
	x.expand(r, doc)
	r.Diagnostics = x.checker.Findings(doc, suspects, r.Diagnostics...)
}

// expand expands a page that doc is the reading of, and finds what is wrong beside what it
// says of options.
func (x *examiner) expand(r *pageResult, doc *grammar.Document) {
	r.Result = x.Expand(directives.Page{Path: r.page.Path, Source: r.source}, doc)
	r.tally = tally{expansions: len(r.Expansions)}
	if r.Blocked {
		r.blocked = 1
	}
	for _, find := range x.others {
		r.Diagnostics = append(r.Diagnostics, find(r)...)
	}
}
