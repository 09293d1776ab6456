package directives

import (
	"bytes"
	"slices"
	"strings"

	"windsock/grammar"
	"windsock/render"
)

// csvRoles expands the roles in the cells of a csv-table, each of which docutils reads
// as RST of its own.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func (s *roleScan) csvRoles(table *grammar.Element) {
	special := `",`
	var lines []grammar.Text
	for _, o := range table.Directive.Options {
		switch value := joinText(o.Value).Value; strings.ToLower(o.Name.Value) {
		case "header":
			s.csvLines(o.Value, special+`\`) // which escapes there, and nowhere else
		case "delim":
			special += separator(value)
		case "quote", "escape":
			special += value
		}
	}
	for _, child := range table.Children {
		if child.Kind == grammar.LiteralBlock {
			lines = append(lines, child.Text...)
		}
	}
	s.csvLines(lines, special)
}

// separator returns the character that the value of the option "delim" means.
func separator(value string) string {
	switch strings.ToLower(value) {
	case "tab":
		return "\t"
	case "space":
		return " "
	}
	return value
}

// csvLines expands the roles in lines of comma-separated values, whose cells the
// special characters bound.
func (s *roleScan) csvLines(lines []grammar.Text, special string) {
	if len(lines) == 0 {
		return
	}
	text, starts := []byte{}, make([]int, len(lines))
	for i, l := range lines {
		text = append(text, '"') // beside it inline markup may begin and end
		starts[i] = len(text)
		text = append(append(text, l.Of(s.source)...), '\n')
	}
	for i, c := range text {
		if strings.IndexByte(special, c) >= 0 && c != ' ' {
			text[i] = '"'
		}
	}
	moved := func(span grammar.Span) grammar.Span {
		return grammar.Span{Start: moveTo(lines, starts, span.Start), End: moveTo(lines, starts, span.End)}
	}
	for e := range (&grammar.Reader{}).ReadAll(text).Root.All() {
		for _, in := range e.Inlines() {
			around := cellAround(text, in.Span)
			if in.Kind == grammar.Role && in.Name.Value != "" && !strings.HasPrefix(around.Before, ".. ") {
				in.Span, in.Name.Span, in.Text.Span = moved(in.Span), moved(in.Name.Span), moved(in.Text.Span)
				s.csvRole(in, around, special)
			}
		}
	}
}

// moveTo returns the offset in the source of an offset in lines that were joined,
// whose beginnings in that text are starts.
func moveTo(lines []grammar.Text, starts []int, offset int) int {
	i, exact := slices.BinarySearch(starts, offset)
	if !exact {
		i--
	}
	return lines[i].Start + offset - starts[i]
}

// cellAround returns what stands in the line of a cell before and after span.
func cellAround(text []byte, span grammar.Span) render.Around {
	before := text[max(0, span.Start-nearby):span.Start]
	start := bytes.LastIndexAny(before, "\"\n") + 1
	after := text[span.End:min(len(text), span.End+nearby)]
	if end := bytes.IndexAny(after, "\"\n"); end >= 0 {
		after = after[:end]
	}
	return render.Around{Before: strings.TrimLeft(string(before[start:]), " "), After: string(after), Leads: start > 0}
}

// csvRole expands one role in a cell of a csv-table.
func (s *roleScan) csvRole(in grammar.Inline, around render.Around, special string) {
	o, shown, ok := s.expand(in, around)
	if !ok {
		return
	}
	problem := ""
	switch {
	case strings.ContainsAny(shown, special):
		problem = "the default of " + o.String() + " holds a character that bounds the cells of a csv-table"
	case bytes.HasSuffix(in.Span.Of(s.source), []byte(":")) && strings.TrimSpace(around.After) == ":":
		problem = otherwise // the cell may end there, and thus in two colons, which introduce a literal block
	case around.Leads:
		problem = becomes(s.cell(around, string(in.Span.Of(s.source))), s.cell(around, shown))
	}
	if problem != "" {
		s.unfit(in, o, problem)
		return
	}
	s.add(in, o, render.Edit{Start: in.Span.Start, End: in.Span.End, New: []byte(shown)}, shown)
}

// cell returns the elements that begin where a cell of a csv-table does that holds text.
func (s *roleScan) cell(around render.Around, text string) []grammar.Kind {
	doc := s.reader.ReadAll([]byte(around.Before + text + around.After))
	return outlineOf(doc.Root, unmoved, map[int]bool{0: true})[0]
}
