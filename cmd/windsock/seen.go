package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/check"
	"windsock/grammar"
)

var inspectCommand = command{
	name:    "inspect",
	usage:   "FILE…",
	summary: "Show what windsock sees in a page, and why.",
	help: `
The directives of each page are listed with their lines, and so is whatever looks
like a directive but is none, with the reason: it stands in a literal block, say, or
in a comment. With --format json everything that windsock sees is written, an object
a line for each page, and, where there is configuration data to hold them against,
the references to options.
`,
	flags: func(f *pflag.FlagSet, s *settings) {
		f.StringArrayVar(&s.directives, "directive", nil, "look for directives of type `NAME` too; repeatable")
		s.formats = listFormats
		f.StringVar(&s.format, "format", formats[0].name, "how it is shown: text, json")
		dataFlags(f, s)
	},
	run: inspect,
}

// inspect runs "windsock inspect".
func inspect(s *session, files []string) int {
	if len(files) == 0 {
		return s.fail(fmt.Errorf("inspect takes the pages to look at"))
	}
	if err := s.openProject(files); err != nil {
		return s.fail(err)
	}
	checker := s.inspectingChecker()
	status := statusOK
	for _, file := range files {
		source, err := s.readFile(file)
		if err != nil {
			status = s.fail(err)
			continue
		}
		seen := inspectPage(file, source, s.directives, directives.Types(), s.project.LiteralDirectives)
		if checker != nil {
			seen.References = seenReferences(checker, source)
		}
		if s.format == "json" {
			err = writeInspection(s.stdout, seen)
		} else {
			_, err = fmt.Fprint(s.stdout, describe(seen, source, s.project.LiteralDirectives))
		}
		if err != nil {
			return s.fail(fmt.Errorf("cannot write to standard output: %w", err))
		}
	}
	return status
}

// inspectingChecker returns a checker to find references with, or nil where there
// is no configuration data: a page can be inspected without.
func (s *session) inspectingChecker() *check.Checker {
	quiet := &session{env: s.env, settings: s.settings, given: given{project: s.project}}
	if err := quiet.load(); err != nil {
		s.note("no references, since %v", err)
		return nil
	}
	return quiet.examiner(directives.SourcesOnly).checker
}

// seenReferences returns the references to options in a page.
func seenReferences(c *check.Checker, source []byte) *[]seenReference {
	lines, columns := grammar.NewLines(source), grammar.NewColumns(source)
	list := []seenReference{}
	for _, r := range c.Page(c.Reader().ReadAll(source)).References {
		list = append(list, seenReference{
			Line: lines.Number(r.Span.Start), Column: columns.Of(r.Span.Start), Kind: string(r.Kind),
			Text: r.Text, Section: r.Section, Option: r.Option, Status: r.Status,
		})
	}
	return &list
}

// describe writes an inspection for people.
func describe(seen inspection, source []byte, literal []string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s, %s, %s\n", pages.Quoted(seen.File), plural(len(seen.Directives), "directive"),
		plural(len(seen.Literals), "inline literal"), plural(len(seen.Roles), "role"), plural(len(seen.LiteralBlocks), "literal block"))
	if seen.References != nil {
		fmt.Fprintf(&b, "  %s to options\n", plural(len(*seen.References), "reference"))
	}
	known := map[int]bool{}
	for _, d := range seen.Directives {
		known[d.Line] = true
		verdict := "not one of windsock's"
		switch {
		case d.Error != "":
			verdict = "docutils rejects it: " + d.Error
		case d.Ours:
			verdict = "windsock expands it"
		}
		fmt.Fprintf(&b, "  line %d: %s: %s\n", d.Line, clean(strings.TrimSpace(d.Name+" "+d.Arguments)), verdict)
	}
	root := (&grammar.Reader{LiteralDirectives: literal}).ReadAll(source).Root
	lines := grammar.NewLines(source)
	var offsets []int
	for _, at := range lookalike.FindAllIndex(source, -1) {
		if !known[lines.Number(at[0])] {
			offsets = append(offsets, at[0])
		}
	}
	for i, inner := range innermost(root, offsets) {
		fmt.Fprintf(&b, "  line %d: no directive: %s\n", lines.Number(offsets[i]), clean(whyNot(inner, lines, offsets[i])))
	}
	return b.String()
}

// innermost returns for each of some offsets, which ascend, the innermost element that
// holds it.
func innermost(root *grammar.Element, offsets []int) []*grammar.Element {
	inner := slices.Repeat([]*grammar.Element{root}, len(offsets))
	for e := range root.All() {
		from, _ := slices.BinarySearch(offsets, e.Span.Start)
		for i := from; i < len(offsets) && offsets[i] < e.Span.End; i++ {
			inner[i] = e
		}
	}
	return inner
}

// lookalike matches what an author may have meant as a directive of windsock's.
var lookalike = regexp.MustCompile(`\.\.[ \t]+(?:\|[^|\n]*\|[ \t]+)?airflow[-_]`)

// whyNot says why what stands at offset, in an element, is no directive.
func whyNot(inner *grammar.Element, lines *grammar.Lines, offset int) string {
	line, first := lines.Number(offset), lines.Number(inner.Span.Start)
	switch inner.Kind {
	case grammar.LiteralBlock, grammar.DoctestBlock:
		return fmt.Sprintf("line %d is inside the literal block that begins at line %d", line, first)
	case grammar.CommentBlock:
		if line == first {
			return "it is a comment; a directive has two colons after its type"
		}
		return fmt.Sprintf("line %d is inside the comment that begins at line %d", line, first)
	case grammar.DirectiveBlock:
		if line == first {
			return fmt.Sprintf("windsock has no directive %s", inner.Directive.Type.Value)
		}
		return fmt.Sprintf("line %d is inside the directive %s that begins at line %d, whose content is not read as RST", line, inner.Directive.Type.Value, first)
	case grammar.Paragraph, grammar.Term:
		return fmt.Sprintf("line %d is text of the paragraph that begins at line %d; put a blank line above it", line, first)
	case grammar.Unread:
		return fmt.Sprintf("line %d is nested too deeply, or in a malformed table, and cannot be read", line)
	}
	return fmt.Sprintf("line %d is part of the text that begins at line %d", line, first)
}
