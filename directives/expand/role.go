package expand

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// roles expands the roles of a page that stand outside of its regions, and reports
// those that are almost windsock's.
func (p *pageExpansion) roles(doc *grammar.Document, regions directives.Regions) {
	if !mayHoldRole(doc.Source) {
		return
	}
	s := p.roleScan(p.Reader(), p.page.Source, p.report)
	s.skip = func(span grammar.Span) bool { return regions.At(span) != nil }
	s.scan(doc.Root)
	first := len(p.edits)
	if p.Mode == OutputTree {
		p.edits = append(p.edits, s.edits...)
	}
	for _, f := range s.found {
		x := Expansion{Source: f.inline.Span, Type: f.inline.Name, Options: []*catalog.Option{f.option}, New: []string{f.shown}, shows: f.shows, edit: -1}
		if p.Mode == OutputTree {
			x.edit = first + f.edit
		}
		p.result.Expansions = append(p.result.Expansions, x)
	}
	p.result.Blocked = p.result.Blocked || s.failed
}

// nestedRoles expands the roles in doc, the reading of an expansion. What is
// wrong with one is reported where the author wrote it.
func (p *pageExpansion) nestedRoles(c *directives.Call, e *directives.Expansion, reader *grammar.Reader, doc *grammar.Document) {
	text := doc.Source
	s := p.roleScan(reader, text, nil)
	author := newAuthorText(c.Directive, c.Source)
	s.report = func(d finding.Finding) { c.Report(author.place(d, s.role, text)) }
	s.nested = true
	s.scan(doc.Root)
	if c.Failed = s.failed; c.Failed || len(s.edits) == 0 {
		return
	}
	out, err := render.Splice(text, s.edits)
	if err != nil {
		c.Errorf(c.Directive.Type.Span, "", "%v", err)
		return
	}
	e.Block = render.Block{}
	e.Block.Add(strings.Split(string(out), "\n")...)
	for _, f := range s.found {
		e.Options = append(e.Options, f.option)
	}
}

// A roleScan expands the roles in a page, or in the text of an expansion.
type roleScan struct {
	*pageExpansion
	reader  *grammar.Reader // that the source was read with
	source  []byte
	report  func(finding.Finding)
	skip    func(grammar.Span) bool // what is not looked at, or nil
	inCSV   bool                    // the source is a cell of a csv-table
	nested  bool                    // the source is an expansion, so that even in place its roles are expanded
	element *grammar.Element        // that holds the role
	role    grammar.Span            // the role that findings are about
	seen    map[int]bool            // the offsets of roles, some of which docutils reads twice
	failed  bool

	edits []render.Edit
	found []foundRole
}

// A foundRole is a role that was expanded.
type foundRole struct {
	inline grammar.Inline
	option *catalog.Option
	shown  string                      // the RST that takes its place
	edit   int                         // the index of its edit
	shows  func(value string) []string // what shown would be with another default
}

// roleScan returns a scan of source, which reader reads and whose findings go to report.
func (p *pageExpansion) roleScan(reader *grammar.Reader, source []byte, report func(finding.Finding)) *roleScan {
	return &roleScan{pageExpansion: p, reader: reader, source: source, report: report, seen: map[int]bool{}}
}

// scan expands the roles in root and below.
func (s *roleScan) scan(root *grammar.Element) {
	for s.element = range root.All() {
		first := len(s.found)
		s.inlines(s.element.Inlines)
		if s.element.Kind == grammar.Title {
			s.growTitle(s.element, s.found[first:])
		}
	}
	s.checkStructure(root)
}

// inlines expands the roles among the inline markup of an element.
func (s *roleScan) inlines(inlines []grammar.Inline) {
	for _, in := range inlines {
		if in.Kind != grammar.Role && in.Kind != grammar.Literal || s.seen[in.Span.Start] || s.skip != nil && s.skip(in.Span) {
			continue
		}
		s.seen[in.Span.Start] = true
		if s.role = in.Span; strings.EqualFold(in.Name.Value, directives.RoleName) {
			s.expand(in)
		} else {
			s.nearMissRole(in)
		}
	}
}

// expand replaces one role by the default of its option, or reports why it cannot.
func (s *roleScan) expand(in grammar.Inline) {
	c := s.roleCall(in)
	o, unit := c.RoleValue(in.Text)
	place := noPlace(s.element)
	if s.inCSV {
		place = "a csv-table"
	}
	switch {
	case c.Failed:
		s.failed = true
	case s.Mode == InPlace && !s.nested:
		s.report(unexpandedRole(in, o))
	case place != "":
		s.refuse(in, o, "a role cannot stand in "+place)
	case s.sharesColon(in):
		s.refuse(in, o, readOtherwise)
	default:
		around := s.around(in.Span)
		shown := within(around)(c.Plain(o, unit))
		s.found = append(s.found, foundRole{in, o, shown, len(s.edits), func(value string) []string {
			return []string{within(around)(c.Plain(directives.WithDefault(o, value), unit))}
		}})
		s.edits = append(s.edits, render.Edit{Start: in.Span.Start, End: in.Span.End, New: []byte(shown)})
	}
}

// within returns the function that writes a value, as text or as a literal, for its place.
func within(around render.Around) func(value string, isText bool) string {
	return func(value string, isText bool) string {
		if isText {
			return render.TextWithin(value, around)
		}
		lines, _ := render.LiteralBlock(value)
		return render.LiteralWithin(lines[0], around)
	}
}

