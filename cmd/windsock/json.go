package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"windsock/directives/finding"
)

// jsonVersion is the version of all JSON that windsock writes about pages and options. It
// changes when the name or the meaning of a field changes. docs/formats.md documents all fields.
const jsonVersion = 1

// A jsonOutcome is the object that the format "json" writes. Lines and columns count from 1,
// columns in characters; an end is the position after the last character. Expansions counts
// the directives and regions expanded, Blocked the pages that cannot be expanded. The counts
// follow the findings, which are written during the run.
type jsonOutcome struct {
	Version    int           `json:"version"`
	Findings   []jsonFinding `json:"findings"`
	Files      int           `json:"files"`
	References int           `json:"references"`
	Expansions int           `json:"expansions"`
	Blocked    int           `json:"blocked"`
}

// A jsonFinding is one finding. Suggestion and Declared are null if there is none.
type jsonFinding struct {
	Path       string     `json:"path"`
	Line       int        `json:"line"`
	Column     int        `json:"column"`
	EndLine    int        `json:"end_line"`
	EndColumn  int        `json:"end_column"`
	Rule       string     `json:"rule"`
	Severity   string     `json:"severity"`
	Message    string     `json:"message"`
	Text       string     `json:"text"`
	Suggestion *string    `json:"suggestion"`
	Declared   *jsonPlace `json:"declared"`
}

// A jsonPlace is a line of a file of data.
type jsonPlace struct {
	Path string `json:"path"`
	Line int    `json:"line"`
}

// newJSONWriter returns a findingWriter that writes a jsonOutcome to w.
func newJSONWriter(w io.Writer, _ ink) findingWriter {
	return beginJSON(&jsonStream{w: w, array: "findings", margin: "    ", object: func(t totals, _ int) any {
		return jsonOutcome{jsonVersion, []jsonFinding{}, t.files, t.references, t.expansions, t.blocked}
	}, item: jsonOf})
}

// jsonOf returns the jsonFinding of a finding.
func jsonOf(f finding.Located) any {
	j := jsonFinding{
		Path: fromHere(f.Path), Line: f.Start.Line, Column: f.Start.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
		Rule: f.Rule, Severity: f.Severity.String(), Message: f.Message, Text: f.Text,
	}
	if f.Suggestion != "" {
		j.Suggestion = &f.Suggestion
	}
	if f.Declared.Line > 0 {
		j.Declared = &jsonPlace{fromHere(f.Declared.Path), f.Declared.Line}
	}
	return j
}

// A jsonStream writes findings as the items of an array in one JSON object. It writes the
// members before the array at once, and those after it in close.
type jsonStream struct {
	w      io.Writer
	array  string                    // the name of the array
	margin string                    // the indentation of its items
	object func(totals, int) any     // returns the object with an empty array
	item   func(finding.Located) any // returns an item
	count  int                       // items written
}

// beginJSON writes the object up to the array.
func beginJSON(s *jsonStream) *jsonStream {
	before, _ := s.around(totals{}, 0)
	s.w.Write(before)
	return s
}

// around returns the JSON before and after the items of the array.
func (s *jsonStream) around(t totals, status int) (before, after []byte) {
	bracket := fmt.Appendf(nil, "%q: [", s.array)
	before, after, _ = bytes.Cut(indentedJSON(s.object(t, status), ""), bracket)
	return append(before, bracket...), after
}

// write implements [findingWriter].
func (s *jsonStream) write(findings []finding.Located) {
	var text []byte
	for _, f := range findings {
		if s.count > 0 {
			text = append(text, ',')
		}
		s.count++
		text = append(append(text, "\n"+s.margin...), bytes.TrimRight(indentedJSON(s.item(f), s.margin), "\n")...)
	}
	s.w.Write(text)
}

// close implements [findingWriter].
func (s *jsonStream) close(t totals, status int) {
	_, after := s.around(t, status)
	if s.count > 0 {
		after = append([]byte("\n"+s.margin[2:]), after...)
	}
	s.w.Write(after)
}

// indentedJSON returns a value as indented JSON, with margin before each line but the first. The
// value must be one that JSON can represent.
func indentedJSON(value any, margin string) []byte {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent(margin, "  ")
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return escapeUnprintable(text.Bytes())
}

// writeJSONLine writes a value as one line of JSON. The value must be one that JSON can represent.
func writeJSONLine(w io.Writer, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(w, "%s\n", escapeUnprintable(text))
}

// escapeUnprintable escapes unprintable characters in JSON, since it may be printed on a
// terminal. Only strings can contain them.
func escapeUnprintable(text []byte) []byte {
	isUnprintable := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	if !bytes.ContainsFunc(text, isUnprintable) {
		return text
	}
	var escaped []byte
	for _, r := range string(text) {
		if !isUnprintable(r) {
			escaped = utf8.AppendRune(escaped, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			escaped = fmt.Appendf(escaped, `\u%04x`, unit)
		}
	}
	return escaped
}
