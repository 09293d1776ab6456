package expand

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/finding"
	"windsock/directives/internal/lazyregexp"
	"windsock/grammar"
	"windsock/render"
)

// A Reason says how the text in the place of an expansion differs from it, and where the data
// declares the option that this is about.
type Reason struct {
	Message  string
	Declared finding.Place // zero if the data does not declare the option
}

// Reasons explains how the expansion differs from the lines that it replaces: by reasons that
// explain the whole difference or else by one that only says that there is one. There is none
// if they are the same.
func (e *Expander) Reasons(x Expansion) []Reason {
	switch {
	case x.MovedOn:
		return []Reason{{Message: "the data, or the directive, changed as well"}}
	case x.Edited || slices.Equal(x.Old, x.New):
		return nil
	case len(x.Old) == 0 && x.Region != nil:
		return []Reason{{Message: "nothing stands between its comments"}}
	}
	if was, ok := x.formerDefault(); ok {
		o := x.Options[0]
		return []Reason{{fmt.Sprintf("the default of %s was %s, is %s", o, was, inText(x.New)), o.Declared}}
	}
	if reasons := e.rowReasons(x); len(reasons) > 0 {
		return reasons
	}
	return []Reason{{Message: "the text differs"}}
}

// formerDefault returns the default that the old lines show, if they are what the expansion
// would be with another default.
func (x *Expansion) formerDefault() (string, bool) {
	if x.shows == nil {
		return "", false
	}
	was := inText(x.Old)
	value, isLiteral := directives.LeadingLiteral(was)
	if !isLiteral {
		value, _, _ = strings.Cut(was, " ")
	}
	return was, slices.Equal(x.Old, x.shows(value)) || was == "None"
}

// inText returns the lines of a value as a message shows them.
func inText(lines []string) string {
	text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if _, value, ok := strings.Cut(text, directives.ReplaceMark); ok {
		return value
	}
	return text
}

// rowReasons explains a difference in the rows of a table; there is no reason if anything
// around the rows differs too.
func (e *Expander) rowReasons(x Expansion) (reasons []Reason) {
	before, beforeNames, aroundBefore := cutRows(x.Old)
	after, afterNames, aroundAfter := cutRows(x.New)
	if aroundBefore != aroundAfter {
		return nil
	}
	for i, name := range afterNames {
		switch at := slices.Index(beforeNames, name); {
		case at < 0:
			reasons = append(reasons, e.rowReason(name, "the row of %s is missing"))
		case before[at] != after[i]:
			reasons = append(reasons, e.rowReason(name, "the row of %s differs"))
		}
	}
	for _, name := range beforeNames {
		if !slices.Contains(afterNames, name) {
			reasons = append(reasons, e.vanished(x, name))
		}
	}
	return reasons
}

// What a row of a table in an expansion is, and the name of an option as it shows one.
var (
	tableRow   = lazyregexp.New(`(?m)^   \* - .*\n(?:(?:     .*)?\n)*`)
	optionName = lazyregexp.New("``(\\[[^`]*|AIRFLOW__[^`]*)``")
)

// cutRows returns the rows below the header of the table in an expansion, the name of each,
// which is the first of an option in it or else its first line, and what is around them.
func cutRows(lines []string) (rows, names []string, around string) {
	text := strings.Join(lines, "\n") + "\n"
	for i, row := range tableRow().FindAllString(text, -1) {
		row = strings.TrimSpace(row)
		if i == 0 {
			around = row + "\n"
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(row, "* - "), "\n")
		if m := optionName().FindStringSubmatch(row); m != nil {
			name = m[1]
		}
		rows, names = append(rows, row), append(names, name)
	}
	return rows, names, around + tableRow().ReplaceAllString(text, "")
}

// vanished explains a row that the expansion does not have.
func (e *Expander) vanished(x Expansion, name string) Reason {
	format := "the row of %s is not asked for"
	if ref, err := grammar.ParseReference(name); err == nil {
		o, _ := directives.Resolve(e.Catalog, ref)
		switch {
		case o == nil:
			format = "%s is not declared"
		case !o.Sensitive && !strings.EqualFold(x.Type.Value, directives.ConfigDefaultType):
			format = "%s is not sensitive"
		}
	}
	return e.rowReason(name, format)
}

// rowReason says something of the row of that name.
func (e *Expander) rowReason(name, format string) Reason {
	ref, err := grammar.ParseReference(name)
	if err != nil {
		return Reason{Message: fmt.Sprintf(format, directives.Quote(name))}
	}
	if o, _ := directives.Resolve(e.Catalog, ref); o != nil {
		return Reason{fmt.Sprintf(format, o), o.Declared}
	}
	return Reason{Message: fmt.Sprintf(format, name)}
}

// OutputOf returns the page with those of the expansions alone that show reports, nil if that
// is the source.
func (r *Result) OutputOf(source []byte, show func(Expansion) bool) []byte {
	var edits []render.Edit
	for _, x := range r.Expansions {
		if x.edit != nil && show(x) {
			edits = append(edits, *x.edit)
		}
	}
	if len(edits) == 0 {
		return nil
	}
	out, err := render.Splice(source, edits)
	if err != nil {
		return nil // some of them alone do not overlap if all do not
	}
	return out
}

// Against fills in what a page that was expanded earlier, old, holds in the place
// of each expansion. It reports false if the text around the expansions differs,
// so that the page itself changed.
func (r *Result) Against(source, old []byte) bool {
	last := 0
	holes := make(map[*render.Edit]string)
	for i, e := range r.edits {
		piece := source[last:e.Start]
		at := bytes.Index(old, piece)
		if at < 0 || i == 0 && at != 0 {
			return false
		}
		if i > 0 {
			holes[r.edits[i-1]] = string(old[:at])
		}
		old = old[at+len(piece):]
		last = e.End
	}
	if !bytes.HasSuffix(old, source[last:]) {
		return false
	}
	if n := len(r.edits); n > 0 {
		holes[r.edits[n-1]] = string(old[:len(old)-len(source[last:])])
	}
	for i := range r.Expansions {
		if x := &r.Expansions[i]; x.edit != nil {
			x.Old = cutLines(holes[x.edit], x.column)
		}
	}
	return true
}
