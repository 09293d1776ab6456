package directives

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
	"windsock/render"
)

// roles expands the roles of a page that stand outside of its regions, and reports
// those that are almost windsock's.
func (p *pageExpansion) roles(doc *grammar.Document, regions []*region) {
	if !doc.Roles {
		return
	}
	managed := func(s grammar.Span) bool {
		n, _ := slices.BinarySearchFunc(regions, s.End, func(r *region, end int) int { return cmp.Compare(r.end.Span.End, end) })
		return n < len(regions) && regions[n].begin.Span.Start <= s.Start
	}
	s := p.roleScan(p.Reader(), p.page.Source, p.report)
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

// A roleScan is the search for roles in a page, or in the text of an expansion.
type roleScan struct {
	*pageExpansion
	reader  *grammar.Reader // that the source was read with
	source  []byte
	report  func(finding.Finding)
	skip    func(grammar.Span) bool // what is not looked at, or nil
	element *grammar.Element        // that is being looked at
	role    grammar.Span            // the role that is, in it
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

	element, line int // the offsets where the element that holds it begins, and its line of that
}

// roleScan returns a search in source, which reader reads and whose findings go to report.
func (p *pageExpansion) roleScan(reader *grammar.Reader, source []byte, report func(finding.Finding)) *roleScan {
	return &roleScan{pageExpansion: p, reader: reader, source: source, report: report, seen: map[int]bool{}}
}

// scan expands the roles in root and below.
func (s *roleScan) scan(root *grammar.Element) {
	defer s.reread(root)
	for e := range root.All() {
		before := len(s.found)
		s.element = e
		for _, in := range e.Inlines() {
			if in.Kind == grammar.Role && !s.seen[in.Span.Start] && (s.skip == nil || !s.skip(in.Span)) {
				s.seen[in.Span.Start] = true
				s.expandIn(e, in)
			}
		}
		if here := s.found[before:]; len(here) > 0 {
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
	leads := first && (e.Kind == grammar.Paragraph || e.Kind == grammar.Term || e.Kind == grammar.Title || e.Kind == grammar.Attribution)
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
		if e.Kind != grammar.LiteralBlock { // in which each line break is seen
			s.keepLine(&edit, line, last)
		}
		s.keepColons(&edit, e, last)
		s.add(in, o, edit, shown)
		f := &s.found[len(s.found)-1]
		f.element, f.line = e.Span.Start, line.Start
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
		s.report(unexpandedRole(s.source, in, o))
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
		Expander: s.Expander, page: Page{s.page.Path, s.source}, report: s.fitting, data: s.data,
		directive: &grammar.Directive{Type: in.Name, Span: in.Span},
	}
}

// fitting reports what is wrong with a role. Words that do not fit there are not certain.
func (s *roleScan) fitting(d finding.Finding) {
	d.Certain = d.Certain && s.element.Fits(s.source, d.Span, d.Suggestion)
	s.report(d)
}

// unfit reports that a role's place cannot hold its value.
func (s *roleScan) unfit(in grammar.Inline, o *catalog.Option, problem string) {
	s.role = in.Span
	s.call(in).errorf(in.Span, substitution(in, o), "%s", problem)
	s.failed = true
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
