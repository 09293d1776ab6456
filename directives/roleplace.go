package directives

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"windsock/grammar"
	"windsock/render"
)

// keepLine makes the edit of a role that is wrapped over lines keep a line break,
// before the value or behind it: how many lines some text has may tell what kind of
// element it is. An escaped line break is none to the text.
func (s *roleScan) keepLine(edit *render.Edit, line, last grammar.Text) {
	lineStart := bytes.LastIndexAny(s.source[:last.Start], "\r\n") + 1
	margin := s.source[lineStart:last.Start]
	if line.Start == last.Start || len(bytes.TrimSpace(margin)) > 0 {
		return
	}
	before := bytes.TrimRight(s.source[line.Start:edit.Start], " ")
	rest := s.source[edit.End:max(last.End, edit.End)]
	after := bytes.TrimLeft(rest, " \t")
	nextLine := slices.Concat([]byte(eolOf(s.source, edit.Start)), margin)
	switch {
	case bytes.IndexByte(before, ' ') > 0 && line.Start+len(before) < edit.Start && !isDrawn(before) && before[len(before)-1] != '\\':
		edit.Start = line.Start + len(before)
		edit.New = slices.Concat(nextLine, edit.New)
	case len(after) > 0 && len(after) < len(rest) && !isDrawn(after) && after[0] != ':':
		edit.End += len(rest) - len(after)
		edit.New = slices.Concat(edit.New, nextLine)
	case len(before) > 0:
		edit.New = slices.Concat([]byte(`\`), nextLine, edit.New)
	case len(after) > 0 && len(after) < len(rest):
		edit.End += len(rest) - len(after)
		edit.New = slices.Concat(edit.New, nextLine, []byte(`\ `)) // so that it is neither drawn nor an option
	case len(after) > 0:
		edit.New = slices.Concat(edit.New, []byte(`\`), nextLine)
	}
}

// isRule reports whether text is one punctuation character, repeated: alone on a line
// it would adorn a title.
func isRule(text []byte) bool {
	c := rune(text[0])
	return c < utf8.RuneSelf && !unicode.IsLetter(c) && !unicode.IsDigit(c) && len(bytes.Trim(text, string(c))) == 0
}

// isDrawn reports whether text is punctuation and blanks alone: on a line by itself it
// could adorn a title, or be the border of a table.
func isDrawn(text []byte) bool {
	return !bytes.ContainsFunc(text, func(r rune) bool {
		return r >= utf8.RuneSelf || unicode.IsLetter(r) || unicode.IsDigit(r)
	})
}

// keepColons makes the edit of a role at the end of a paragraph leave the two colons
// that introduce a literal block, of which the first was the role's own.
func (s *roleScan) keepColons(edit *render.Edit, e *grammar.Element, last grammar.Text) {
	if e.Kind == grammar.Paragraph && edit.End == last.End && bytes.HasPrefix(s.source[edit.End:], []byte(":")) {
		edit.New = append(edit.New, " :"...)
	}
}

// keepText reports a role whose value makes a field or an option of a line that begins
// with a mark of these: a backquote behind a colon, as in a role, keeps it from that. Such
// a line begins a paragraph or a title, or stands where a directive may have its options.
func (s *roleScan) keepText(e *grammar.Element, found []foundRole) {
	isText := e.Kind == grammar.Paragraph || e.Kind == grammar.Term || e.Kind == grammar.Title && e.Adornment.Over.Len() == 0
	inHead := e.Kind == grammar.Caption || e.Kind == grammar.Paragraph && e.Parent.Kind == grammar.DirectiveBlock
	for i, line := range e.Text {
		if line.Len() == 0 {
			continue
		}
		mark := s.source[line.Start]
		if isText && i == 0 && strings.IndexByte(":-+/", mark) >= 0 || inHead && i > 0 && mark == ':' {
			s.keepLead(line, found)
		}
	}
}

// keepLead reports the last of the roles in a line that their values make the first of a
// list.
func (s *roleScan) keepLead(line grammar.Text, found []foundRole) {
	var text []byte
	var last foundRole
	from := line.Start
	first, _ := slices.BinarySearchFunc(found, line.Start, func(f foundRole, at int) int { return cmp.Compare(f.inline.Span.Start, at) })
	for _, f := range found[first:] {
		if !line.Contains(f.inline.Span) {
			break
		}
		text = append(append(text, s.source[from:f.inline.Span.Start]...), f.shown...)
		from, last = f.inline.Span.End, f
	}
	if last.option == nil {
		return
	}
	end, followed := s.endOfText(line)
	if colons := bytes.TrimSpace(s.source[end:lineBelow(s.source, end)]); followed && len(bytes.Trim(colons, ":")) == 0 {
		end = lineBelow(s.source, end) // two behind a blank, which are not shown
	}
	if problem := becomesList(append(text, s.source[from:end]...)); problem != "" {
		s.unfit(last.inline, last.option, problem)
	}
}

// becomesList says why a role's place cannot hold its value if the text that it makes there
// reads as a list of fields or options, "" if it does not.
func becomesList(text []byte) string {
	for _, e := range (&grammar.Reader{}).ReadAll(text).Root.Children {
		switch e.Kind {
		case grammar.FieldList:
			return "with its value the line would become a field"
		case grammar.OptionList:
			return "with its value the line would become an option"
		}
	}
	return ""
}

// keepTitle makes the lines that adorn a title as long as the title becomes.
func (s *roleScan) keepTitle(e *grammar.Element, found []foundRole) {
	if e.Kind != grammar.Title {
		return
	}
	if s.columns == nil {
		s.columns = grammar.NewColumns(s.source)
	}
	under := e.Adornment.Under
	width := s.columns.Of(e.Text[0].Start) - s.columns.Of(under.Start) + grammar.Width(e.Text[0].Of(s.source))
	for _, f := range found {
		width += f.wider
	}
	if missing := width - under.Len(); missing > 0 {
		longer := bytes.Repeat(s.source[under.Start:under.Start+1], missing)
		for _, a := range [...]grammar.Span{e.Adornment.Over, under} {
			if a.Len() > 0 {
				s.edits = append(s.edits, render.Edit{Start: a.End, End: a.End, New: longer})
			}
		}
	}
}

// keepColumns makes the lines of a cell of a grid table or a simple table as wide as
// they were, and reports a role whose value is too wide for that.
func (s *roleScan) keepColumns(e *grammar.Element, found []foundRole) {
	if !inCell(e) {
		return
	}
	var line grammar.Text
	var end int
	var followed bool
	for i, wider := 0, 0; i < len(found); i++ {
		f := found[i]
		if bytes.ContainsAny(f.inline.Span.Of(s.source), "\t\r\n") {
			s.unfit(f.inline, f.option, "a role cannot be wrapped, or hold a tab, in a cell of a grid table or a simple table")
			continue
		}
		if i == 0 || f.inline.Span.Start > end {
			line, _ = lineOf(e, f.inline.Span.Start)
			end, followed = s.endOfText(line)
		}
		if wider += f.wider; !followed || i+1 < len(found) && found[i+1].inline.Span.Start < end {
			continue // the last column of a simple table has no end
		}
		switch {
		case wider > 0:
			s.unfit(f.inline, f.option, fmt.Sprintf("the default of %s is wider than the role by %s, which would break the columns of the table", f.option, count(wider, "character")))
		case wider < 0:
			s.edits = append(s.edits, render.Edit{Start: end, End: end, New: bytes.Repeat([]byte{' '}, -wider)})
		}
		wider = 0
	}
}

// inCell reports whether an element stands in a cell of a grid table or a simple
// table.
func inCell(e *grammar.Element) bool {
	for ; e != nil; e = e.Parent {
		if e.Kind == grammar.Cell {
			return true
		}
	}
	return false
}

// endOfText returns the offset after the text that a line of a cell holds, and
// whether something follows it on the line of the page.
func (s *roleScan) endOfText(line grammar.Text) (end int, followed bool) {
	end = line.End
	for end < len(s.source) && s.source[end] == ':' {
		end++ // those of "::" that are not shown
	}
	rest := s.source[end:lineBelow(s.source, end)]
	return end, len(bytes.TrimSpace(rest)) > 0
}
