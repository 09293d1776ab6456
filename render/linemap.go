package render

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A LineMap maps the lines of a spliced page to those of the page. Lines are those of
// docutils: beside LF, CRLF and CR a few rarer characters end one. The zero value is the map
// of a page without edits.
type LineMap struct {
	runs []run // in order; the first may begin after line 1
}

// A run is some lines of the spliced page, up to the next run.
type run struct {
	first int    // its first line in the spliced page, from 1
	line  int    // where that comes from
	made  bool   // all its lines come from that one, else each from the next
	name  string // what made them, "" if an author's own words begin them
}

// A MappedEdit is an edit with the origin of its lines.
type MappedEdit struct {
	Edit
	// At is an offset in the page: the lines that the edit makes come from the line
	// that holds it.
	At int
	// Name is what the edit expands. Without one, only lines that begin in what is
	// new come from At: the others are still the author's.
	Name string
	// Own has for each line of New the line on which the author wrote its words, counted
	// from that of At, -1 for none. It may be nil.
	Own []int
}

// MapLines returns the map of the page that [Splice] makes of source by edits, which
// are in order, do not overlap, and part no line ending. A line with several
// sources comes from the first edit on it that has a name, else from what it begins
// with.
func MapLines(source []byte, edits []MappedEdit) LineMap {
	m := lineMapper{from: 1, to: 1, fresh: true}
	last := 0
	for _, e := range edits {
		m.keep(source[last:e.Start])
		m.add(e, m.lineOf(source, e))
		m.from += lineEnds(source[e.Start:e.End])
		last = e.End
	}
	if len(edits) > 0 {
		m.keep(source[last:])
	}
	return LineMap{m.runs}
}

// A lineMapper maps the pieces of a spliced page in order.
type lineMapper struct {
	runs     []run
	from, to int  // the lines where the next piece begins, in the page and spliced
	fresh    bool // whether it is the first on its line
}

// keep maps a piece of the page that stays.
func (m *lineMapper) keep(text []byte) {
	ends := lineEnds(text)
	switch {
	case len(text) == 0:
		return
	case m.fresh:
		m.begin(run{first: m.to, line: m.from})
	case ends > 0:
		m.begin(run{first: m.to + 1, line: m.from + 1})
	}
	m.from += ends
	m.advance(text, ends)
}

// add maps the text of an edit, which comes from the given line.
func (m *lineMapper) add(e MappedEdit, line int) {
	ends := lineEnds(e.New)
	made := run{first: m.to, line: line, made: true, name: e.Name}
	switch {
	case len(e.New) == 0:
		return
	case m.fresh || e.Name != "" && m.nameAt(m.to) == "":
		m.begin(made)
	case ends > 0:
		made.first++
		m.begin(made)
	}
	if len(e.Own) == ends+1 {
		m.own(e.Own, made)
	}
	m.advance(e.New, ends)
}

// own begins runs for the author's own lines among those that an edit makes, which have the
// run made else.
func (m *lineMapper) own(own []int, made run) {
	for i, behind := range own {
		switch {
		case behind >= 0:
			m.begin(run{first: m.to + i, line: made.line + behind})
		case i > 0 && own[i-1] >= 0:
			made.first = m.to + i
			m.begin(made)
		}
	}
}

// advance moves past a piece of the spliced page.
func (m *lineMapper) advance(text []byte, ends int) {
	m.to += ends
	m.fresh = endsLine(text)
}

// begin begins a run, in place of one that begins on the same line or after it.
func (m *lineMapper) begin(r run) {
	for len(m.runs) > 0 && m.runs[len(m.runs)-1].first >= r.first {
		m.runs = m.runs[:len(m.runs)-1]
	}
	if before := (LineMap{m.runs}).at(r.first); before.made || r.made || before.line+r.first-before.first != r.line {
		m.runs = append(m.runs, r)
	}
}

// nameAt returns what made the line of the spliced page, as far as it is known.
func (m *lineMapper) nameAt(line int) string { return LineMap{m.runs}.at(line).name }

// lineOf returns the line of the page from which the lines of an edit come.
func (m *lineMapper) lineOf(source []byte, e MappedEdit) int {
	if e.At < e.Start {
		return m.from - lineEnds(source[e.At:e.Start])
	}
	return m.from + lineEnds(source[e.Start:e.At])
}

// at returns the run that holds a line.
func (m LineMap) at(line int) run {
	i, found := slices.BinarySearchFunc(m.runs, line, func(r run, line int) int { return cmp.Compare(r.first, line) })
	switch {
	case found:
		return m.runs[i]
	case i > 0:
		return m.runs[i-1]
	}
	return run{first: 1, line: 1}
}

// Source returns the line of the page from which a line of its spliced form
// comes, both from 1, and the name of what made that line, "" if the author did.
func (m LineMap) Source(line int) (source int, name string) {
	r := m.at(line)
	if r.made {
		return r.line, r.name
	}
	return r.line + line - r.first, ""
}

// String returns the map as a line of text for [ParseLineMap], "" for a page
// whose lines did not move: runs with ";" between them, each its first line, "=", the
// line that comes from and, where all its lines come from that one, "*" and the name.
func (m LineMap) String() string {
	var b strings.Builder
	for i, r := range m.runs {
		if i > 0 {
			b.WriteByte(';')
		}
		fmt.Fprintf(&b, "%d=%d", r.first, r.line)
		if r.made {
			b.WriteString("*" + r.name)
		}
	}
	return b.String()
}

// ParseLineMap reads what [LineMap.String] wrote.
func ParseLineMap(text string) (LineMap, error) {
	var m LineMap
	if text == "" {
		return m, nil
	}
	for part := range strings.SplitSeq(text, ";") {
		first, rest, _ := strings.Cut(part, "=")
		line, name, made := strings.Cut(rest, "*")
		r := run{made: made, name: name}
		var firstErr, lineErr error
		r.first, firstErr = strconv.Atoi(first)
		r.line, lineErr = strconv.Atoi(line)
		if firstErr != nil || lineErr != nil || r.line < 1 || r.first < 1 || len(m.runs) > 0 && r.first <= m.runs[len(m.runs)-1].first {
			return LineMap{}, fmt.Errorf("%q is no run of lines", part)
		}
		m.runs = append(m.runs, r)
	}
	return m, nil
}

// rareLineEnds are the characters beside CR and LF that end a line for docutils.
var rareLineEnds = []string{"\x1c", "\x1d", "\x1e", "\u0085", "\u2028", "\u2029"}

// lineEnds returns how many lines end in text.
func lineEnds(text []byte) int {
	n := bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
	for _, end := range rareLineEnds {
		n += bytes.Count(text, []byte(end))
	}
	return n
}

// endsLine reports whether text ends a line.
func endsLine(text []byte) bool {
	return bytes.HasSuffix(text, []byte("\n")) || bytes.HasSuffix(text, []byte("\r")) ||
		slices.ContainsFunc(rareLineEnds, func(end string) bool { return bytes.HasSuffix(text, []byte(end)) })
}
