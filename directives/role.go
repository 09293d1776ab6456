package directives

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/directives/catalog"
	"windsock/grammar"
	"windsock/render"
)

// roleName is the name of the role that becomes a default within running text.
const roleName = "airflow-default"

// A RoleDefinition is a role that windsock expands, as "windsock explain" tells it.
type RoleDefinition struct {
	Name    string   // in lower case
	Text    string   // how its text is written
	Summary string   // one sentence
	Notes   string   // what its text means and where it may stand, in paragraphs of RST
	Samples []string // complete uses, each of which expands
}

// Role returns the role that windsock expands.
func Role() RoleDefinition { return role }

var role = RoleDefinition{
	Name:    roleName,
	Text:    "[section] name",
	Summary: "The default value of an option, within running text.",
	Notes: `The option may be followed by a unit after " : "; without one, the project
file's applies. The value is what airflow-config-default shows: numbers and
booleans plain, other strings as a literal, durations with their form in larger
units.

The role stands wherever docutils reads roles: in paragraphs, list items,
titles (whose lines become as long as the title), terms, fields, captions and
cells. In a grid table or a simple table the value may not be wider than the
role. A value of several lines needs the directive.

In place nothing could keep what the value was made from, so there a
substitution serves, which a managed region keeps:

  .. |leeway| airflow-config-default:: [api_auth] jwt_leeway
     :unit: seconds

  Clocks may differ by |leeway|.`,
	Samples: []string{
		"Up to :airflow-default:`[core] parallelism` tasks run at once.\n",
		"Clocks may differ by :airflow-default:`[api_auth] jwt_leeway : seconds`.\n",
	},
}

// roles expands the roles of a page that stand outside of its regions, and reports
// those that are almost windsock's.
func (p *pageExpansion) roles(doc *grammar.Document, regions []*region) {
	if doc.Root == nil {
		return
	}
	managed := func(s grammar.Span) bool {
		n, _ := slices.BinarySearchFunc(regions, s.End, func(r *region, end int) int { return cmp.Compare(r.end.Span.End, end) })
		return n < len(regions) && regions[n].begin.Span.Start <= s.Start
	}
	s := p.roleScan(p.page.Source, p.report)
	s.skip = managed
	s.scan(doc.Root)
	if p.Mode == OutputTree {
		for _, e := range s.edits {
			p.change(e)
		}
	}
	for _, f := range s.found {
		x := Expansion{Source: f.inline.Span, Type: f.inline.Name, Options: []*catalog.Option{f.option}, New: []string{f.shown}, edit: -1}
		if p.Mode == OutputTree {
			x.edit = len(p.edits) - len(s.edits) + f.edit
		}
		p.result.Expansions = append(p.result.Expansions, x)
	}
	p.result.Blocked = p.result.Blocked || s.failed
}

// nestedRoles expands the roles in what an author put into an expansion. What is
// wrong with one is reported where the author wrote it.
func (p *pageExpansion) nestedRoles(c *call, e *expansion) {
	text := []byte(e.block.Place("", "\n"))
	doc := (&grammar.Reader{Roles: []string{roleName, "airflow*"}, LiteralDirectives: p.LiteralDirectives}).Read(text)
	if doc.Root == nil {
		return
	}
	s := p.roleScan(text, nil)
	from := 0
	s.report = func(d grammar.Diagnostic) { c.report(c.written(text, s.role, d, &from)) }
	s.nested = true
	s.scan(doc.Root)
	if c.failed = s.failed; c.failed || len(s.edits) == 0 {
		return
	}
	out, err := render.Splice(text, s.edits)
	if err != nil {
		c.errorf(c.directive.Type.Span, "", "%v", err)
		return
	}
	e.block = render.Block{}
	e.block.Add(strings.Split(string(out), "\n")...)
	for _, f := range s.found {
		e.uses = append(e.uses, f.option)
	}
}

// written moves a finding in a role, which stands in the text of an expansion, to the
// role in the directive that the text was made from, or to the directive's type if it
// does not stand there as it is. It is looked for from offset *from of the directive
// on, where the one before it stood.
func (c *call) written(text []byte, role grammar.Span, d grammar.Diagnostic, from *int) grammar.Diagnostic {
	source := c.directive.Span.Of(c.page.Source)
	if c.missed == maxMissed {
		source = nil
	}
	at := bytes.Index(source[min(*from, len(source)):], role.Of(text))
	if at >= 0 {
		at += *from
	} else if at = bytes.Index(source[:min(*from, len(source))], role.Of(text)); at < 0 {
		c.missed = min(c.missed+1, maxMissed)
		d.Span, d.Suggestion = c.directive.Type.Span, ""
		return d
	}
	*from = at
	d.Span = d.Span.Shift(c.directive.Span.Start + at - role.Start)
	return d
}

