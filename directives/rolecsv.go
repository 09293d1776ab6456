package directives

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"windsock/directives/finding"
	"windsock/grammar"
)

// csvRoles expands the roles in the cells of a csv-table, each of which docutils reads
// as RST of its own.
// https://docutils.sourceforge.io/docs/ref/rst/directives.html#csv-table-1
func (s *roleScan) csvRoles(table *grammar.Element) {
	content := dialect{delimiter: ",", quote: `"`}
	for _, o := range table.Directive.Options {
		switch value := joinText(o.Value).Value; strings.ToLower(o.Name.Value) {
		case "header":
			s.csvCells(o.Value, dialect{delimiter: ",", quote: `"`, escape: `\`})
		case "delim":
			content.delimiter = separator(value)
		case "quote":
			content.quote = value
		case "escape":
			content.escape = value
		case "keepspace":
			content.keepsSpace = true
		}
	}
	for _, child := range table.Children {
		if child.Kind == grammar.LiteralBlock {
			s.csvCells(child.Text, content)
		}
	}
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

// csvCells expands the roles in lines of comma-separated values.
func (s *roleScan) csvCells(lines []grammar.Text, d dialect) {
	if len(lines) == 0 {
		return
	}
	last := lines[len(lines)-1]
	margin := s.source[bytes.LastIndexAny(s.source[:last.Start], "\r\n")+1 : last.Start]
	nextLine := append([]byte(eolOf(s.source, last.Start)), margin...)
	for _, c := range d.cells(s.source, lines) {
		s.csvCell(&c, d, nextLine)
	}
}

// csvCell expands the roles in a cell, in whose text a line feed stands for nextLine.
func (s *roleScan) csvCell(c *csvCell, d dialect, nextLine []byte) {
	reader := &grammar.Reader{Roles: s.reader.Roles, LiteralDirectives: s.reader.LiteralDirectives}
	doc := reader.Read(c.text)
	if doc.Root == nil {
		return
	}
	in := s.roleScan(reader, c.text, nil)
	in.nested = s.nested
	in.skip = func(span grammar.Span) bool { return s.skip != nil && s.skip(c.span(span)) }
	in.report = func(d finding.Finding) {
		s.role, d.Span = c.span(in.role), c.span(d.Span)
		s.fitting(d)
	}
	in.scan(doc.Root)
	for _, f := range in.found {
		if !s.element.Fits(s.source, c.span(f.inline.Span), f.shown) {
			in.unfit(f.inline, f.option, "the default of "+f.option.String()+" is not as wide as the role, which would break the columns of the table around the csv-table")
		} else if strings.ContainsAny(string(in.edits[f.edit].New), c.special(d)) {
			in.unfit(f.inline, f.option, "the default of "+f.option.String()+" holds a character that bounds the cells of a csv-table")
		}
	}
	s.failed = s.failed || in.failed
	s.take(in, c, nextLine)
}

// take takes over what a search in a cell found.
func (s *roleScan) take(in *roleScan, c *csvCell, nextLine []byte) {
	for _, f := range in.found {
		f.edit += len(s.edits)
		for _, span := range []*grammar.Span{&f.inline.Span, &f.inline.Name.Span, &f.inline.Text.Span} {
			*span = c.span(*span)
		}
		f.element, f.line = f.inline.Span.Start, f.inline.Span.Start
		s.found = append(s.found, f)
	}
	for _, e := range in.edits {
		span := c.span(grammar.Span{Start: e.Start, End: e.End})
		e.Start, e.End, e.New = span.Start, span.End, bytes.ReplaceAll(e.New, []byte("\n"), nextLine)
		s.edits = append(s.edits, e)
	}
}

// A dialect says how the cells of comma-separated values are told apart.
type dialect struct {
	delimiter, quote string
	escape           string // "" if a quote in quotes is doubled
	keepsSpace       bool   // whether the blanks before a cell belong to it
}

// A csvCell is a cell of comma-separated values.
type csvCell struct {
	text   []byte // less its quotes
	at     []int  // the offset in the source of each byte
	quoted bool
}

// special returns the characters that the cell cannot hold as they are.
func (c *csvCell) special(d dialect) string {
	if c.quoted {
		return d.quote + d.escape
	}
	return d.delimiter + d.quote + d.escape
}

// span returns where a span of the cell's text stands in the source.
func (c *csvCell) span(s grammar.Span) grammar.Span {
	switch {
	case s.Len() > 0:
		return grammar.Span{Start: c.at[s.Start], End: c.at[s.End-1] + 1}
	case s.Start > 0:
		s.Start = c.at[s.Start-1] + 1
	default:
		s.Start = c.at[0]
	}
	return grammar.Span{Start: s.Start, End: s.Start}
}

// cells returns the cells in lines of comma-separated values that may hold roles.
func (d dialect) cells(source []byte, lines []grammar.Text) []csvCell {
	r := csvReader{dialect: d}
	for _, l := range lines {
		text := l.Of(source)
		for i := 0; i < len(text); {
			i += r.read(text[i:], l.Start+i)
		}
		r.endLine(l.End)
	}
	return r.found
}

// A csvReader reads comma-separated values as Python's does.
type csvReader struct {
	dialect
	state   cellState
	escaped bool // whether the next character stands for itself
	cell    csvCell
	found   []csvCell
}

// A cellState says where in a cell a reader is.
type cellState int

const (
	cellStart cellState = iota
	inCellText
	inQuotes
	behindQuote // in quotes that may be closed, unless there is another
)

// read reads the character that the rest of a line, at an offset, begins with, and returns
// its length.
func (r *csvReader) read(rest []byte, at int) int {
	is := func(mark string) bool { return mark != "" && bytes.HasPrefix(rest, []byte(mark)) }
	_, size := utf8.DecodeRune(rest)
	switch {
	case r.escaped:
		r.escaped = false
		r.take(rest[:size], at)
	case r.state == cellStart && is(r.quote):
		r.state, r.cell.quoted = inQuotes, true
	case r.state != behindQuote && is(r.escape):
		r.escaped = true
	case r.state == inQuotes && is(r.quote) && r.escape != "":
		r.state = inCellText
	case r.state == inQuotes && is(r.quote):
		r.state = behindQuote
	case r.state == behindQuote && is(r.quote):
		r.state = inQuotes
		r.take(rest[:size], at)
	case r.state == cellStart && rest[0] == ' ' && !r.keepsSpace:
	case r.state != inQuotes && is(r.delimiter):
		r.endCell()
	default:
		r.take(rest[:size], at)
	}
	return size
}

// take adds a character at an offset to the cell.
func (r *csvReader) take(character []byte, at int) {
	if r.state == cellStart {
		r.state = inCellText
	}
	for i, b := range character {
		r.cell.text, r.cell.at = append(r.cell.text, b), append(r.cell.at, at+i)
	}
}

// endLine ends a line at an offset, and thus a cell unless it goes on behind it.
func (r *csvReader) endLine(at int) {
	if r.state != inQuotes && !r.escaped {
		r.endCell()
		return
	}
	r.escaped = false
	r.take([]byte("\n"), at)
}

// endCell ends a cell.
func (r *csvReader) endCell() {
	if bytes.IndexByte(r.cell.text, '`') >= 0 {
		r.found = append(r.found, r.cell)
	}
	r.cell, r.state = csvCell{}, cellStart
}
