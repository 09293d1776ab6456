package main

import (
	"os"

	"windsock/directives"
	"windsock/directives/check"
	"windsock/grammar"
)

// An examiner does with a page what every command does: it expands the page and
// checks what the page says of options. It may serve many pages at once.
type examiner struct {
	*directives.Expander
	checker *check.Checker
	reader  *grammar.Reader
	counts  bool // whether references are counted where none can be wrong
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
		counts:   s.format == "json",
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

// tallyOf counts what one page holds.
func tallyOf(r directives.Result, references int) tally {
	t := tally{references: references, expansions: len(r.Expansions)}
	if r.Blocked {
		t.blocked = 1
	}
	return t
}

// examine expands and checks one page, and counts what it holds. Pages in which no
// reference to an option can be wrong are read no further than expanding them needs.
func (x *examiner) examine(page directives.Page) (directives.Result, tally) {
	if x.counts {
		doc := x.reader.ReadAll(page.Source)
		r := x.Expand(page, doc)
		var references int
		r.Diagnostics, references = x.checker.Count(doc, r.Diagnostics...)
		return r, tallyOf(r, references)
	}
	suspects := x.checker.Suspects(page.Source)
	if len(suspects) == 0 {
		r := x.Expand(page, x.reader.Read(page.Source))
		return r, tallyOf(r, 0)
	}
	doc := x.reader.ReadAround(page.Source, suspects)
	r := x.Expand(page, doc)
	r.Diagnostics = x.checker.Findings(doc, suspects, r.Diagnostics...)
	return r, tallyOf(r, 0)
}