// maxMissed bounds how many roles are looked for in a directive in vain, since each such
// search goes over all of it.
const maxMissed = 100

// A roleScan is the search for roles in a page, or in the text of an expansion.
type roleScan struct {
	*pageExpansion
	source  []byte
	report  func(grammar.Diagnostic)
	skip    func(grammar.Span) bool // what is not looked at, or nil
	role    grammar.Span            // the role that is being looked at
	nested  bool                    // the source is an expansion, so that even in place its roles are expanded
	seen    map[int]bool            // the offsets of roles, some of which docutils reads twice
	columns *grammar.Columns        // of the source, nil until asked for
	failed  bool

	edits []render.Edit
	found []foundRole
}

// A foundRole is a role that was expanded.
type foundRole struct {
	inline grammar.Inline
	option *catalog.Option
	shown  string // the RST that takes its place
	edit   int    // the index of its edit
	wider  int    // by how many columns that is wider than the role
}

// roleScan returns a search in source, whose findings go to report.
func (p *pageExpansion) roleScan(source []byte, report func(grammar.Diagnostic)) *roleScan {
	return &roleScan{pageExpansion: p, source: source, report: report, seen: map[int]bool{}}
}

// scan expands the roles in root and below.
func (s *roleScan) scan(root *grammar.Element) {
	for e := range root.All() {
		before := len(s.found)
		for _, in := range e.Inlines {
			if in.Kind == grammar.Role && !s.seen[in.Span.Start] && (s.skip == nil || !s.skip(in.Span)) {
				s.seen[in.Span.Start] = true
				s.expandIn(e, in)
			}
		}
		if here := s.found[before:]; len(here) > 0 {
			s.keepText(e, here)
			s.keepTitle(e, here)
			s.keepColumns(e, here)
		}
		if e.Kind == grammar.DirectiveBlock && e.Name.Value == "csv-table" {
			s.csvRoles(e)
		}
	}
}

// expandIn expands one role in the running text of an element.
func (s *roleScan) expandIn(e *grammar.Element, in grammar.Inline) {
	line, first := lineOf(e, in.Span.Start)
	last, _ := lineOf(e, in.Span.End)
	leads := first && (e.Kind == grammar.Paragraph || e.Kind == grammar.Term || e.Kind == grammar.Title)
	around := s.around(in.Span, line.Start, max(last.End, in.Span.End), leads)
	if n := len(s.found); n > 0 && s.found[n-1].inline.Span.End == in.Span.Start {
		around.Before = s.found[n-1].shown
	}
	o, shown, ok := s.expand(in, around)
	switch {
	case !ok:
	case e.Kind == grammar.Field && strings.Contains(shown, ":"):
		s.unfit(in, o, fmt.Sprintf("the default of %s holds a colon, which could end the name of the field", o))
	default:
		edit := render.Edit{Start: in.Span.Start, End: in.Span.End, New: []byte(shown)}
		s.keepLine(&edit, line, last)
		s.keepColons(&edit, e, last)
		s.add(in, o, edit, shown)
	}
}

// nearby is how many bytes on both sides of a role are looked at: what is farther does
// not change how a value reads.
const nearby = 100

// around returns what stands on both sides of span, between offsets from and to.
func (s *roleScan) around(span grammar.Span, from, to int, leads bool) render.Around {
	return render.Around{
		Before: string(s.source[max(from, span.Start-nearby):span.Start]),
		After:  string(s.source[span.End:min(to, span.End+nearby)]),
		Leads:  leads && span.Start-from <= nearby,
	}
}

// expand returns the option that a role names, and the RST that takes its place. It
// is not ok if there is none: if that is a fault, it is reported.
func (s *roleScan) expand(in grammar.Inline, around render.Around) (o *catalog.Option, shown string, ok bool) {
	if s.role = in.Span; !strings.EqualFold(in.Name.Value, roleName) {
		s.nearMissRole(in)
		return nil, "", false
	}
	c := s.call(in)
	o, shown, isText := c.roleValue(in.Text)
	switch {
	case c.failed:
		s.failed = true
		return nil, "", false
	case s.Mode == InPlace && !s.nested:
		s.report(unexpandedRole(in, o))
		return nil, "", false
	case isText:
		return o, render.TextWithin(shown, around), true
	}
	return o, render.LiteralWithin(shown, around), true
}

// add keeps the edit that expands a role.
func (s *roleScan) add(in grammar.Inline, o *catalog.Option, edit render.Edit, shown string) {
	s.edits = append(s.edits, edit)
	s.found = append(s.found, foundRole{
		inline: in, option: o, shown: shown, edit: len(s.edits) - 1,
		wider: grammar.Width([]byte(shown)) - grammar.Width(in.Span.Of(s.source)),
	})
}

