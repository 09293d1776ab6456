package main

import (
	"os"
	"slices"
	"sync"

	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/expand"
	"windsock/directives/finding"
	"windsock/grammar"
)

// An examiner does with a page what every command does: it expands the page and
// checks what the page says of options. It may serve many pages at once.
type examiner struct {
	*expand.Expander
	checker *check.Checker
	reader  *grammar.Reader
	gate    *directives.Gate // of all that is expanded and checked
	// others find what else is wrong in a page that was expanded, such as in what it
	// includes. Comments in the page silence that as well.
	others []func(*pageResult) []finding.Finding
	// blocks reports whether a finding that no comment silences keeps its page from being
	// expanded, beside those of the expansion itself.
	blocks func(finding.Finding) bool
}

// examiner returns the examiner of this run.
func (s *session) examiner(mode expand.Mode) *examiner {
	wd, _ := os.Getwd() // without it, "self" finds what lies below the working folder
	e := &expand.Expander{
		Catalog:           s.catalog,
		Mode:              mode,
		Folder:            wd,
		Force:             s.force,
		LiteralDirectives: s.project.LiteralDirectives,
	}
	for _, r := range s.project.Regions {
		e.Bindings = append(e.Bindings, *r.Binding())
	}
	c := &check.Checker{Catalog: e.Catalog, Bindings: e.Bindings, LiteralDirectives: e.LiteralDirectives}
	return &examiner{
		Expander: e,
		checker:  c,
		reader:   e.Reader(),
		gate:     directives.NewGate(append(e.Triggers(), c.Triggers()...)...),
		blocks: func(f finding.Finding) bool {
			return f.Rule == finding.NearMiss && s.severity(f) == finding.Error
		},
	}
}

// A tally counts what pages hold.
type tally struct {
	references int // to options, as far as they were looked at
	expansions int // directives and regions that were expanded
	blocked    int // pages in which something cannot be expanded
	live       int // directives and roles outside of regions, as far as verify found them
}

// add counts what other pages hold.
func (t *tally) add(other tally) {
	t.references += other.references
	t.expansions += other.expansions
	t.blocked += other.blocked
	t.live += other.live
}

// examine expands and checks a page that was read, and counts what it holds. A page that
// does not concern windsock is not read as RST, unless one of others asks for that: what
// they find, such as outside-source, does not depend on the gate.
func (x *examiner) examine(r *pageResult) {
	r.read = sync.OnceValue(func() *grammar.Document { return x.reader.Read(r.source) })
	defer func() { r.read = nil }() // a tree takes many times the memory of its page
	r.Result, r.tally = expand.Result{Output: r.source}, tally{}
	concerns := x.gate.Passes(r.source)
	if concerns {
		r.Result = x.Expand(expand.Page{Path: r.page.Path, Source: r.source}, r.read())
		r.expansions = len(r.Expansions)
	}
	for _, find := range x.others {
		r.Findings = append(r.Findings, find(r)...)
	}
	if concerns {
		r.Findings, r.references = x.checker.Count(r.read(), r.Findings...)
		r.block(x.blocks)
	}
}

// block blocks the page if one of its findings asks for that.
func (r *pageResult) block(blocks func(finding.Finding) bool) {
	if !r.Blocked && slices.ContainsFunc(r.Findings, blocks) {
		r.Blocked, r.Output, r.Expansions, r.expansions = true, r.source, nil, 0
	}
	if r.Blocked {
		r.blocked = 1
	}
}
