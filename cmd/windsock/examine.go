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

// An examiner expands and checks pages. Several goroutines may use it.
type examiner struct {
	*expand.Expander
	session *session
	checker *check.Checker
	reader  *grammar.Reader
	gate    *directives.Gate // passes the pages that concern the expander or the checker
	// finders return further findings in an expanded page, such as those about its includes.
	// Comments in the page can silence these too.
	finders []func(*pageResult) []finding.Finding
}

// examiner returns the examiner of this run.
func (s *session) examiner(mode expand.Mode) *examiner {
	wd, _ := os.Getwd() // on an error, "self" still works below the working folder
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
		session:  s,
		checker:  c,
		reader:   e.Reader(),
		gate:     directives.NewGate(append(e.Triggers(), c.Triggers()...)...),
	}
}

// counts are the counts in the summary that come from the content of pages.
type counts struct {
	references int // to options, in text that was checked
	expansions int // directives and regions expanded
	blocked    int // pages that cannot be expanded
	live       int // directives and roles outside regions, counted by verify
}

// add adds the counts of other pages.
func (c *counts) add(other counts) {
	c.references += other.references
	c.expansions += other.expansions
	c.blocked += other.blocked
	c.live += other.live
}

// examine expands and checks a page, and counts its content. It parses a page that the gate does
// not pass only if a finder needs that: includes, for example, do not depend on the gate.
func (x *examiner) examine(r *pageResult) {
	r.read = sync.OnceValue(func() *grammar.Document { return x.reader.Read(r.source) })
	defer func() { r.read = nil }() // a tree is many times as large as its page
	r.Result, r.counts = expand.Result{Output: r.source}, counts{}
	passes := x.gate.Passes(r.source)
	if passes {
		r.Result = x.Expand(expand.Page{Path: r.page.Path, Source: r.source}, r.read())
		r.expansions = len(r.Expansions)
	}
	for _, find := range x.finders {
		r.Findings = append(r.Findings, find(r)...)
	}
	if passes {
		r.Findings, r.references = x.checker.Count(r.read(), r.Findings...)
		x.block(r)
	}
}

// block blocks the expansion of a page with a near miss that no comment silences.
func (x *examiner) block(r *pageResult) {
	blocks := func(f finding.Finding) bool {
		return f.Rule == finding.NearMiss && x.session.severity(f) == finding.Error
	}
	if !r.Blocked && slices.ContainsFunc(r.Findings, blocks) {
		r.Blocked, r.Output, r.Expansions, r.expansions = true, r.source, nil, 0
	}
	if r.Blocked {
		r.blocked = 1
	}
}
