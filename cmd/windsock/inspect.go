package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"windsock/grammar"
)

// An inspection is what inspect tells of a page, in the form of its JSON. All
// lines count from 1, all columns from 0, in characters and with tabs expanded.
type inspection struct {
	File          string             `json:"file"`
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
	start   int     // its offset in the source
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
	source  []byte
	lines   *grammar.Lines
	columns *grammar.Columns
	ours    []string
	inspection
}

// inspectPage returns what windsock sees in a page. Besides the directives that
// begin with "airflow-", those of the given types are looked for; ours are the
// types that windsock expands.
func inspectPage(path string, source []byte, types, ours, literal []string) inspection {
	reader := &grammar.Reader{Directives: append([]string{"airflow-*"}, types...), LiteralDirectives: literal}
	document := reader.ReadAll(source)
	in := &inspector{source: source, lines: grammar.NewLines(source), columns: grammar.NewColumns(source), ours: ours}
	in.inspection = inspection{
		File:          path,
		Directives:    []seenDirective{},
		Literals:      []seenInline{},
		Roles:         []seenInline{},
		LiteralBlocks: []seenLiteralBlock{},
	}
	for _, n := range document.Nodes {
		if n.Directive != nil {
			in.directive(n.Directive)
		}
	}
	in.element(document.Root)
	in.sort()
	return in.inspection
}

// position returns the line and the column of the byte at offset.
func (in *inspector) position(offset int) (line, column int) {
	return in.lines.Number(offset), in.columns.Of(offset)
}

// directive adds a directive.
func (in *inspector) directive(d *grammar.Directive) {
	line, _ := in.position(d.Span.Start)
	name := strings.ToLower(d.Type.Value)
	seen := seenDirective{
		Line: line, Column: d.Column, Name: name, In: "block", EndLine: in.lines.Number(d.Span.End),
		Arguments: strings.Join(strings.Fields(strings.Join(values(d.Arguments), " ")), " "),
		Options:   map[string]string{},
		Content:   values(d.Content),
		Ours:      slices.Contains(in.ours, name),
		Error:     d.Problem,
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

// element adds what an element and its children hold. The tree is no deeper
// than the reader's limit.
func (in *inspector) element(e *grammar.Element) {
	switch e.Kind {
	case grammar.LiteralBlock, grammar.DoctestBlock:
		in.literalBlock(e)
	case grammar.Caption:
		if e.Name.Value != "" {
			return // the value of an option
		}
	}
	if e.Kind != grammar.LiteralBlock {
		for _, inline := range e.Inlines() {
			in.inline(inline)
		}
	}
	for _, child := range e.Children {
		in.element(child)
	}
}

// inline adds a literal or a role.
func (in *inspector) inline(i grammar.Inline) {
	seen := seenInline{Text: i.Text.Value, EndLine: in.lines.Number(i.Span.End), start: i.Span.Start}
	seen.Line, seen.Column = in.position(i.Span.Start)
	switch i.Kind {
	case grammar.Literal:
		in.Literals = append(in.Literals, seen)
	case grammar.Role:
		seen.Role = &i.Name.Value
		in.Roles = append(in.Roles, seen)
	}
}

// literalBlock adds a literal block.
func (in *inspector) literalBlock(e *grammar.Element) {
	first := e.Text[0]
	for _, line := range e.Text {
		if first = line; line.Value != "" {
			break
		}
	}
	seen := seenLiteralBlock{Kind: "literal", EndLine: in.lines.Number(e.Span.End)}
	seen.Line = in.lines.Number(first.Start)
	switch directive := e.Parent.Directive; {
	case e.Kind == grammar.DoctestBlock:
		seen.Kind = "doctest"
	case e.Content:
		seen.Kind, seen.Name = "opaque", e.Parent.Name.Value
		seen.DirectiveLine = in.lines.Number(directive.Span.Start)
		seen.kindOfDirective()
		if e.Name.Value != "" {
			seen.Language = &e.Name.Value
		}
	case e.Quoted:
		seen.Kind = "quoted"
	}
	in.LiteralBlocks = append(in.LiteralBlocks, seen)
}

// kindOfDirective sets the kind by the name of the directive.
func (s *seenLiteralBlock) kindOfDirective() {
	switch s.Name {
	case "code-block", "sourcecode", "code":
		s.Kind = "code"
	case "parsed-literal":
		s.Kind = "parsed-literal"
	}
}

// sort puts all in the order of the page. Markup that docutils reads twice, as
// it does at the end of a table that text follows directly, counts once.
func (in *inspector) sort() {
	order := func(a, b seenInline) int { return cmp.Compare(a.start, b.start) }
	same := func(a, b seenInline) bool { return order(a, b) == 0 }
	for _, list := range []*[]seenInline{&in.Literals, &in.Roles} {
		slices.SortStableFunc(*list, order)
		*list = slices.CompactFunc(*list, same)
	}
	slices.SortStableFunc(in.LiteralBlocks, func(a, b seenLiteralBlock) int { return a.Line - b.Line })
}

// writeInspection writes an inspection as one line of JSON.
func writeInspection(w io.Writer, i inspection) error {
	text, err := json.Marshal(i)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", escapeUnseen(text))
	return err
}
