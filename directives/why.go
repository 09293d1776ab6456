package directives

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// A Reason says why an expansion is not what stands in its place: which option
// moved, and where the data declares it.
type Reason struct {
	Message  string
	Declared finding.Place // zero if the data does not declare the option
}

// Reasons explains how the expansion differs from the lines that it replaces, in
// the order of the rows; there is at least one reason if they differ.
func (e *Expander) Reasons(x Expansion) []Reason {
	if slices.Equal(x.Old, x.New) {
		return nil
	}
	if len(x.Old) == 0 && x.Managed {
		return []Reason{{Message: "nothing stands between its comments"}}
	}
	if len(x.Options) == 1 && !isTable(x.New) {
		o := x.Options[0]
		return []Reason{{fmt.Sprintf("the default of %s was %s, is %s", o, inText(x.Old), inText(x.New)), o.Declared}}
	}
	before, after := tableRows(x.Old), tableRows(x.New)
	was, is := byKey(before), byKey(after)
	var reasons []Reason
	for _, r := range after {
		if old := was[r.key]; old == nil {
			reasons = append(reasons, e.appeared(x, r))
		} else if !slices.Equal(old.lines, r.lines) {
			reasons = append(reasons, e.changed(*old, r, after[0]))
		}
	}
	for _, r := range before {
		if is[r.key] == nil {
			reasons = append(reasons, e.vanished(x, r))
		}
	}
	if len(reasons) == 0 {
		reasons = append(reasons, Reason{Message: "the options or the content of " + x.Type.Value + " changed"})
	}
	return reasons
}

// A tableRow is a row of a list-table in the text of an expansion.
type tableRow struct {
	key   string // the first reference in the row, as the author would read it; else its first cell
	lines []string
}

// isTable reports whether the lines of an expansion hold a table.
func isTable(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, ".. list-table::") })
}

// tableRows returns the rows of the tables in the lines of an expansion, header
// rows too.
func tableRows(lines []string) []tableRow {
	var rows []tableRow
	for _, l := range lines {
		if rest, ok := strings.CutPrefix(l, "   * - "); ok {
			rows = append(rows, tableRow{key: rest})
		}
		if len(rows) > 0 {
			r := &rows[len(rows)-1]
			r.lines = append(r.lines, l)
		}
	}
	for i := range rows {
		for _, l := range rows[i].lines {
			if literal, ok := leadingLiteral(strings.TrimLeft(l, " *-")); ok && (strings.HasPrefix(literal, "[") || strings.HasPrefix(literal, "AIRFLOW__")) {
				rows[i].key = literal
				break
			}
		}
	}
	return rows
}

// byKey returns the first row of each key.
func byKey(rows []tableRow) map[string]*tableRow {
	found := make(map[string]*tableRow, len(rows))
	for i := range rows {
		if found[rows[i].key] == nil {
			found[rows[i].key] = &rows[i]
		}
	}
	return found
}

// option returns the option that a row is about, or nil.
func (e *Expander) option(r tableRow) *catalog.Option {
	ref, err := grammar.ParseReference(r.key)
	if err != nil {
		return nil
	}
	o, _ := e.resolve(ref)
	return o
}

// appeared explains a row that was not there before.
func (e *Expander) appeared(x Expansion, r tableRow) Reason {
	o := e.option(r)
	switch {
	case o == nil:
		return Reason{Message: "the row " + quote(r.key) + " is new"}
	case strings.EqualFold(x.Type.Value, configDefaultType):
		return Reason{fmt.Sprintf("the row of %s is new", o), o.Declared}
	}
	return Reason{fmt.Sprintf("%s is sensitive now", o), o.Declared}
}

// vanished explains a row that is there no more.
func (e *Expander) vanished(x Expansion, r tableRow) Reason {
	o := e.option(r)
	switch {
	case o == nil:
		return Reason{Message: e.gone(r)}
	case !o.Sensitive && !strings.EqualFold(x.Type.Value, configDefaultType):
		return Reason{fmt.Sprintf("%s is not sensitive any more", o), o.Declared}
	}
	return Reason{fmt.Sprintf("the row of %s is no longer asked for", o), o.Declared}
}

// gone says what became of an option that the data does not declare.
func (e *Expander) gone(r tableRow) string {
	ref, err := grammar.ParseReference(r.key)
	if err != nil {
		return "the row " + quote(r.key) + " is gone"
	}
	message := r.key + " is not declared any more"
	if _, d := e.resolve(ref); d.Suggestion != "" {
		message += "; it may be " + d.Suggestion + " now"
	}
	return message
}

// changed explains a row whose cells differ, by the first that does; header is the
// first row of its table.
func (e *Expander) changed(old, r, header tableRow) Reason {
	was, is, i := "", "", 0
	for ; i < max(len(old.lines), len(r.lines)); i++ {
		if was, is = cellAt(old.lines, i), cellAt(r.lines, i); was != is {
			break
		}
	}
	name, declared, under := r.key, finding.Place{}, ""
	if o := e.option(r); o != nil {
		name, declared = o.String(), o.Declared
	}
	if was == "" || is == "" {
		under = " under " + quote(cellAt(header.lines, cellsAbove(r.lines, i)))
	}
	return Reason{fmt.Sprintf("the row of %s said %s%s, says %s", name, said(was), under, said(is)), declared}
}

// said returns a line of a cell as messages show it.
func said(line string) string {
	if line == "" {
		return "nothing"
	}
	return quote(line)
}

// cellsAbove returns how many cells of a row end above line i: the index, from 0, of
// the cell that holds it.
func cellsAbove(lines []string, i int) int {
	n := -1
	for _, l := range lines[:min(i+1, len(lines))] {
		if strings.HasPrefix(l, "   * -") || strings.HasPrefix(l, "     -") {
			n++
		}
	}
	return max(n, 0)
}

// cellAt returns line i of a row without what marks the cell, "" past its end.
func cellAt(lines []string, i int) string {
	if i >= len(lines) {
		return ""
	}
	line := strings.TrimLeft(lines[i], " *")
	if line == "-" {
		return ""
	}
	return strings.TrimPrefix(line, "- ")
}

// inText returns the lines of a value as a message shows them.
func inText(lines []string) string {
	if len(lines) == 0 {
		return "nothing"
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}

// Against fills in what a page that was expanded earlier, old, holds in the place
// of each expansion. It reports false if the text around the expansions differs,
// so that the page itself changed.
func (r *Result) Against(source, old []byte) bool {
	last := 0
	var holes []string
	for i, e := range r.edits {
		piece := source[last:e.Start]
		at := bytes.Index(old, piece)
		if at < 0 || i == 0 && at != 0 {
			return false
		}
		if i > 0 {
			holes = append(holes, string(old[:at]))
		}
		old = old[at+len(piece):]
		last = e.End
	}
	if !bytes.HasSuffix(old, source[last:]) {
		return false
	}
	if len(r.edits) > 0 {
		holes = append(holes, string(old[:len(old)-len(source[last:])]))
	}
	for i := range r.Expansions {
		if n := r.Expansions[i].edit; n >= 0 && n < len(holes) {
			r.Expansions[i].Old = cutLines(holes[n], r.Expansions[i].column)
		}
	}
	return true
}
