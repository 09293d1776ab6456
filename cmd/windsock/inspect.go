package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"windsock/cmd/windsock/internal/pages"
	"windsock/directives"
	"windsock/directives/check"
	"windsock/directives/expand"
	"windsock/grammar"
)

var inspectCommand = command{
	name:    "inspect",
	usage:   "FILE…",
	summary: "Show what windsock sees in a page, and why.",
	help: `
Lists the directives of each page with their lines. For text that looks like a
directive but is none, gives the reason: it is in a literal block or a comment,
for example. --format json writes everything that windsock sees, one object a
line for each page, including references to options if there is configuration
data.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		var types []string
		var format string
		f.StringArrayVar(&types, "directive", nil, "also look for directives of type `NAME`; repeatable")
		choiceFlag(f, &format, "format", "`FORMAT`", "text", "json")
		dataFlags(f, s)
		return func(s *session, files []string) int { return s.inspect(files, types, format == "json") }
	},
}

// inspect runs "windsock inspect". It looks for directives whose types begin with "airflow-", and
// for the types given.
func (s *session) inspect(files, types []string, asJSON bool) int {
	if len(files) == 0 {
		return s.fail(errors.New("name the pages to inspect: windsock inspect FILE"))
	}
	if err := s.openProject(files); err != nil {
		return s.fail(err)
	}
	reader := &grammar.Reader{Directives: append([]string{"airflow-*"}, types...), LiteralDirectives: s.project.LiteralDirectives}
	quiet := newSession(s.env, s.settings, false) // does not print the findings about data
	quiet.project = s.project
	var checker *check.Checker // nil without data
	if err := quiet.load(); err != nil {
		s.note("no references, since %v", err)
	} else {
		checker = quiet.examiner(expand.SourcesOnly).checker
	}
	for _, file := range files {
		source, err := readFile(file)
		if err != nil {
			s.fail(err)
			continue
		}
		in := inspectPage(file, reader.Read(source))
		if checker != nil {
			in.addReferences(checker)
		}
		if asJSON {
			writeJSONLine(s.stdout, in.inspection)
		} else {
			in.describe(s.stdout)
		}
	}
	return statusOK
}

// An inspection is the JSON object about one page. Lines and columns count from 1, columns in
// characters.
type inspection struct {
	Version       int                `json:"version"`
	Path          string             `json:"path"`
	Directives    []seenDirective    `json:"directives"`
	Literals      []seenInline       `json:"literals"`
	Roles         []seenInline       `json:"roles"`
	LiteralBlocks []seenLiteralBlock `json:"literal_blocks"`
	// References is absent if there is no configuration data.
	References *[]seenReference `json:"references,omitempty"`
}

// A seenReference is a reference to an option.
type seenReference struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Section string `json:"section"`
	Option  string `json:"option"`
	Status  string `json:"status"` // "ok", or the rule that it breaks
}

// A seenDirective is a directive of a type that inspect looks for.
type seenDirective struct {
	Line      int               `json:"line"`
	Column    int               `json:"column"`
	Name      string            `json:"name"` // in lower case
	Arguments string            `json:"arguments"`
	Options   map[string]string `json:"options"`
	Content   []string          `json:"content"`
	In        string            `json:"in"` // "block" or "substitution"
	EndLine   int               `json:"end_line"`
	Ours      bool              `json:"ours"`
	Error     string            `json:"error,omitempty"`
}

// A seenInline is an inline literal or interpreted text with a role.
type seenInline struct {
	Line    int     `json:"line"`
	Column  int     `json:"column"`
	EndLine int     `json:"end_line"`
	Role    *string `json:"role,omitempty"` // "" for the default role; nil for a literal
	Text    string  `json:"text"`
}

// A seenLiteralBlock is a doctest block, a literal block, or the literal content of a directive.
type seenLiteralBlock struct {
	Line          int     `json:"line"`
	EndLine       int     `json:"end_line"`
	Language      *string `json:"language"`
	Kind          string  `json:"kind"`
	Name          string  `json:"name,omitempty"`
	DirectiveLine int     `json:"directive_line,omitempty"`
}

// An inspector builds the inspection of one page.
type inspector struct {
	document *grammar.Document
	lines    *grammar.Lines
	inspection
}

// inspectPage inspects a page, except for references. The items are in the order of the page.
func inspectPage(path string, doc *grammar.Document) *inspector {
	in := &inspector{document: doc, lines: grammar.NewLines(doc.Source), inspection: inspection{
		jsonVersion, path, []seenDirective{}, []seenInline{}, []seenInline{}, []seenLiteralBlock{}, nil,
	}}
	for _, n := range doc.Nodes {
		if n.Directive != nil {
			in.addDirective(n.Directive)
		}
	}
	var inlines []grammar.Inline
	for e := range doc.Root.All() {
		if e.Kind == grammar.DoctestBlock || e.Kind == grammar.LiteralBlock {
			in.addLiteralBlock(e)
		}
		isOptionValue := e.Kind == grammar.Caption && e.Name.Value != ""
		if e.Kind != grammar.LiteralBlock && !isOptionValue {
			inlines = append(inlines, e.Inlines...)
		}
	}
	in.addInlines(inlines)
	slices.SortStableFunc(in.LiteralBlocks, func(a, b seenLiteralBlock) int { return a.Line - b.Line })
	return in
}

// addReferences adds the references to options.
func (in *inspector) addReferences(c *check.Checker) {
	in.References = &[]seenReference{}
	for _, r := range c.Page(c.Reader().Read(in.document.Source)).References {
		at := in.lines.Position(r.Span.Start)
		*in.References = append(*in.References, seenReference{at.Line, at.Column, string(r.Kind), r.Text, r.Section, r.Option, r.Status})
	}
}

// addDirective adds a directive.
func (in *inspector) addDirective(d *grammar.Directive) {
	at := in.lines.Position(d.Span.Start)
	name := strings.ToLower(d.Type.Value)
	seen := seenDirective{
		Line: at.Line, Column: at.Column, Name: name, In: "block", EndLine: in.lines.Number(d.Span.End),
		Arguments: strings.Join(strings.Fields(strings.Join(values(d.Arguments), " ")), " "),
		Options:   map[string]string{},
		Content:   values(d.Content),
		Ours:      slices.Contains(directives.Types(), name),
	}
	if d.Problem != nil {
		seen.Error = d.Problem.Message
	}
	if d.Substitution != nil {
		seen.In = "substitution"
	}
	for _, o := range d.Options {
		seen.Options[strings.ToLower(o.Name.Value)] = strings.Join(values(o.Value), "\n")
	}
	in.Directives = append(in.Directives, seen)
}

// values returns the text of lines; it is never nil.
func values(lines []grammar.Text) []string {
	list := make([]string, len(lines))
	for i, l := range lines {
		list[i] = l.Value
	}
	return list
}

// addInlines adds the literals and roles among inline markup. docutils reads the end of a table
// twice if text follows directly; addInlines removes the duplicates.
func (in *inspector) addInlines(all []grammar.Inline) {
	slices.SortStableFunc(all, func(a, b grammar.Inline) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Kind, b.Kind))
	})
	for _, i := range slices.CompactFunc(all, func(a, b grammar.Inline) bool { return a.Span.Start == b.Span.Start && a.Kind == b.Kind }) {
		at := in.lines.Position(i.Span.Start)
		seen := seenInline{at.Line, at.Column, in.lines.Number(i.Span.End), nil, i.Text.Value}
		switch i.Kind {
		case grammar.Literal:
			in.Literals = append(in.Literals, seen)
		case grammar.Role:
			seen.Role = &i.Name.Value
			in.Roles = append(in.Roles, seen)
		}
	}
}

// addLiteralBlock adds a literal block, which begins at its first line that is not blank.
func (in *inspector) addLiteralBlock(e *grammar.Element) {
	first := max(slices.IndexFunc(e.Text, func(line grammar.Text) bool { return line.Value != "" }), 0)
	seen := seenLiteralBlock{Kind: "literal", Line: in.lines.Number(e.Text[first].Start), EndLine: in.lines.Number(e.Span.End)}
	switch {
	case e.Kind == grammar.DoctestBlock:
		seen.Kind = "doctest"
	case e.Content:
		seen.Name = e.Parent.Name.Value
		seen.Kind = cmp.Or(literalKinds[seen.Name], "opaque")
		seen.DirectiveLine = in.lines.Number(e.Parent.Directive.Span.Start)
		if e.Name.Value != "" {
			seen.Language = &e.Name.Value
		}
	case e.Quoted:
		seen.Kind = "quoted"
	}
	in.LiteralBlocks = append(in.LiteralBlocks, seen)
}

// literalKinds are the kinds of literal content by directive type.
var literalKinds = map[string]string{"code-block": "code", "sourcecode": "code", "code": "code", "parsed-literal": "parsed-literal"}

// describe writes the inspection as text.
func (in *inspector) describe(w io.Writer) {
	fmt.Fprintf(w, "%s: %s, %s, %s, %s\n", pages.Quoted(in.Path), plural(len(in.Directives), "directive"),
		plural(len(in.Literals), "inline literal"), plural(len(in.Roles), "role"), plural(len(in.LiteralBlocks), "literal block"))
	if in.References != nil {
		fmt.Fprintf(w, "  %s to options\n", plural(len(*in.References), "reference"))
	}
	isDirective := map[int]bool{} // by line
	for _, d := range in.Directives {
		isDirective[d.Line] = true
		verdict := "not one of windsock's"
		switch {
		case d.Error != "":
			verdict = "docutils rejects it: " + d.Error
		case d.Ours:
			verdict = "windsock expands it"
		}
		fmt.Fprintf(w, "  line %d: %s: %s\n", d.Line, clean(strings.TrimSpace(d.Name+" "+d.Arguments)), verdict)
	}
	var offsets []int
	for _, at := range lookalikePattern.FindAllIndex(in.document.Source, -1) {
		if !isDirective[in.lines.Number(at[0])] {
			offsets = append(offsets, at[0])
		}
	}
	for i, inner := range innermost(in.document.Root, offsets) {
		line := in.lines.Number(offsets[i])
		fmt.Fprintf(w, "  line %d: no directive: %s\n", line, clean(whyNoDirective(inner, line, in.lines.Number(inner.Span.Start))))
	}
}

// lookalikePattern matches text that an author may have meant as a directive of windsock's.
var lookalikePattern = regexp.MustCompile(`\.\.[ \t]+(?:\|[^|\n]*\|[ \t]+)?airflow[-_]`)

// innermost returns the innermost element that contains each offset. The offsets are sorted.
func innermost(root *grammar.Element, offsets []int) []*grammar.Element {
	elements := slices.Repeat([]*grammar.Element{root}, len(offsets))
	for e := range root.All() {
		from, _ := slices.BinarySearch(offsets, e.Span.Start)
		for i := from; i < len(offsets) && offsets[i] < e.Span.End; i++ {
			elements[i] = e
		}
	}
	return elements
}

// whyNoDirective returns why a line is no directive. inner is the innermost element that contains
// it; first is the first line of inner.
func whyNoDirective(inner *grammar.Element, line, first int) string {
	hint := ""
	switch {
	case inner.Kind == grammar.DirectiveBlock && line == first:
		return "windsock has no directive " + inner.Directive.Type.Value
	case inner.Kind == grammar.CommentBlock && line == first:
		return "it is a comment; a directive has two colons after its type"
	case inner.Kind == grammar.Paragraph || inner.Kind == grammar.Term:
		hint = "; put a blank line above it"
	}
	return fmt.Sprintf("line %d is inside the %s that begins at line %d%s", line, inner.Kind, first, hint)
}
