package main

import (
	"cmp"
	"encoding/json"
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
Lists the directives of each page with their lines, and whatever looks like a
directive but is none, with the reason: it stands in a literal block, say, or in
a comment. --format json writes everything that windsock sees, one object a line
for each page; with configuration data also the references to options.
`,
	setup: func(f *pflag.FlagSet, s *settings) runner {
		var types []string
		var format string
		f.StringArrayVar(&types, "directive", nil, "look for directives of type `NAME` too; repeatable")
		choiceFlag(f, &format, "format", "`FORMAT`", "text", "json")
		dataFlags(f, s)
		return func(s *session, files []string) int {
			if format == "json" {
				return s.inspect(files, types, (*inspector).writeJSON)
			}
			return s.inspect(files, types, (*inspector).describe)
		}
	},
}

// inspect runs "windsock inspect". It looks for the directives that begin with "airflow-",
// and those of other types.
func (s *session) inspect(files, types []string, write func(*inspector, io.Writer)) int {
	if len(files) == 0 {
		return s.fail(errors.New("name the pages to inspect: windsock inspect FILE"))
	}
	if err := s.openProject(files); err != nil {
		return s.fail(err)
	}
	reader := &grammar.Reader{Directives: append([]string{"airflow-*"}, types...), LiteralDirectives: s.project.LiteralDirectives}
	quiet, status := newSession(s.env, s.settings, false), statusOK
	quiet.project = s.project
	err := quiet.load() // a page can be inspected without data
	if err != nil {
		s.note("no references, since %v", err)
	}
	for _, file := range files {
		source, unread := readFile(file)
		if unread != nil {
			status = s.fail(unread)
			continue
		}
		in := inspectPage(file, reader.Read(source))
		if err == nil {
			in.references(quiet.examiner(expand.SourcesOnly).checker)
		}
		write(in, s.stdout)
	}
	return status
}

// An inspection is what inspect shows of a page, in the form of its JSON. Lines and
// columns count from 1, columns in characters.
type inspection struct {
	Version       int                `json:"version"`
	Path          string             `json:"path"`
	Directives    []seenDirective    `json:"directives"`
	Literals      []seenInline       `json:"literals"`
	Roles         []seenInline       `json:"roles"`
	LiteralBlocks []seenLiteralBlock `json:"literal_blocks"`
	// References is absent where there is no data to hold them against.
	References *[]seenReference `json:"references,omitempty"`
}

// A seenReference is a place that speaks of an option.
type seenReference struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Kind    string `json:"kind"`
	Text    string `json:"text"`
	Section string `json:"section"`
	Option  string `json:"option"`
	Status  string `json:"status"` // "ok", or the rule that it breaks
}

// A seenDirective is a directive that was looked for.
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

// A seenInline is an inline literal or a role.
type seenInline struct {
	Line    int     `json:"line"`
	Column  int     `json:"column"`
	EndLine int     `json:"end_line"`
	Role    *string `json:"role,omitempty"` // "" for the default role; nil for a literal
	Text    string  `json:"text"`
}

// A seenLiteralBlock is a block whose lines are not RST.
type seenLiteralBlock struct {
	Line          int     `json:"line"`
	EndLine       int     `json:"end_line"`
	Language      *string `json:"language"`
	Kind          string  `json:"kind"`
	Name          string  `json:"name,omitempty"`
	DirectiveLine int     `json:"directive_line,omitempty"`
}

// An inspector collects what is seen in one page.
type inspector struct {
	document *grammar.Document
	lines    *grammar.Lines
	inspection
}

// inspectPage returns what windsock sees in a page, less references, in the order of the page.
func inspectPage(path string, doc *grammar.Document) *inspector {
	in := &inspector{document: doc, lines: grammar.NewLines(doc.Source), inspection: inspection{
		jsonVersion, path, []seenDirective{}, []seenInline{}, []seenInline{}, []seenLiteralBlock{}, nil,
	}}
	for _, n := range doc.Nodes {
		if n.Directive != nil {
			in.directive(n.Directive)
		}
	}
	var inlines []grammar.Inline
	for e := range doc.Root.All() {
		if e.Kind == grammar.DoctestBlock || e.Kind == grammar.LiteralBlock {
			in.literalBlock(e)
		}
		if e.Kind != grammar.LiteralBlock && (e.Kind != grammar.Caption || e.Name.Value == "") { // it is not the value of an option
			inlines = append(inlines, e.Inlines...)
		}
	}
	in.inlines(inlines)
	slices.SortStableFunc(in.LiteralBlocks, func(a, b seenLiteralBlock) int { return a.Line - b.Line })
	return in
}

// references adds the references to options.
func (in *inspector) references(c *check.Checker) {
	in.References = &[]seenReference{}
	for _, r := range c.Page(c.Reader().Read(in.document.Source)).References {
		at := in.lines.Position(r.Span.Start)
		*in.References = append(*in.References, seenReference{at.Line, at.Column, string(r.Kind), r.Text, r.Section, r.Option, r.Status})
	}
}

// directive adds a directive.
func (in *inspector) directive(d *grammar.Directive) {
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

// values returns what the lines say; never nil.
func values(lines []grammar.Text) []string {
	list := make([]string, len(lines))
	for i, l := range lines {
		list[i] = l.Value
	}
	return list
}

// inlines adds the literals and roles among inline markup. What docutils reads twice, as it
// does at the end of a table that text follows directly, counts once.
func (in *inspector) inlines(all []grammar.Inline) {
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

// literalBlock adds a literal block, which begins at its first line that is not blank.
func (in *inspector) literalBlock(e *grammar.Element) {
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

// literalKinds are the kinds of the blocks that directives of docutils and Sphinx hold.
var literalKinds = map[string]string{"code-block": "code", "sourcecode": "code", "code": "code", "parsed-literal": "parsed-literal"}

// describe writes an inspection for people.
func (in *inspector) describe(w io.Writer) {
	fmt.Fprintf(w, "%s: %s, %s, %s, %s\n", pages.Quoted(in.Path), plural(len(in.Directives), "directive"),
		plural(len(in.Literals), "inline literal"), plural(len(in.Roles), "role"), plural(len(in.LiteralBlocks), "literal block"))
	if in.References != nil {
		fmt.Fprintf(w, "  %s to options\n", plural(len(*in.References), "reference"))
	}
	known := map[int]bool{}
	for _, d := range in.Directives {
		known[d.Line] = true
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
	for _, at := range lookalike.FindAllIndex(in.document.Source, -1) {
		if !known[in.lines.Number(at[0])] {
			offsets = append(offsets, at[0])
		}
	}
	for i, inner := range innermost(in.document.Root, offsets) {
		line := in.lines.Number(offsets[i])
		fmt.Fprintf(w, "  line %d: no directive: %s\n", line, clean(whyNot(inner, line, in.lines.Number(inner.Span.Start))))
	}
}

// lookalike matches what an author may have meant as a directive of windsock's.
var lookalike = regexp.MustCompile(`\.\.[ \t]+(?:\|[^|\n]*\|[ \t]+)?airflow[-_]`)

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

// whyNot says why a line is no directive, by the element around it that begins at the line
// first.
func whyNot(inner *grammar.Element, line, first int) string {
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

// writeJSON writes an inspection as one line of JSON.
func (in *inspector) writeJSON(w io.Writer) {
	text, err := json.Marshal(in.inspection)
	if err != nil {
		panic(err) // what is seen always has a form in JSON
	}
	fmt.Fprintf(w, "%s\n", escapeUnseen(text))
}
