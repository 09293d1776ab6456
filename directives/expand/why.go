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
)

// A Reason explains a difference between an expansion and the text that it replaces.
type Reason struct {
	Message  string
	Declared finding.Place // of the option in the data; zero if the message names no declared option
}

// Reasons explains how an expansion differs from the lines that it replaces. It returns nil if
// they are the same. If it cannot explain the whole difference, it returns one reason, that
// there is a difference.
func (e *Expander) Reasons(x Expansion) []Reason {
	switch {
	case x.MovedOn:
		return []Reason{{Message: "the data, or the directive, changed as well"}}
	case x.Edited || slices.Equal(x.Old, x.New):
		return nil
	case len(x.Old) == 0 && x.Region != nil:
		return []Reason{{Message: "there is nothing between its comments"}}
	}
	if was, ok := x.oldDefault(); ok {
		o := x.Options[0]
		return []Reason{{fmt.Sprintf("the default of %s was %s, is %s", o, was, inText(x.New)), o.Declared}}
	}
	if reasons := e.rowReasons(x); len(reasons) > 0 {
		return reasons
	}
	return []Reason{{Message: "the text differs"}}
}

// oldDefault returns the default that the old lines show. It returns false if more than the
// default differs.
func (x *Expansion) oldDefault() (string, bool) {
	if x.linesWithDefault == nil {
		return "", false
	}
	was := inText(x.Old)
	value, isLiteral := directives.LeadingLiteral(was)
	if !isLiteral {
		value, _, _ = strings.Cut(was, " ")
	}
	return was, slices.Equal(x.Old, x.linesWithDefault(value)) || was == "None"
}

// inText returns a default, as the lines of an expansion show it, in one line for a message.
func inText(lines []string) string {
	text := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	if _, value, ok := strings.Cut(text, directives.ReplaceMark); ok {
		return value
	}
	return text
}

// rowReasons explains differences between the rows of a table. It returns nil if there are
// other differences.
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
			reasons = append(reasons, e.extraRow(x, name))
		}
	}
	return reasons
}

// rowPattern matches a row of a list-table in an expansion, and optionPattern the name of an
// option in it.
var (
	rowPattern    = lazyregexp.New(`(?m)^   \* - .*\n(?:(?:     .*)?\n)*`)
	optionPattern = lazyregexp.New("``(\\[[^`]*|AIRFLOW__[^`]*)``")
)

// cutRows returns the rows of the table in an expansion, without its header, and the text around
// them. The name of a row is that of the first option in it or, without one, its first line.
func cutRows(lines []string) (rows, names []string, around string) {
	text := strings.Join(lines, "\n") + "\n"
	for i, row := range rowPattern().FindAllString(text, -1) {
		row = strings.TrimSpace(row)
		if i == 0 {
			around = row + "\n"
			continue
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(row, "* - "), "\n")
		if m := optionPattern().FindStringSubmatch(row); m != nil {
			name = m[1]
		}
		rows, names = append(rows, row), append(names, name)
	}
	return rows, names, around + rowPattern().ReplaceAllString(text, "")
}

// extraRow explains a row that the expansion does not have.
func (e *Expander) extraRow(x Expansion, name string) Reason {
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

// rowReason returns a reason about a row. format has a verb for the name of the row.
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

// OutputOf returns the page with only the expansions that isIncluded reports. It returns source
// itself if they change nothing.
func (r *Result) OutputOf(source []byte, isIncluded func(Expansion) bool) []byte {
	out, _ := r.splice(source, isIncluded) // no error: Expand has applied all edits, so none overlap
	return out
}

// Against sets Old of each expansion that changes the page to its text in old, an earlier
// output for the page. It returns false if old differs from the page outside of the
// expansions; then the page itself has changed.
func (r *Result) Against(source, old []byte) bool {
	rest, last := old, 0
	var before *Expansion // the expansion before rest; nil at the beginning of the page
	for i := range r.Expansions {
		x := &r.Expansions[i]
		if x.edit == nil {
			continue
		}
		text := source[last:x.edit.Start]
		at := bytes.Index(rest, text)
		if at < 0 || before == nil && at != 0 {
			return false
		}
		if before != nil {
			before.Old = cutLines(string(rest[:at]), before.column)
		}
		rest, last, before = rest[at+len(text):], x.edit.End, x
	}
	expanded, ok := bytes.CutSuffix(rest, source[last:])
	if before != nil {
		before.Old = cutLines(string(expanded), before.column)
	}
	return ok
}
