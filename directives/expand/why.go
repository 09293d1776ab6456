package expand

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"windsock/directives"
	"windsock/directives/finding"
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
func (e *Expander) rowReasons(x Expansion) []Reason {
	before, after := cutRows(x.Old), cutRows(x.New)
	if !slices.Equal(before.around, after.around) {
		return nil
	}
	var reasons []Reason
	for _, r := range after.rows {
		i := slices.IndexFunc(before.rows, r.isOf)
		switch {
		case i < 0:
			reasons = append(reasons, e.rowReason(r, "the row of %s is missing"))
		case !slices.Equal(before.rows[i].lines, r.lines):
			reasons = append(reasons, e.rowReason(r, "the row of %s differs"))
		}
	}
	for _, r := range before.rows {
		if !slices.ContainsFunc(after.rows, r.isOf) {
			reasons = append(reasons, e.vanished(x, r))
		}
	}
	return reasons
}

// A tableRow is a row of a list-table in the text of an expansion.
type tableRow struct {
	key   string // the first reference in the row, or else its first cell
	lines []string
}

// isOf reports whether two rows are of the same option.
func (r tableRow) isOf(other tableRow) bool { return r.key == other.key }

// tableLines is the text of an expansion with a table.
type tableLines struct {
	around []string // what is not in the rows below the header
	rows   []tableRow
}

// cutRows divides the lines of an expansion.
func cutRows(lines []string) (t tableLines) {
	headers := 1
	var row *tableRow
	for _, l := range lines {
		cell, begins := strings.CutPrefix(l, "   * - ")
		switch {
		case begins && headers > 0:
			headers--
		case begins:
			t.rows = append(t.rows, tableRow{key: cell})
			row = &t.rows[len(t.rows)-1]
		case l != "" && !strings.HasPrefix(l, "     "):
			row = nil // the row ends with the table
		}
		if row == nil {
			t.around = append(t.around, l)
			continue
		}
		row.lines = append(row.lines, l)
		literal, ok := directives.LeadingLiteral(strings.TrimLeft(l, " *-"))
		if ok && !isOptionName(row.key) && isOptionName(literal) {
			row.key = literal
		}
	}
	return t
}

// isOptionName reports whether text is the name of an option as expansions show it.
func isOptionName(text string) bool {
	return strings.HasPrefix(text, "[") || strings.HasPrefix(text, "AIRFLOW__")
}

// rowReason says something of the row of an option.
func (e *Expander) rowReason(r tableRow, format string) Reason {
	if ref, err := grammar.ParseReference(r.key); err == nil {
		if o, _ := directives.Resolve(e.Catalog, ref); o != nil {
			return Reason{fmt.Sprintf(format, o), o.Declared}
		}
	}
	return Reason{Message: fmt.Sprintf(format, directives.Quote(r.key))}
}

// vanished explains a row that the expansion does not have.
func (e *Expander) vanished(x Expansion, r tableRow) Reason {
	ref, err := grammar.ParseReference(r.key)
	if err != nil {
		return e.rowReason(r, "the row of %s is not asked for")
	}
	o, missing := directives.Resolve(e.Catalog, ref)
	switch {
	case o != nil && !o.Sensitive && !strings.EqualFold(x.Type.Value, directives.ConfigDefaultType):
		return Reason{fmt.Sprintf("%s is not sensitive", o), o.Declared}
	case o != nil:
		return e.rowReason(r, "the row of %s is not asked for")
	case missing.Suggestion != "":
		return Reason{Message: r.key + " is not declared; it may be " + missing.Suggestion + " now"}
	}
	return Reason{Message: r.key + " is not declared"}
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