// noPlace names what an element is or stands in if that holds no role: a value may be wider
// than the column of a table, or hold the comma or the colon that ends a cell or a name.
func noPlace(e *grammar.Element) string {
	if e.Kind == grammar.Field {
		return "the name of a field"
	}
	for ; e != nil; e = e.Parent {
		if e.Kind == grammar.Cell {
			return "a cell of a grid table or a simple table"
		}
	}
	return ""
}

// sharesColon reports whether the colon that ends a role is the first of the two that
// introduce a literal block.
func (s *roleScan) sharesColon(in grammar.Inline) bool {
	last, _ := lineOf(s.element, in.Span.End)
	return last.End == in.Span.End && bytes.HasPrefix(s.source[in.Span.End:], []byte(":"))
}

// nearby is how many bytes on both sides of a role are looked at: what is farther does
// not change how a value reads.
const nearby = 100

// around returns what stands on both sides of a role on its line.
func (s *roleScan) around(role grammar.Span) render.Around {
	e := s.element
	line, first := lineOf(e, role.Start)
	last, _ := lineOf(e, role.End)
	around := render.Around{
		Before: string(s.source[max(line.Start, role.Start-nearby):role.Start]),
		After:  string(s.source[role.End:max(role.End, min(last.End, role.End+nearby))]),
	}
	if n := len(s.found); n > 0 && s.found[n-1].inline.Span.End == role.Start {
		around.Before = s.found[n-1].shown
	}
	switch e.Kind {
	case grammar.Paragraph, grammar.Term, grammar.Title, grammar.Attribution:
		around.Leads = first && role.Start-line.Start <= nearby
	}
	return around
}

// lineOf returns the line of an element's text that holds offset, and whether it is
// the first.
func lineOf(e *grammar.Element, offset int) (line grammar.Text, first bool) {
	n, exact := slices.BinarySearchFunc(e.Text, offset, func(t grammar.Text, at int) int { return cmp.Compare(t.Start, at) })
	if !exact {
		n = max(n-1, 0)
	}
	return e.Text[n], n == 0
}

// growTitle makes the lines that adorn a title as long as the title becomes.
func (s *roleScan) growTitle(title *grammar.Element, found []foundRole) {
	if len(found) == 0 {
		return
	}
	under := title.Adornment.Under
	width := s.indent(title.Text[0].Start) - s.indent(under.Start) + grammar.Width(title.Text[0].Of(s.source))
	for _, f := range found {
		width += grammar.Width([]byte(f.shown)) - grammar.Width(f.inline.Span.Of(s.source))
	}
	longer := bytes.Repeat(s.source[under.Start:under.Start+1], max(width-under.Len(), 0))
	for _, adornment := range [...]grammar.Span{title.Adornment.Over, under} {
		if adornment.Len() > 0 && len(longer) > 0 {
			s.edits = append(s.edits, render.Edit{Start: adornment.End, End: adornment.End, New: longer})
		}
	}
}

// indent returns the column of the first character on the line of an offset.
func (s *roleScan) indent(offset int) int {
	return columnOf(s.source[bytes.LastIndexAny(s.source[:offset], "\r\n")+1:])
}

// roleCall returns the call for a role: a directive without options.
func (s *roleScan) roleCall(in grammar.Inline) *directives.Call {
	return s.call(&grammar.Directive{Type: in.Name, Span: in.Span}, s.source, s.fitting)
}

// fitting reports what is wrong with a role. Words that do not fit there are not certain.
func (s *roleScan) fitting(d finding.Finding) {
	d.Certain = d.Certain && s.element.Fits(s.source, d.Span, d.Suggestion)
	s.report(d)
}

// refuse reports that a role's place cannot hold its value.
func (s *roleScan) refuse(in grammar.Inline, o *catalog.Option, problem string) {
	s.role = in.Span
	s.roleCall(in).Errorf(in.Span, substitution(in, o), "%s", problem)
	s.failed = true
}

// unexpandedRole says that a role is left in a page that Sphinx reads as it is.
func unexpandedRole(in grammar.Inline, o *catalog.Option) finding.Finding {
	return finding.Finding{
		Span: in.Name.Span, Rule: finding.Unexpanded, Severity: finding.Error, About: finding.Option(o.Reference),
		Message: "a role cannot be expanded in place",
		Help:    substitution(in, o),
	}
}

// substitution shows the substitution that serves where a role does not.
func substitution(in grammar.Inline, o *catalog.Option) string {
	text := fmt.Sprintf("write |%s| instead and, as a paragraph of its own:\n.. |%[1]s| airflow-config-default:: %s", o.Name, o)
	if ref, err := grammar.ParseReference(in.Text.Value); err == nil && ref.Unit != nil {
		text += "\n   :unit: " + ref.Unit.Value
	}
	return text
}

// roleTriggers are the triggers of the role, and of what nearly is it.
var roleTriggers = []directives.Trigger{
	{Text: ":airflow", AnyCase: true},
	{Text: "airflow", AnyCase: true, Fits: func(page *directives.RawPage, from, to int) bool {
		rest := page.Source[to:min(to+longestType, len(page.Source))]
		end := max(bytes.IndexAny(rest, ": \t\r\n"), 0)
		return bytes.HasPrefix(rest[end:], []byte(":`"))
	}},
}

// mayHoldRole reports whether a text may hold the role, or what nearly is it.
func mayHoldRole(text []byte) bool { return roleGate.Passes(text) }

var roleGate = directives.NewGate(roleTriggers...)
