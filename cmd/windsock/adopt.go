package main

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"windsock/directives/expand"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives/adopt"
	"windsock/grammar"
	"windsock/render"
)

var adoptCommand = command{
	name:    "adopt",
	usage:   "[PATH…]",
	summary: "Turn hand-written tables into directives.",
	help: `
A list-table of options with their defaults becomes the directive
airflow-config-default; a region between comments of the project's own becomes the
directive that the project file binds to it. Both only if the expansion reads the same,
cell by cell. The changes are shown as a diff, which patch -p1 applies; -w writes them.
Every other table that names options is reported, with the reason why it stays.

Without a PATH the docs of the project file are read, else the current folder. Exit
status: 0 nothing is left to adopt, or all of it was written; 1 something can be
adopted, or a page cannot be expanded; 2 windsock could not work, or looked at nothing.
`,
	flags: func(f *pflag.FlagSet, s *settings) {
		f.BoolVarP(&s.inPlace, "in-place", "w", false, "write the directives into the pages")
		f.BoolVar(&s.keepRegions, "regions", false, "leave the project's own regions as they are")
		dataFlags(f, s)
		extensionFlag(f, s)
		colorFlag(f, s)
	},
	run: adoptPages,
}

// An adoption is what became of one page.
type adoption struct {
	*pageResult
	adopt.Report
	lines []int // of the page, where the verdicts' tables begin
}

// adoptPages runs "windsock adopt".
func adoptPages(s *session, args []string) int {
	if slices.Contains(args, stdinPath) {
		return s.fail(errors.New("adopt changes pages, and standard input is none that can be written"))
	}
	if err := s.open(args); err != nil {
		return s.fail(err)
	}
	if s.badData {
		return statusFindings
	}
	w := s.pageWriter()
	found, err := s.adoptions(args, w)
	if err != nil {
		return s.fail(err)
	}
	var total adopted
	for a := range found {
		s.emit(a.pageResult)
		total.add(a)
		for i, v := range a.Verdicts {
			if v.Reason != "" {
				fmt.Fprintf(s.stderr, "%s:%d: kept: %s\n", pages.Quoted(a.page.Path), a.lines[i], clean(v.Reason))
			}
		}
	}
	if status := s.lookedAt(); status != statusOK {
		return status
	}
	return s.concludeAdoption(total)
}

// adoptions yields what becomes of each page below the PATHs, which w writes.
func (s *session) adoptions(args []string, w *pages.Writer) (iter.Seq[adoption], error) {
	paths, err := s.paths(args)
	if err != nil {
		return nil, err
	}
	walk, err := s.walk(paths)
	if err != nil {
		return nil, err
	}
	x := s.examiner(expand.OutputTree)
	x.Buffer = nil // expansions are made to compare them, and none is released
	adopter := x.adopter(s.keepRegions)
	return inOrder(walk, func(p pages.Page) adoption {
		var a adoption
		a.pageResult = s.onPage(p, func(r *pageResult) {
			a.pageResult = r
			s.adoptPage(adopter, w, &a)
			r.place()
		})
		s.release(a.pageResult)
		return a
	}), nil
}

// adopter returns the adopter that reads and expands as the examiner does.
func (x *examiner) adopter(keepRegions bool) *adopt.Adopter {
	return &adopt.Adopter{
		Catalog:     x.Catalog,
		Read:        x.reader.Read,
		Expand:      x.expandToAdopt,
		Replace:     expand.Replace,
		KeepRegions: keepRegions,
	}
}

// expandToAdopt expands a page that doc is the reading of.
func (x *examiner) expandToAdopt(path string, doc *grammar.Document) adopt.Expansion {
	r := x.Expand(expand.Page{Path: path, Source: doc.Source}, doc)
	out := adopt.Expansion{Output: r.Output, Blocked: r.Blocked, Diagnostics: r.Diagnostics}
	for _, e := range r.Expansions {
		if !e.Managed {
			continue
		}
		region := adopt.Region{Span: e.Source, Stale: inOneLine(x.Reasons(e))}
		for _, b := range x.Bindings {
			if e.Bound && b.Begin == e.Type.Value {
				region.Begin, region.Directive = b.Begin, b.Directive
			}
		}
		out.Regions = append(out.Regions, region)
	}
	return out
}

