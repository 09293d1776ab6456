package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/catalog"
	"windsock/directives/expand"
	"windsock/grammar"
)

var usesCommand = command{
	name:    "uses",
	usage:   "PATTERN…",
	summary: "List the places where pages name or show an option.",
	help: `
For anyone who renames an option or changes its default. Each line shows a place
and its form: literal, pair, name, env, label, ini, helm or command for an
option's name, default for a default that the page states, directive for a
directive that shows the option. A PATTERN works as in "windsock list", and can
also match an option that no longer exists.

Reads the docs that the project file names, or else the current folder; --in
names other pages. Exit status: 0 places found; 1 none found; 2 windsock could
not work.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		var in []string
		var format string
		f.StringArrayVar(&in, "in", nil, "read the pages below `PATH`; repeatable")
		choiceFlag(f, &format, "format", "`FORMAT`", "text", "json")
		dataFlags(f, s)
		extensionFlag(f, s)
		return func(s *session, patterns []string) int { return s.uses(patterns, in, format == "json") }
	},
}

// A use is the JSON object about a place where a page names or shows an option.
type use struct {
	Version int    `json:"version"`
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Form    string `json:"form"`
	Text    string `json:"text"`
	Section string `json:"section"`
	Option  string `json:"option"`
}

// uses runs "windsock uses".
func (s *session) uses(patterns, in []string, asJSON bool) int {
	if len(patterns) == 0 {
		return s.fail(errors.New("name the options to look for: windsock uses PATTERN"))
	}
	if err := s.open(in); err != nil {
		return s.fail(err)
	}
	x, found := s.examiner(expand.SourcesOnly), 0
	status := s.eachPage(in, func(r *pageResult) { r.uses = x.uses(r, patterns) }, func(r *pageResult) {
		found += len(r.uses)
		for _, u := range r.uses {
			if asJSON {
				writeJSONLine(s.stdout, u)
			} else {
				fmt.Fprintf(s.stdout, "%s:%d:%d: %s: %s\n", pages.Quoted(u.Path), u.Line, u.Column, u.Form, clean(u.Text))
			}
		}
	})
	if status == statusOK && found == 0 {
		fmt.Fprintln(s.stderr, "windsock: no page names such an option")
		return statusFindings
	}
	return status
}

// uses returns the places of a page that name or show an option matched by one of the patterns.
func (x *examiner) uses(r *pageResult, patterns []string) (found []use) {
	if !x.gate.Passes(r.source) {
		return nil
	}
	doc, lines := x.reader.Read(r.source), grammar.NewLines(r.source)
	add := func(at int, form, text string, option catalog.Reference) {
		if option.Name != "" && matchesAny(patterns, option) {
			p := lines.Position(at)
			found = append(found, use{jsonVersion, r.page.Path, p.Line, p.Column, form, text, option.Section, option.Name})
		}
	}
	for _, ref := range x.checker.Page(doc).References {
		add(ref.Span.Start, string(ref.Kind), ref.Text, catalog.Reference{Section: ref.Section, Name: ref.Option})
	}
	for _, e := range x.Expand(expand.Page{Path: r.page.Path, Source: r.source}, doc).Expansions {
		for _, o := range e.Options {
			add(e.Source.Start, "directive", e.Type.Value, o.Reference)
		}
	}
	slices.SortStableFunc(found, func(a, b use) int { return cmp.Or(a.Line-b.Line, a.Column-b.Column) })
	return found
}
