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
// changes when a field changes its name or its meaning. docs/formats.md explains all fields.
const jsonVersion = 1

// A jsonOutcome is the one object that the format "json" writes. Lines and columns count
// from 1, columns in characters; the end is the position after the last character.
// Expansions are the directives and regions that were expanded, Blocked the pages in which
// something cannot be. The counts follow the findings, which are written as they are found.
type jsonOutcome struct {
	Version    int           `json:"version"`
	Findings   []jsonFinding `json:"findings"`
	Files      int           `json:"files"`
	References int           `json:"references"`
	Expansions int           `json:"expansions"`
	Blocked    int           `json:"blocked"`
}

// A jsonFinding is one finding. Suggestion and Declared are null where there is
// none.
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

// newJSONWriter returns what writes findings to w as a jsonOutcome.
func newJSONWriter(w io.Writer, _ ink) findingWriter {
	return beginJSON(&jsonStream{w: w, array: "findings", margin: "    ", object: func(o outcome) any {
		return jsonOutcome{jsonVersion, []jsonFinding{}, o.files, o.references, o.expansions, o.blocked}
	}, item: jsonOf})
}

// jsonOf returns a finding in the form of its JSON.
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

// A jsonStream writes findings as the items of an array in one JSON object. The members
// before the array are written at its beginning, those behind it at its end, when the outcome
// is known.
type jsonStream struct {
	w      io.Writer
	array  string                    // the name of the array
	margin string                    // of the items
	object func(outcome) any         // the object, with an empty array
	item   func(finding.Located) any // a finding in the array
	items  int                       // how many were written
}

// beginJSON writes the beginning of the object.
func beginJSON(s *jsonStream) *jsonStream {
	before, _ := s.around(outcome{})
	s.w.Write(before)
	return s
}

// around returns what stands before the items of the array and what stands behind them.
func (s *jsonStream) around(o outcome) (before, after []byte) {
	bracket := fmt.Appendf(nil, "%q: [", s.array)
	before, after, _ = bytes.Cut(indentedJSON(s.object(o), ""), bracket)
	return append(before, bracket...), after
}

// write implements [findingWriter].
func (s *jsonStream) write(findings []finding.Located) {
	var text []byte
	for _, f := range findings {
		if s.items > 0 {
			text = append(text, ',')
		}
		s.items++
		text = append(append(text, "\n"+s.margin...), bytes.TrimRight(indentedJSON(s.item(f), s.margin), "\n")...)
	}
	s.w.Write(text)
}

// close implements [findingWriter].
func (s *jsonStream) close(o outcome) {
	_, after := s.around(o)
	if s.items > 0 {
		after = append([]byte("\n"+s.margin[2:]), after...)
	}
	s.w.Write(after)
}

// indentedJSON returns a value as JSON that people can read too, its lines but the first
// behind a margin. The value is windsock's own, and always has a form in JSON.
func indentedJSON(value any, margin string) []byte {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent(margin, "  ")
	if err := e.Encode(value); err != nil {
		panic(err)
	}
	return escapeUnseen(text.Bytes())
}

// escapeUnseen escapes the characters of JSON that show nothing, or change what is shown:
// a terminal may be what it is written to. They stand in strings only.
func escapeUnseen(text []byte) []byte {
	unseen := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	if !bytes.ContainsFunc(text, unseen) {
		return text
	}
	var escaped []byte
	for _, r := range string(text) {
		if !unseen(r) {
			escaped = utf8.AppendRune(escaped, r)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, r) {
			escaped = fmt.Appendf(escaped, `\u%04x`, unit)
		}
	}
	return escaped
}
