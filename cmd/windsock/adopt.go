package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/adopt"
	"windsock/directives/expand"
	"windsock/grammar"
	"windsock/render"
)

var adoptCommand = command{
	name:    "adopt",
	usage:   "[PATH…]",
	summary: "Turn hand-written tables into directives.",
	help: `
Replaces each list-table of options and their defaults by the directive
airflow-config-default, and each region between the project's own comments by
the directive that the project file binds to it, but only if the expansion has
the same text in every cell. Shows the changes as a diff, which patch -p1
applies; -w writes them. Reports every other table that names options, and why
it stays.

Without a PATH, windsock reads the docs that the project file names, or else the
current folder. Exit status: 0 nothing is left to adopt, or everything was
written; 1 something can be adopted, or a page cannot be expanded; 2 windsock
could not work, or read no page.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		f.BoolVarP(&s.inPlace, "in-place", "w", false, "write the directives into the pages")
		keepRegions := f.Bool("regions", false, "leave the project's own regions as they are")
		dataFlags(f, s)
		extensionFlag(f, s)
		colorFlag(f, s)
		return func(s *session, args []string) int { return s.adoptPages(args, *keepRegions) }
	},
}

// An adoption is the result for the tables and regions of one page or several.
type adoption struct {
	tables  int      // tables that can become directives
	regions []string // the begin comments of regions that can become directives
	kept    []string // for each table or region that stays, a line with the reason
}

// adoptPages runs "windsock adopt".
func (s *session) adoptPages(args []string, keepRegions bool) int {
	if slices.Contains(args, stdinPath) {
		return s.fail(errors.New("adopt changes files, and cannot change standard input; name a page"))
	}
	if err := s.open(args); err != nil {
		return s.fail(err)
	}
	if s.badData {
		return statusFindings
	}
	x := s.examiner(expand.OutputTree)
	adopter := &adopt.Adopter{
		Catalog:     s.catalog,
		Read:        x.reader.Read,
		Expand:      x.expandToAdopt,
		Replace:     expand.Replace,
		KeepRegions: keepRegions,
	}
	var total adoption
	status := s.eachPage(args, func(r *pageResult) { s.adoptPage(adopter, r) }, func(r *pageResult) {
		total.tables += r.adoption.tables
		total.regions = append(total.regions, r.adoption.regions...)
		total.kept = append(total.kept, r.adoption.kept...)
		for _, line := range r.adoption.kept {
			fmt.Fprintln(s.stderr, line)
		}
	})
	if status != statusOK {
		return status
	}
	return s.concludeAdoption(total)
}

// expandToAdopt expands the page at path, whose tree is doc.
func (x *examiner) expandToAdopt(path string, doc *grammar.Document) adopt.Expansion {
	r := x.Expand(expand.Page{Path: path, Source: doc.Source}, doc)
	out := adopt.Expansion{Output: r.Output, Blocked: r.Blocked, Findings: r.Findings, Stale: map[*directives.Region]string{}}
	for _, e := range r.Expansions {
		if e.Region != nil {
			out.Regions = append(out.Regions, e.Region)
			out.Stale[e.Region] = joinReasons(x.Reasons(e))
		}
	}
	return out
}

// adoptPage adopts the tables and regions of one page, and writes the page under -w.
func (s *session) adoptPage(adopter *adopt.Adopter, r *pageResult) {
	report := adopter.Page(r.page.Path, r.source)
	r.Findings = report.Findings
	output, err := render.Splice(r.source, report.Edits)
	switch {
	case err != nil || len(report.Edits) == 0:
		r.err = err
	case s.inPlace:
		s.write(r, r.source, output)
	default:
		r.diff = pages.Diff(r.page.Path, r.source, output)
	}
	lines := grammar.NewLines(r.source)
	for _, v := range report.Verdicts {
		switch {
		case v.Reason != "":
			r.adoption.kept = append(r.adoption.kept, fmt.Sprintf("%s:%d: kept: %s", pages.Quoted(r.page.Path), lines.Number(v.Span.Start), clean(v.Reason)))
		case r.err != nil:
		case v.Begin == "":
			r.adoption.tables++
		default:
			r.adoption.regions = append(r.adoption.regions, v.Begin)
		}
	}
}

// concludeAdoption prints what was adopted and what to do next, and returns the exit status.
func (s *session) concludeAdoption(a adoption) int {
	kept := len(a.kept)
	found := plural(a.tables, "table") + " and " + plural(len(a.regions), "region")
	switch {
	case a.tables+len(a.regions) == 0:
		fmt.Fprintf(s.stderr, "nothing to adopt in %s, %d kept\n", plural(s.files, "page"), kept)
		return statusOK
	case !s.inPlace:
		fmt.Fprintf(s.stderr, "%s to adopt, %d kept; \"windsock adopt -w\" writes the directives\n", found, kept)
		return statusFindings
	}
	next := "windsock expand"
	if !s.project.Expand.InPlace && s.project.Expand.To == "" {
		next += " -o DIR"
	}
	fmt.Fprintf(s.stderr, "%s adopted in %s, %d kept; run %q next\n", found, plural(s.written, "page"), kept, next)
	for _, r := range s.project.Regions { // no page may have the region now
		if r.Declared.Line > 0 && slices.Contains(a.regions, r.Begin) {
			fmt.Fprintf(s.stderr, "%s:%d: remove the region %q too, unless another page has it\n", pages.Quoted(r.Declared.Path), r.Declared.Line, r.Begin)
		}
	}
	return statusOK
}
