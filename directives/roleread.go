package directives

import (
	"cmp"
	"maps"
	"slices"

	"windsock/grammar"
	"windsock/render"
)

// reread reads what becomes of the source, and reports the roles whose values make other
// elements of it than those below root. Text can be short enough then to be a title above a
// line of punctuation, say, or a field, which a backquote behind a colon is not.
func (s *roleScan) reread(root *grammar.Element) {
	page, err := render.Splice(s.source, s.edits)
	if err != nil || len(s.found) == 0 {
		return // why the page cannot be made is reported when it is
	}
	moved, again := movedBy(s.edits), s.reader.ReadAll(page).Root
	if isSame(root, again, moved) {
		return
	}
	wanted := map[int]bool{}
	for _, f := range s.found {
		wanted[moved(f.line)], wanted[moved(f.element)] = true, true
	}
	before, after := outlineOf(root, moved, wanted), outlineOf(again, unmoved, wanted)
	problems := s.misfits(before, after, moved)
	if len(problems) == 0 {
		differs := func(f foundRole) bool { at := moved(f.element); return !slices.Equal(before[at], after[at]) }
		problems[max(slices.IndexFunc(s.found, differs), 0)] = otherwise
	}
	for _, i := range slices.Sorted(maps.Keys(problems)) {
		s.unfit(s.found[i].inline, s.found[i].option, problems[i])
	}
}

// isSame reports whether b holds the elements that a does, each where that of a is moved to.
func isSame(a, b *grammar.Element, moved func(int) int) bool {
	return a.Kind == b.Kind && moved(a.Span.Start) == b.Span.Start && len(optionsOf(a)) == len(optionsOf(b)) &&
		slices.EqualFunc(a.Children, b.Children, func(a, b *grammar.Element) bool { return isSame(a, b, moved) })
}

// optionsOf returns the options of a directive, of other elements none.
func optionsOf(e *grammar.Element) []grammar.Option {
	if e.Kind != grammar.DirectiveBlock {
		return nil
	}
	return e.Directive.Options
}

// misfits says of the roles that were found, by their index, why their places cannot hold
// their values: of the last in a line that begins another element, or else of the first in the
// element.
func (s *roleScan) misfits(before, after outline, moved func(int) int) map[int]string {
	problems, told := map[int]string{}, map[int]bool{}
	look := func(i, at int) {
		if problem := becomes(before[at], after[at]); problem != "" && !told[at] {
			told[at], problems[i] = true, problem
		}
	}
	for i, f := range slices.Backward(s.found) {
		look(i, moved(f.line))
	}
	for i, f := range s.found {
		look(i, moved(f.element))
	}
	return problems
}

// movedBy returns the function that tells where what stands at an offset is moved to by
// edits, in none of which, but at their beginnings, it stands.
func movedBy(edits []render.Edit) func(int) int {
	edits = slices.SortedFunc(slices.Values(edits), func(a, b render.Edit) int { return cmp.Compare(a.End, b.End) })
	shifts := make([]int, 1+len(edits))
	for i, e := range edits {
		shifts[i+1] = shifts[i] + len(e.New) - (e.End - e.Start)
	}
	return func(at int) int {
		n, _ := slices.BinarySearchFunc(edits, at+1, func(e render.Edit, end int) int { return cmp.Compare(e.End, end) })
		return at + shifts[n]
	}
}

// unmoved returns an offset as it is.
func unmoved(at int) int { return at }

// An outline tells which elements begin at an offset, each before what it holds. An option
// of a directive is a field there.
type outline map[int][]grammar.Kind

// outlineOf returns the outline of what is in root, whose offsets are moved, at those that are
// wanted.
func outlineOf(root *grammar.Element, moved func(int) int, wanted map[int]bool) outline {
	o := outline{}
	add := func(at int, kind grammar.Kind) {
		if at = moved(at); wanted[at] {
			o[at] = append(o[at], kind)
		}
	}
	for e := range root.All() {
		add(e.Span.Start, e.Kind)
		for _, option := range optionsOf(e) {
			add(option.Name.Start-len(":"), grammar.Field)
		}
	}
	return o
}

// otherwise says that a value makes something else of text.
const otherwise = "with its value the text would be read otherwise"

// becomes says why a role's place cannot hold its value if an element begins there after it
// was put in that did not before: "" if none does.
func becomes(before, after []grammar.Kind) string {
	i := slices.IndexFunc(after, func(kind grammar.Kind) bool { return !slices.Contains(before, kind) })
	if i < 0 {
		return ""
	}
	switch after[i] {
	case grammar.FieldList, grammar.Field:
		return "with its value the line would become a field"
	case grammar.OptionList:
		return "with its value the line would become an option"
	case grammar.EnumeratedList:
		return "with its value the text would become items of a list"
	case grammar.Section:
		return "with its value the line would become a title"
	}
	return otherwise
}
