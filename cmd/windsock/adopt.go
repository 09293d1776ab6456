package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
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
A list-table of options with their defaults becomes the directive
airflow-config-default, if the expansion reads the same, cell by cell. The
changes are shown as a diff, which patch -p1 applies; -w writes them. Every
other table that names options is reported, with the reason why it stays.

Without a PATH the docs of the project file are read, else the current folder.
Exit status: 0 nothing is left to adopt, or all of it was written; 1 something
can be adopted, or a page cannot be expanded; 2 windsock could not work, or
looked at nothing.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		f.BoolVarP(&s.inPlace, "in-place", "w", false, "write the directives into the pages")
		dataFlags(f, s)
		extensionFlag(f, s)
		colorFlag(f, s)
		return (*session).adoptPages
	},
}

// An adoption is what became of the tables of one page, or of several.
type adoption struct {
	tables int      // that can be directives, or are now
	kept   []string // a line with the reason for each that stays
}

// adoptPages runs "windsock adopt".
func (s *session) adoptPages(args []string) int {
	if slices.Contains(args, stdinPath) {
		return s.fail(errors.New("adopt changes files, and cannot change standard input; name a page"))
	}
	if err := s.open(args); err != nil {
		return s.fail(err)
	}
	if s.badData {
		return statusFindings
	}
	paths, err := s.paths(args)
	if err != nil {
		return s.fail(err)
	}
	w, adopter := s.pageWriter(), s.adopter()
	var total adoption
	status := s.eachPage(paths, func(r *pageResult) { s.adoptPage(adopter, w, r) }, func(r *pageResult) {
		total.tables += r.adoption.tables
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

// adopter returns the adopter that reads and expands pages as an output tree needs them.
func (s *session) adopter() *adopt.Adopter {
	x := s.examiner(expand.OutputTree)
	return &adopt.Adopter{
		Catalog: x.Catalog,
		Read:    x.reader.Read,
		Expand:  x.expandToAdopt,
		Replace: expand.Replace,
	}
}

// expandToAdopt expands a page that doc is the reading of.
func (x *examiner) expandToAdopt(path string, doc *grammar.Document) adopt.Expansion {
	r := x.Expand(expand.Page{Path: path, Source: doc.Source}, doc)
	out := adopt.Expansion{Output: r.Output, Blocked: r.Blocked, Findings: r.Findings}
	for _, e := range r.Expansions {
		if e.Region != nil {
			out.Regions = append(out.Regions, e.Region)
		}
	}
	return out
}

// adoptPage looks at one page, and writes it if that was asked for.
func (s *session) adoptPage(adopter *adopt.Adopter, w *pages.Writer, r *pageResult) {
	report := adopter.Page(r.page.Path, r.source)
	r.Findings = report.Findings
	output, err := render.Splice(r.source, report.Edits)
	switch {
	case err != nil || len(report.Edits) == 0:
		r.err = err
	case s.inPlace:
		s.write(w, r, r.source, output)
	default:
		r.diff = pages.Diff(r.page.Path, r.source, output)
	}
	lines := grammar.NewLines(r.source)
	for _, v := range report.Verdicts {
		if v.Reason != "" {
			r.adoption.kept = append(r.adoption.kept, fmt.Sprintf("%s:%d: kept: %s", pages.Quoted(r.page.Path), lines.Number(v.Span.Start), clean(v.Reason)))
		} else if r.err == nil {
			r.adoption.tables++
		}
	}
}

// concludeAdoption says what was adopted and what to do next, and returns the exit
// status.
func (s *session) concludeAdoption(a adoption) int {
	tables, kept := plural(a.tables, "table"), len(a.kept)
	switch {
	case a.tables == 0:
		fmt.Fprintf(s.stderr, "nothing to adopt in %s, %d kept\n", plural(s.files, "page"), kept)
	case s.inPlace:
		fmt.Fprintf(s.stderr, "%s adopted in %s, %d kept; run \"windsock expand\" next\n", tables, plural(s.written, "page"), kept)
	default:
		fmt.Fprintf(s.stderr, "%s to adopt, %d kept; \"windsock adopt -w\" writes the directives\n", tables, kept)
		return statusFindings
	}
	return statusOK
}
