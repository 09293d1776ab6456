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

// roles expands the roles of a page outside of its regions, and reports near misses.
func (p *pageExpansion) roles(doc *grammar.Document, regions directives.Regions) {
	if !roleGate.Passes(doc.Source) {
		return
	}
	s := p.roleScan(p.Reader(), p.page.Source)
	s.skip = func(span grammar.Span) bool { return regions.At(span) != nil }
	s.scan(doc.Root)
	for _, f := range s.found {
		if p.Mode != OutputTree {
			f.edit = nil
		}
		p.result.Expansions = append(p.result.Expansions, f.Expansion)
	}
	p.result.Blocked = p.result.Blocked || s.failed
}

// nestedRoles expands the roles in an expansion, of which doc is the document. It reports a
// finding at the place in the page where the author wrote the role.
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
		e.Options = append(e.Options, f.Options...)
	}
}

// readOtherwise is the problem of a role whose value changes how docutils reads the page.
const readOtherwise = "with its value the text around it would be read otherwise"

// A roleScan expands the roles in a page, or in the text of an expansion.
type roleScan struct {
	*pageExpansion
	reader   *grammar.Reader // reads source
	source   []byte
	report   func(finding.Finding)
	skip     func(grammar.Span) bool // reports roles to skip; can be nil
	isCSV    bool                    // source is a cell of a csv-table
	isNested bool                    // source is an expansion, in which roles are expanded even in place
	element  *grammar.Element        // the current element
	role     grammar.Span            // the current role
	seen     map[int]bool            // offsets of roles: some elements contain the same inline markup
	found    []foundRole
	failed   bool // a role cannot be expanded
}

// A foundRole is a role that can be expanded.
type foundRole struct {
	Expansion // shows one option, and has an edit
	inline    grammar.Inline
}

// roleScan returns a scan of source.
func (p *pageExpansion) roleScan(reader *grammar.Reader, source []byte) *roleScan {
	return &roleScan{pageExpansion: p, reader: reader, source: source, report: p.report, seen: map[int]bool{}}
}

// scan finds the roles in root and its descendants, and their values.
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

// expand adds a role to s.found, or reports why it cannot be expanded.
func (s *roleScan) expand(in grammar.Inline) {
	c := s.roleCall(in)
	o, unit := c.RoleValue(in.Text)
	forbidden := s.forbiddenPlace()
	switch {
	case c.Failed:
		s.failed = true
	case s.Mode == InPlace && !s.isNested:
		s.report(unexpandedRole(in, o))
	case forbidden != "":
		s.refuse(in, o, "a role is not allowed in "+forbidden)
	case s.sharesColon(in.Span):
		s.refuse(in, o, readOtherwise)
	default:
		write := func(o *catalog.Option) string { return s.writeWithin(c, o, unit, in.Span) }
		x := Expansion{Source: in.Span, Type: in.Name, Options: []*catalog.Option{o}, New: []string{write(o)}}
		x.linesWithDefault = func(value string) []string { return []string{write(directives.WithDefault(o, value))} }
		x.edit = &render.Edit{Start: in.Span.Start, End: in.Span.End, New: []byte(x.New[0])}
		s.found = append(s.found, foundRole{x, in})
	}
}