// call returns the call for a role: a directive without options.
func (s *roleScan) call(in grammar.Inline) *call {
	return &call{
		Expander: s.Expander, page: Page{s.page.Path, s.source}, report: s.report, data: s.data,
		directive: &grammar.Directive{Type: in.Name, Span: in.Span},
	}
}

// roleValue returns the option that the text of a role names and its default: as
// text, or as a literal. What is wrong is reported.
func (c *call) roleValue(text grammar.Text) (o *catalog.Option, shown string, isText bool) {
	reference, unit := grammar.CutUnit(text)
	ref, err := grammar.ParseReference(reference.Value)
	if err != nil {
		c.badReference(reference, err)
		return nil, "", false
	}
	if ref.IsPattern() {
		c.errorf(text.Span, "name one option; a table of several is what airflow-config-default makes", "a pattern cannot stand in running text")
		return nil, "", false
	}
	if o = c.lookup(reference, ref); o == nil {
		return nil, "", false
	}
	name := c.unitOf(o)
	if unit != nil {
		name = unit.Value
		c.checkUnitOf(*unit, o)
	}
	if shown, isText = c.plain(o, name); isText {
		return o, shown, true
	}
	lines := c.literal("default", o, shown)
	if len(lines) > 1 {
		c.errorf(text.Span, "use the directive airflow-config-default, where a literal block can stand", "the default of %s has several lines, or too long a one for running text", o)
	}
	return o, lines[0], false
}

// unexpandedRole says that a role is left in a page that Sphinx reads as it is.
func unexpandedRole(in grammar.Inline, o *catalog.Option) grammar.Diagnostic {
	return grammar.Diagnostic{
		Span: in.Name.Span, Rule: Unexpanded, Severity: grammar.Error,
		Message: fmt.Sprintf("Sphinx does not know the role %s, and in place nothing could keep what its value was made from", in.Name.Value),
		Help:    substitution(in, o),
	}
}

