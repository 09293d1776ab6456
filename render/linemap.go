package render

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A LineMap maps the lines of a spliced page to the lines of the page that was
// edited. Lines end where docutils ends them: at LF, CRLF, CR and a few rarer
// characters. The zero value is the map of a page without edits.
type LineMap struct {
	runs []run // in order; lines before the first run map to themselves
}

// A run is a range of lines of the spliced page that ends where the next run
// begins.
type run struct {
	first  int    // the first line in the spliced page, from 1
	source int    // the line of the page that the first line comes from
	isMade bool   // all lines come from source; if false, the second comes from source+1 and so on
	name   string // what made the lines, "" if an author's own words begin them
}

// A MappedEdit is an edit with the origin of its lines.
type MappedEdit struct {
	Edit
	// At is an offset in the page. The new lines come from the line that contains it.
	At int
	// Name is what the edit expands. If it is empty, only lines that begin inside New
	// come from At; the others are still the author's.
	Name string
	// Own has an entry for each line of New: the line of the page on which the author
	// wrote its words, counted from the line of At, or -1 if there is none. It may be nil.
	Own []int
}

// MapLines returns the line map of the page that [Splice] makes from source. The
// edits must be sorted, must not overlap, and must not split a CRLF. If a line has
// several origins, it comes from the first edit on it that has a name, else from
// the text that it begins with.
func MapLines(source []byte, edits []MappedEdit) LineMap {
	m := lineMapper{sourceLine: 1, line: 1, atLineStart: true}
	last := 0
	for _, e := range edits {
		m.copyText(source[last:e.Start])
		m.insert(e, m.originOf(source, e))
		m.sourceLine += lineEnds(source[e.Start:e.End])
		last = e.End
	}
	if len(edits) > 0 {
		m.copyText(source[last:])
	}
	return LineMap{m.runs}
}

// A lineMapper maps a spliced page one piece of text after another.
type lineMapper struct {
	runs        []run
	sourceLine  int  // the line of the page on which the next piece begins
	line        int  // the line of the spliced page on which it begins
	atLineStart bool // whether it begins that line
}

// copyText maps a piece of text outside the edits.
func (m *lineMapper) copyText(text []byte) {
	ends := lineEnds(text)
	switch {
	case len(text) == 0:
		return
	case m.atLineStart:
		m.begin(run{first: m.line, source: m.sourceLine})
	case ends > 0:
		m.begin(run{first: m.line + 1, source: m.sourceLine + 1})
	}
	m.sourceLine += ends
	m.advance(text, ends)
}

// originOf returns the line of the page from which the lines of an edit come.
func (m *lineMapper) originOf(source []byte, e MappedEdit) int {
	if e.At < e.Start {
		return m.sourceLine - lineEnds(source[e.At:e.Start])
	}
	return m.sourceLine + lineEnds(source[e.Start:e.At])
}

// insert maps the text of an edit, which comes from the line origin of the page.
func (m *lineMapper) insert(e MappedEdit, origin int) {
	ends := lineEnds(e.New)
	made := run{first: m.line, source: origin, isMade: true, name: e.Name}
	switch {
	case len(e.New) == 0:
		return
	case m.atLineStart || e.Name != "" && (LineMap{m.runs}).at(m.line).name == "":
		m.begin(made)
	case ends > 0:
		made.first++
		m.begin(made)
	}
	if len(e.Own) == ends+1 {
		m.splitOwn(e.Own, made)
	}
	m.advance(e.New, ends)
}

// splitOwn begins a run at each of the author's own lines within the run made, and
// continues made after them.
func (m *lineMapper) splitOwn(own []int, made run) {
	for i, offset := range own {
		switch {
		case offset >= 0:
			m.begin(run{first: m.line + i, source: made.source + offset})
		case i > 0 && own[i-1] >= 0:
			made.first = m.line + i
			m.begin(made)
		}
	}
}

// advance moves past text, which contains that many line ends.
func (m *lineMapper) advance(text []byte, ends int) {
	m.line += ends
	m.atLineStart = endsLine(text)
}

// begin adds a run unless it continues the previous one. It removes runs that do
// not begin before it.
func (m *lineMapper) begin(r run) {
	for len(m.runs) > 0 && m.runs[len(m.runs)-1].first >= r.first {
		m.runs = m.runs[:len(m.runs)-1]
	}
	previous := LineMap{m.runs}.at(r.first)
	if previous.isMade || r.isMade || previous.source+r.first-previous.first != r.source {
		m.runs = append(m.runs, r)
	}
}

// at returns the run that contains a line of the spliced page.
func (m LineMap) at(line int) run {
	i, found := slices.BinarySearchFunc(m.runs, line, func(r run, line int) int { return cmp.Compare(r.first, line) })
	switch {
	case found:
		return m.runs[i]
	case i > 0:
		return m.runs[i-1]
	}
	return run{first: 1, source: 1}
}

// Source returns the line of the page from which a line of the spliced page comes,
// both counted from 1. name is what made the line, "" if the author wrote it.
func (m LineMap) Source(line int) (source int, name string) {
	r := m.at(line)
	if r.isMade {
		return r.source, r.name
	}
	return r.source + line - r.first, ""
}

// String returns the map as one line of text for [ParseLineMap], "" for a page
// without edits. The line consists of runs separated by ";". A run is written as
// FIRST=SOURCE, followed by *NAME if all its lines come from SOURCE.
func (m LineMap) String() string {
	var b strings.Builder
	for i, r := range m.runs {
		if i > 0 {
			b.WriteByte(';')
		}
		fmt.Fprintf(&b, "%d=%d", r.first, r.source)
		if r.isMade {
			b.WriteString("*" + r.name)
		}
	}
	return b.String()
}

// ParseLineMap parses the result of [LineMap.String].
func ParseLineMap(text string) (LineMap, error) {
	var m LineMap
	if text == "" {
		return m, nil
	}
	for part := range strings.SplitSeq(text, ";") {
		first, rest, _ := strings.Cut(part, "=")
		source, name, isMade := strings.Cut(rest, "*")
		r := run{isMade: isMade, name: name}
		var firstErr, sourceErr error
		r.first, firstErr = strconv.Atoi(first)
		r.source, sourceErr = strconv.Atoi(source)
		if firstErr != nil || sourceErr != nil || r.source < 1 || r.first < 1 || len(m.runs) > 0 && r.first <= m.runs[len(m.runs)-1].first {
			return LineMap{}, fmt.Errorf("%q is no run of lines", part)
		}
		m.runs = append(m.runs, r)
	}
	return m, nil
}

// rareLineEnds lists the characters besides CR and LF that end a line for docutils.
var rareLineEnds = []string{"\x1c", "\x1d", "\x1e", "\u0085", "\u2028", "\u2029"}

// lineEnds returns the number of line endings in text.
func lineEnds(text []byte) int {
	n := bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
	for _, end := range rareLineEnds {
		n += bytes.Count(text, []byte(end))
	}
	return n
}

// endsLine reports whether text ends in a line ending.
func endsLine(text []byte) bool {
	return bytes.HasSuffix(text, []byte("\n")) || bytes.HasSuffix(text, []byte("\r")) ||
		slices.ContainsFunc(rareLineEnds, func(end string) bool { return bytes.HasSuffix(text, []byte(end)) })
}