// forbiddenPlace describes the current element if it cannot contain a role, and else returns "".
// A value can be wider than the column of a table, and can contain the comma or the colon that
// ends a cell or a name.
func (s *roleScan) forbiddenPlace() string {
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

// sharesColon reports whether the colon at the end of a role, with the one behind it, can
// introduce a literal block.
func (s *roleScan) sharesColon(role grammar.Span) bool {
	after := s.source[role.End:]
	return s.source[role.End-1] == ':' && bytes.HasPrefix(after, []byte(":")) && !bytes.HasPrefix(after, []byte("::"))
}

// contextSize is the number of bytes before and after a role that decide how its value is
// escaped.
const contextSize = 100

// writeWithin returns the default of an option, escaped for the text around a role.
func (s *roleScan) writeWithin(c *directives.Call, o *catalog.Option, unit string, role grammar.Span) string {
	before := s.source[max(0, role.Start-contextSize):role.Start]
	before = before[bytes.LastIndexAny(before, "\r\n")+1:]
	after, _, _ := bytes.Cut(s.source[role.End:min(len(s.source), role.End+contextSize)], []byte("\n"))
	value, isText := c.DefaultText(o, unit)
	if isText {
		return render.TextWithin(value, string(before), string(after))
	}
	lines, _ := render.LiteralBlock(value)
	return render.LiteralWithin(lines[0], string(before), string(after))
}

// checkTitle reports the last role of a title if the values make the title longer than its
// underline.
func (s *roleScan) checkTitle(found []foundRole) {
	title := s.element.Text[0].Of(s.source)
	width := grammar.Width(title)
	for _, f := range found {
		width += grammar.Width(f.edit.New) - grammar.Width(f.Source.Of(s.source))
	}
	last := found[len(found)-1].inline
	if underline := s.element.Name.Len(); width > underline {
		s.roleCall(last).Errorf(last.Span, fmt.Sprintf("write a line of %d characters under it", width), "with its value the title is longer than the line under it")
		s.failed = true
	}
}

// maxRefused bounds the roles of a page that checkStructure refuses: each costs several readings
// of the page.
const maxRefused = 10

// checkStructure reads source with the roles replaced by their values, and refuses roles whose
// values change its elements. For example, shorter text above a line of punctuation can become a
// title, and a number at the beginning of a line a list item.
func (s *roleScan) checkStructure(root *grammar.Element) {
	for range maxRefused {
		if len(s.found) == 0 || s.keepsStructure(root, len(s.found)) {
			return
		}
		// If the first n roles change the structure and the first n-1 do not, role n does.
		i := max(sort.Search(len(s.found), func(n int) bool { return !s.keepsStructure(root, n) })-1, 0)
		s.role = s.found[i].Source
		s.refuse(s.found[i].inline, s.found[i].Options[0], readOtherwise)
		s.found = slices.Delete(s.found, i, i+1)
	}
}

// keepsStructure reports whether source still has the elements of root after the first n roles
// are replaced by their values. An error is reported later, when all edits are applied.
func (s *roleScan) keepsStructure(root *grammar.Element, n int) bool {
	edits := s.edits(n)
	page, err := render.Splice(s.source, edits)
	return err != nil || directives.SameStructure(root, s.reader.Read(page).Root, render.MapOffsets(edits))
}

// edits returns the edits of the first n roles.
func (s *roleScan) edits(n int) []render.Edit {
	edits := make([]render.Edit, n)
	for i, f := range s.found[:n] {
		edits[i] = *f.edit
	}
	return edits
}

// roleCall returns the call for a role, which is treated as a directive without options.
func (s *roleScan) roleCall(in grammar.Inline) *directives.Call {
	return s.call(&grammar.Directive{Type: in.Name, Span: in.Span}, s.source, s.reportRole)
}

// reportRole adds a finding about the current role. Its suggestion is not certain if it would
// break the table or the title that contains the role.
func (s *roleScan) reportRole(f finding.Finding) {
	f.Certain = f.Certain && s.element.Fits(s.source, f.Span, f.Suggestion)
	s.report(f)
}

// refuse reports that a role cannot be expanded, and suggests a substitution.
func (s *roleScan) refuse(in grammar.Inline, o *catalog.Option, problem string) {
	s.roleCall(in).Errorf(in.Span, substitution(in, o), "%s", problem)
	s.failed = true
}

// unexpandedRole returns the finding about a role in a page that is expanded in place.
func unexpandedRole(in grammar.Inline, o *catalog.Option) finding.Finding {
	return finding.Finding{
		Span: in.Name.Span, Rule: finding.Unexpanded, Severity: finding.Error, About: finding.Option(o.Reference),
		Message: "a role cannot be expanded in place",
		Help:    substitution(in, o),
	}
}

// substitution returns the help that shows a substitution to write instead of a role.
func substitution(in grammar.Inline, o *catalog.Option) string {
	text := fmt.Sprintf("write |%s| instead and, as a paragraph of its own:\n.. |%[1]s| airflow-config-default:: %s", o.Name, o)
	if ref, err := grammar.ParseReference(in.Text.Value); err == nil && ref.Unit != nil {
		text += "\n   :unit: " + ref.Unit.Value
	}
	return text
}

// An authorText finds the roles of an expansion in the directive that contains them. The white
// space in a role can differ between the two.
type authorText struct {
	call *directives.Call
	text []byte // the expansion
	next int    // the offset in the source after the last role that was found

	role grammar.Span // the last role, in the expansion
	at   grammar.Span // the last role, in the source; the type of the directive if it was not found
}

// place moves a finding about a role of the expansion to the same words of the directive.
func (a *authorText) place(f finding.Finding, role grammar.Span) finding.Finding {
	directive := a.call.Directive
	if a.role != role {
		var found bool
		from := max(a.next, directive.Span.Start)
		if a.at, found = a.find(role, grammar.Span{Start: from, End: directive.Span.End}); !found {
			a.at, found = a.find(role, directive.Span) // the expansion can show options in another order
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

// find returns the span of words, a span of the expansion, within a span of the source.
func (a *authorText) find(words, in grammar.Span) (at grammar.Span, found bool) {
	quoted := strings.Fields(string(words.Of(a.text)))
	for i, word := range quoted {
		quoted[i] = regexp.QuoteMeta(string([]rune(word))) // in a regexp, U+FFFD matches an invalid byte
	}
	m := regexp.MustCompile(strings.Join(quoted, `\s+`)).FindIndex(in.Of(a.call.Source))
	if m == nil {
		return in, false
	}
	return grammar.Span{Start: m[0], End: m[1]}.Shift(in.Start), true
}

// roleTriggers are the triggers of the role and its near misses.
var roleTriggers = []directives.Trigger{
	{Text: ":airflow", AnyCase: true},
	{Text: "airflow", AnyCase: true, Fits: func(page *directives.RawPage, from, to int) bool {
		rest := page.Source[to:min(to+maxType, len(page.Source))]
		end := max(bytes.IndexAny(rest, ": \t\r\n"), 0)
		return bytes.HasPrefix(rest[end:], []byte(":`"))
	}},
}

// roleGate skips text without the role and its near misses.
var roleGate = directives.NewGate(roleTriggers...)