// substitution shows the substitution that serves where a role does not.
func substitution(in grammar.Inline, o *catalog.Option) string {
	text := fmt.Sprintf("write |%s| instead and, as a paragraph of its own:\n.. |%[1]s| airflow-config-default:: %s", o.Name, o)
	if _, unit := grammar.CutUnit(in.Text); unit != nil {
		text += "\n   :unit: " + unit.Value
	}
	return text
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

// keepLine makes the edit of a role that is wrapped over lines keep a line break,
// before the value or behind it: how many lines some text has may tell what kind of
// element it is. An escaped line break is none to the text.
func (s *roleScan) keepLine(edit *render.Edit, line, last grammar.Text) {
	lineStart := bytes.LastIndexAny(s.source[:last.Start], "\r\n") + 1
	margin := s.source[lineStart:last.Start]
	if line.Start == last.Start || len(bytes.TrimSpace(margin)) > 0 {
		return
	}
	before := bytes.TrimRight(s.source[line.Start:edit.Start], " ")
	rest := s.source[edit.End:max(last.End, edit.End)]
	after := bytes.TrimLeft(rest, " ")
	nextLine := slices.Concat([]byte(eolOf(s.source, edit.Start)), margin)
	switch {
	case bytes.IndexByte(before, ' ') > 0 && line.Start+len(before) < edit.Start && !isRule(before) && before[len(before)-1] != '\\':
		edit.Start = line.Start + len(before)
		edit.New = slices.Concat(nextLine, edit.New)
	case len(after) > 0 && len(after) < len(rest) && !isRule(after):
		edit.End += len(rest) - len(after)
		edit.New = slices.Concat(edit.New, nextLine)
	case len(before) > 0:
		edit.New = slices.Concat([]byte(`\`), nextLine, edit.New)
	case len(after) > 0:
		edit.New = slices.Concat(edit.New, []byte(`\`), nextLine)
	}
}

// isRule reports whether text is one punctuation character, repeated: alone on a line
// it would adorn a title.
func isRule(text []byte) bool {
	c := rune(text[0])
	return c < utf8.RuneSelf && !unicode.IsLetter(c) && !unicode.IsDigit(c) && len(bytes.Trim(text, string(c))) == 0
}

// keepColons makes the edit of a role at the end of a paragraph leave the two colons
// that introduce a literal block, of which the first was the role's own.
func (s *roleScan) keepColons(edit *render.Edit, e *grammar.Element, last grammar.Text) {
	if e.Kind == grammar.Paragraph && edit.End == last.End && bytes.HasPrefix(s.source[edit.End:], []byte(":")) {
		edit.New = append(edit.New, " :"...)
	}
}

// keepText reports a role whose value makes a field of a line that begins with a
// colon: a backquote behind a colon, as in a role, keeps it from that. Such a line
// begins a paragraph, or stands where a directive may have its options.
func (s *roleScan) keepText(e *grammar.Element, found []foundRole) {
	isText := e.Kind == grammar.Paragraph || e.Kind == grammar.Term
	inHead := e.Kind == grammar.Caption || e.Kind == grammar.Paragraph && e.Parent.Kind == grammar.DirectiveBlock
	for i, line := range e.Text {
		if line.Len() > 0 && s.source[line.Start] == ':' && (isText && i == 0 || inHead && i > 0) {
			s.keepColon(line, found)
		}
	}
}

// keepColon reports the last of the roles in a line that their values make a field.
func (s *roleScan) keepColon(line grammar.Text, found []foundRole) {
	var text []byte
	var last foundRole
	from := line.Start
	first, _ := slices.BinarySearchFunc(found, line.Start, func(f foundRole, at int) int { return cmp.Compare(f.inline.Span.Start, at) })
	for _, f := range found[first:] {
		if !line.Contains(f.inline.Span) {
			break
		}
		text = append(append(text, s.source[from:f.inline.Span.Start]...), f.shown...)
		from, last = f.inline.Span.End, f
	}
	end, _ := s.endOfText(line)
	text = append(text, s.source[from:end]...)
	isField := func(e *grammar.Element) bool { return e.Kind == grammar.FieldList }
	if last.option != nil && slices.ContainsFunc((&grammar.Reader{}).ReadAll(text).Root.Children, isField) {
		s.unfit(last.inline, last.option, "with its value the line would become a field")
	}
}

// keepTitle makes the lines that adorn a title as long as the title becomes.
func (s *roleScan) keepTitle(e *grammar.Element, found []foundRole) {
	if e.Kind != grammar.Title {
		return
	}
	if s.columns == nil {
		s.columns = grammar.NewColumns(s.source)
	}
	under := e.Adornment[len(e.Adornment)-1]
	width := s.columns.Of(e.Text[0].Start) - s.columns.Of(under.Start) + grammar.Width(e.Text[0].Of(s.source))
	for _, f := range found {
		width += f.wider
	}
	if missing := width - under.Len(); missing > 0 {
		for _, a := range e.Adornment {
			s.edits = append(s.edits, render.Edit{Start: a.End, End: a.End, New: bytes.Repeat(s.source[a.Start:a.Start+1], missing)})
		}
	}
}

// keepColumns makes the lines of a cell of a grid table or a simple table as wide as
// they were, and reports a role whose value is too wide for that.
func (s *roleScan) keepColumns(e *grammar.Element, found []foundRole) {
	if !inCell(e) {
		return
	}
	var line grammar.Text
	var end int
	var followed bool
	for i, wider := 0, 0; i < len(found); i++ {
		f := found[i]
		if bytes.ContainsAny(f.inline.Span.Of(s.source), "\t\r\n") {
			s.unfit(f.inline, f.option, "a role cannot be wrapped, or hold a tab, in a cell of a grid table or a simple table")
			continue
		}
		if i == 0 || f.inline.Span.Start > end {
			line, _ = lineOf(e, f.inline.Span.Start)
			end, followed = s.endOfText(line)
		}
		if wider += f.wider; !followed || i+1 < len(found) && found[i+1].inline.Span.Start < end {
			continue // the last column of a simple table has no end
		}
		switch {
		case wider > 0:
			s.unfit(f.inline, f.option, fmt.Sprintf("the default of %s is wider than the role by %s, which would break the columns of the table", f.option, count(wider, "character")))
		case wider < 0:
			s.edits = append(s.edits, render.Edit{Start: end, End: end, New: bytes.Repeat([]byte{' '}, -wider)})
		}
		wider = 0
	}
}

// unfit reports that a role's place cannot hold its value.
func (s *roleScan) unfit(in grammar.Inline, o *catalog.Option, problem string) {
	s.call(in).errorf(in.Span, substitution(in, o), "%s", problem)
	s.failed = true
}

// inCell reports whether an element stands in a cell of a grid table or a simple
// table.
func inCell(e *grammar.Element) bool {
	for ; e != nil; e = e.Parent {
		if e.Kind == grammar.Cell {
			return true
		}
	}
	return false
}

// endOfText returns the offset after the text that a line of a cell holds, and
// whether something follows it on the line of the page.
func (s *roleScan) endOfText(line grammar.Text) (end int, followed bool) {
	end = line.End
	for end < len(s.source) && s.source[end] == ':' {
		end++ // those of "::" that are not shown
	}
	rest := s.source[end:lineBelow(s.source, end)]
	return end, len(bytes.TrimSpace(rest)) > 0
}
