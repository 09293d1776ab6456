package expand

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"sort"
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
	s := p.roleScan(p.Reader(), p.page.Source)
	s.skip = func(span grammar.Span) bool { return regions.At(span) != nil }
	s.scan(doc.Root)
	for _, f := range s.found {
		x := Expansion{Source: f.inline.Span, Type: f.inline.Name, Options: []*catalog.Option{f.option}, New: []string{string(f.edit.New)}, shows: f.shows}
		if p.Mode == OutputTree {
			x.edit = p.addEdit(*f.edit)
		}
		p.result.Expansions = append(p.result.Expansions, x)
	}
	p.result.Blocked = p.result.Blocked || s.failed
}

// nestedRoles expands the roles in doc, the reading of an expansion. What is
// wrong with one is reported where the author wrote it.
func (p *pageExpansion) nestedRoles(c *directives.Call, e *directives.Expansion, reader *grammar.Reader, doc *grammar.Document) {
	s := p.roleScan(reader, doc.Source)
	author := authorText{call: c, text: doc.Source}
	s.report = func(f finding.Finding) { c.Report(author.place(f, s.role)) }
	s.isNested = true
	s.scan(doc.Root)
	if c.Failed = s.failed; c.Failed || len(s.found) == 0 {
		return
	}
	out, err := render.Splice(doc.Source, s.edits(len(s.found)))
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

// readOtherwise says that a value changes what the text around it means.
const readOtherwise = "with its value the text around it would be read otherwise"

// A roleScan expands the roles in a page, or in the text of an expansion.
type roleScan struct {
	*pageExpansion
	reader   *grammar.Reader // that the source was read with
	source   []byte
	report   func(finding.Finding)
	skip     func(grammar.Span) bool // what is not looked at, or nil
	isCSV    bool                    // the source is a cell of a csv-table
	isNested bool                    // the source is an expansion, so that even in place its roles are expanded
	element  *grammar.Element        // that holds the role
	role     grammar.Span            // the role that findings are about
	seen     map[int]bool            // the offsets of roles, some of which docutils reads twice
	found    []foundRole
	failed   bool
}

// A foundRole is a role that can be expanded.
type foundRole struct {
	inline grammar.Inline
	option *catalog.Option
	edit   *render.Edit
	shows  func(value string) []string // what the edit would write with another default
}

// roleScan returns a scan of source, which reader reads.
func (p *pageExpansion) roleScan(reader *grammar.Reader, source []byte) *roleScan {
	return &roleScan{pageExpansion: p, reader: reader, source: source, report: p.report, seen: map[int]bool{}}
}

// scan expands the roles in root and below.
func (s *roleScan) scan(root *grammar.Element) {
	for s.element = range root.All() {
		first := len(s.found)
		for _, in := range s.element.Inlines {
			isCandidate := in.Kind == grammar.Role || in.Kind == grammar.Literal
			if !isCandidate || s.seen[in.Span.Start] || s.skip != nil && s.skip(in.Span) {
				continue
			}
			s.seen[in.Span.Start], s.role = true, in.Span
			if strings.EqualFold(in.Name.Value, directives.RoleName) {
				s.expand(in)
			} else {
				s.nearMissRole(in)
			}
		}
		if s.element.Kind == grammar.Title && len(s.found) > first {
			s.checkTitle(s.found[first:])
		}
	}
	s.checkStructure(root)
}

// expand finds the value of one role, or reports why it cannot stand there.
func (s *roleScan) expand(in grammar.Inline) {
	c := s.roleCall(in)
	o, unit := c.RoleValue(in.Text)
	place := s.noPlace()
	switch {
	case c.Failed:
		s.failed = true
	case s.Mode == InPlace && !s.isNested:
		s.report(unexpandedRole(in, o))
	case place != "":
		s.refuse(in, o, "a role cannot stand in "+place)
	case s.sharesColon(in.Span):
		s.refuse(in, o, readOtherwise)
	default:
		write := func(o *catalog.Option) string { return s.writeWithin(c, o, unit, in.Span) }
		edit := &render.Edit{Start: in.Span.Start, End: in.Span.End, New: []byte(write(o))}
		s.found = append(s.found, foundRole{in, o, edit, func(value string) []string {
			return []string{write(directives.WithDefault(o, value))}
		}})
	}
}

// noPlace names what the element is or stands in if that holds no role: a value may be wider
// than the column of a table, or hold the comma or the colon that ends a cell or a name.
func (s *roleScan) noPlace() string {
	switch {
	case s.isCSV:
		return "a csv-table"
	case s.element.Kind == grammar.Field:
		return "the name of a field"
	}
	for e := s.element; e != nil; e = e.Parent {
		if e.Kind == grammar.Cell {
			return "a cell of a grid table or a simple table"
		}
	}
	return ""
}

// sharesColon reports whether the colon that ends a role may be the first of the two that
// introduce a literal block.
func (s *roleScan) sharesColon(role grammar.Span) bool {
	after := s.source[role.End:]
	return s.source[role.End-1] == ':' && bytes.HasPrefix(after, []byte(":")) && !bytes.HasPrefix(after, []byte("::"))
}

// nearby is how many bytes on both sides of a role are looked at: what is farther does
// not change how a value reads.
const nearby = 100

// writeWithin writes the default of an option for the place of a role in its line.
func (s *roleScan) writeWithin(c *directives.Call, o *catalog.Option, unit string, role grammar.Span) string {
	before := s.source[max(0, role.Start-nearby):role.Start]
	before = before[bytes.LastIndexAny(before, "\r\n")+1:]
	after, _, _ := bytes.Cut(s.source[role.End:min(len(s.source), role.End+nearby)], []byte("\n"))
	value, isText := c.DefaultText(o, unit)
	if isText {
		return render.TextWithin(value, string(before), string(after))
	}
	lines, _ := render.LiteralBlock(value)
	return render.LiteralWithin(lines[0], string(before), string(after))
}

// checkTitle reports the last of the roles of a title that would become longer than the line
// under it.
func (s *roleScan) checkTitle(found []foundRole) {
	title := s.element.Text[0].Of(s.source)
	width := grammar.Width(title)
	for _, f := range found {
		width += grammar.Width(f.edit.New) - grammar.Width(f.inline.Span.Of(s.source))
	}
	last := found[len(found)-1].inline
	if under := s.element.Name.Len(); width > under {
		s.roleCall(last).Errorf(last.Span, fmt.Sprintf("write a line of %d characters under it", width), "with its value the title is longer than the line under it")
		s.failed = true
	}
}

// maxRefused bounds how many roles are refused because of their values.
const maxRefused = 10

// checkStructure reads the source with the values in the places of the roles, and refuses
// roles whose values change which elements it holds: text can be short enough to be a title
// above a line of punctuation, say, or be the number of an item.
func (s *roleScan) checkStructure(root *grammar.Element) {
	for range maxRefused {
		if len(s.found) == 0 || s.keepsStructure(root, len(s.found)) {
			return
		}
		// The last role of the fewest that change something is the one that does.
		i := max(sort.Search(len(s.found), func(n int) bool { return !s.keepsStructure(root, n) })-1, 0)
		s.role = s.found[i].inline.Span
		s.refuse(s.found[i].inline, s.found[i].option, readOtherwise)
		s.found = slices.Delete(s.found, i, i+1)
	}
}

// keepsStructure reports whether the source, with values in the places of the first n roles,
// has the structure of root, its reading with none.
func (s *roleScan) keepsStructure(root *grammar.Element, n int) bool {
	edits := s.edits(n)
	page, err := render.Splice(s.source, edits)
	return err != nil || directives.SameStructure(root, s.reader.Read(page).Root, render.MapOffsets(edits)) // the error is reported when the page is made
}

// edits returns the edits of the first n roles.
func (s *roleScan) edits(n int) []render.Edit {
	edits := make([]render.Edit, n)
	for i, f := range s.found[:n] {
		edits[i] = *f.edit
	}
	return edits
}

// roleCall returns the call for a role: a directive without options.
func (s *roleScan) roleCall(in grammar.Inline) *directives.Call {
	return s.call(&grammar.Directive{Type: in.Name, Span: in.Span}, s.source, s.fitting)
}

// fitting reports what is wrong with a role. Words that do not fit there are not certain.
func (s *roleScan) fitting(f finding.Finding) {
	f.Certain = f.Certain && s.element.Fits(s.source, f.Span, f.Suggestion)
	s.report(f)
}

// refuse reports that a role's place cannot hold its value.
func (s *roleScan) refuse(in grammar.Inline, o *catalog.Option, problem string) {
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

// An authorText locates roles of an expansion in the directive where an author wrote them,
// perhaps with other white space between their words.
type authorText struct {
	call *directives.Call
	text []byte // the expansion
	next int    // the offset in the source where the search for the next role begins

	role grammar.Span // the role that was located last, in the expansion
	at   grammar.Span // that role in the source, the type of the directive if it is not there
}

// place moves a finding about a role in the expansion to the same words in the directive.
func (a *authorText) place(f finding.Finding, role grammar.Span) finding.Finding {
	directive := a.call.Directive
	if a.role != role {
		var found bool
		from := max(a.next, directive.Span.Start)
		if a.at, found = a.find(role, grammar.Span{Start: from, End: directive.Span.End}); !found {
			a.at, found = a.find(role, directive.Span) // options may be written in any order
		}
		if a.role, a.next = role, a.at.End; !found {
			a.at = directive.Type.Span
		}
	}
	at, found := a.find(f.Span, a.at)
	if f.Span = at; !found {
		f.Span, f.Suggestion = a.at, ""
	}
	return f
}

// find returns where the words of a span of the expansion stand in a span of the source.
func (a *authorText) find(words, in grammar.Span) (at grammar.Span, found bool) {
	quoted := strings.Fields(string(words.Of(a.text)))
	for i, word := range quoted {
		quoted[i] = regexp.QuoteMeta(string([]rune(word))) // U+FFFD matches a byte that is not UTF-8
	}
	m := regexp.MustCompile(strings.Join(quoted, `\s+`)).FindIndex(in.Of(a.call.Source))
	if m == nil {
		return in, false
	}
	return grammar.Span{Start: m[0], End: m[1]}.Shift(in.Start), true
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
