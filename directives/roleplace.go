package directives

import (
	"bytes"
	"fmt"
	"slices"
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
	case len(after) > 0:
		edit.New = slices.Concat([]byte(`\ \`), nextLine, edit.New) // a backslash alone could adorn a title
	}
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
	var first, end int // of the line: the index of its first role, and where it ends
	var followed bool
	for i, wider := 0, 0; i < len(found); i++ {
		f := found[i]
		if bytes.ContainsAny(f.inline.Span.Of(s.source), "\t\r\n") {
			s.unfit(f.inline, f.option, "a role cannot be wrapped, or hold a tab, in a cell of a grid table or a simple table")
			s.leave(f)
			continue
		}
		if i == 0 || f.inline.Span.Start > end {
			line, _ = lineOf(e, f.inline.Span.Start)
			end, followed = s.endOfText(line)
			first = i
		}
		if wider += f.wider; !followed || i+1 < len(found) && found[i+1].inline.Span.Start < end {
			continue // the last column of a simple table has no end
		}
		switch {
		case wider > 0:
			s.unfit(f.inline, f.option, fmt.Sprintf("the default of %s is wider than the role by %s, which would break the columns of the table", f.option, count(wider, "character")))
			s.leave(found[first : i+1]...)
		case wider < 0:
			s.edits = append(s.edits, render.Edit{Start: end, End: end, New: bytes.Repeat([]byte{' '}, -wider)})
		}
		wider = 0
	}
}

// leave leaves roles in the table that their values would break, so that the rest of the page
// can be looked at.
func (s *roleScan) leave(found ...foundRole) {
	for _, f := range found {
		s.edits[f.edit] = render.Edit{Start: f.inline.Span.Start, End: f.inline.Span.Start}
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