// inOneLine returns the first reason, and how many others there are; "" for none.
func inOneLine(reasons []expand.Reason) string {
	if len(reasons) == 0 {
		return ""
	}
	text := reasons[0].Message
	if at := reasons[0].Declared; at.Line > 0 {
		text += fmt.Sprintf(" (%s:%d)", at.Path, at.Line)
	}
	if n := len(reasons) - 1; n > 0 {
		text += fmt.Sprintf(", and %d more", n)
	}
	return text
}

// adoptPage looks at one page, and writes it if that was asked for.
func (s *session) adoptPage(adopter *adopt.Adopter, w *pages.Writer, a *adoption) {
	a.Report = adopter.Page(a.page.Path, a.source)
	a.pageResult.Diagnostics = a.Report.Diagnostics
	lines := grammar.NewLines(a.source)
	for _, v := range a.Verdicts {
		a.lines = append(a.lines, lines.Number(v.Span.Start))
	}
	output, err := render.Splice(a.source, a.Edits)
	switch {
	case err != nil || len(a.Edits) == 0:
		a.err = err
	case s.inPlace:
		s.write(w, a.pageResult, a.source, output)
	default:
		a.diff = pages.Diff(a.page.Path, a.source, output)
	}
}

// adopted counts what a run adopted.
type adopted struct {
	tables, regions, kept int
	begins                []string // the comments that began the regions
}

// add counts the verdicts on a page; what could not be written is not adopted.
func (t *adopted) add(a adoption) {
	for _, v := range a.Verdicts {
		switch {
		case v.Reason != "" || a.err != nil:
			t.kept++
		case v.Begin != "":
			t.regions++
			t.begins = append(t.begins, v.Begin)
		default:
			t.tables++
		}
	}
}

// String names what was adopted.
func (t adopted) String() string {
	switch {
	case t.regions == 0:
		return plural(t.tables, "table")
	case t.tables == 0:
		return plural(t.regions, "region")
	}
	return plural(t.tables, "table") + " and " + plural(t.regions, "region")
}

// concludeAdoption says what was adopted and what to do next, and returns the exit
// status.
func (s *session) concludeAdoption(t adopted) int {
	kept := ""
	if t.kept > 0 {
		kept = fmt.Sprintf(", %d kept", t.kept)
	}
	switch {
	case t.tables+t.regions == 0:
		fmt.Fprintf(s.stderr, "nothing to adopt in %s%s\n", plural(s.files, "page"), kept)
		return statusOK
	case s.inPlace:
		fmt.Fprintf(s.stderr, "%s written as directives into %s%s; run %q next\n", t, plural(s.written, "page"), kept, s.nextExpand())
		s.tellUnbound(t.begins)
		return statusOK
	}
	become, them := "directives", "them"
	if t.tables+t.regions == 1 {
		become, them = "a directive", "it"
	}
	fmt.Fprintf(s.stderr, "%s can become %s%s; \"windsock adopt -w\" writes %s\n", t, become, kept, them)
	return statusFindings
}

// tellUnbound says which bindings of the project file may have no region any more, now
// that directives stand in the place of some.
func (s *session) tellUnbound(begins []string) {
	for _, r := range s.project.Regions {
		if r.Declared.Line > 0 && slices.Contains(begins, r.Begin) {
			fmt.Fprintf(s.stderr, "%s:%d: remove the region %q too, unless another page has it\n", pages.Quoted(r.Declared.Path), r.Declared.Line, r.Begin)
		}
	}
}

// nextExpand returns the command that expands what was adopted.
func (s *session) nextExpand() string {
	switch {
	case s.project.Expand.InPlace || s.project.Expand.To != "":
		return "windsock expand"
	case s.project.Checkout != "":
		return "windsock expand -w"
	}
	return "windsock expand -o DIR"
}
