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

// A jsonWriter writes findings as one JSON object.
type jsonWriter struct{ document *growingJSON }

// newJSONWriter returns a jsonWriter to w.
func newJSONWriter(w io.Writer, _ ink) findingWriter {
	return jsonWriter{beginJSON(w, "findings", "    ", jsonOutcome{Version: jsonVersion, Findings: []jsonFinding{}})}
}

// write implements [findingWriter].
func (j jsonWriter) write(findings []finding.Located) {
	growJSON(j.document, findings, jsonOf)
}

// close implements [findingWriter].
func (j jsonWriter) close(o outcome) {
	j.document.end(jsonOutcome{
		Findings: []jsonFinding{}, Files: o.files, References: o.references, Expansions: o.expansions, Blocked: o.blocked,
	})
}

// jsonOf returns a finding in the form of its JSON.
func jsonOf(f finding.Located) jsonFinding {
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

// A growingJSON is a JSON object that is written while one of its arrays grows. Members
// before the array are written at its beginning, members behind it at its end.
type growingJSON struct {
	w      io.Writer
	array  []byte // the name of the array and its bracket
	margin string // of the items
	items  int
}

// beginJSON writes the beginning of an object, in which the array of that name is empty.
func beginJSON(w io.Writer, array, margin string, object any) *growingJSON {
	g := &growingJSON{w: w, array: fmt.Appendf(nil, "%q: [", array), margin: margin}
	before, _, _ := bytes.Cut(indentedJSON(object, ""), g.array)
	w.Write(append(before, g.array...))
	return g
}

// growJSON writes items of the array, in the form that a function gives them.
func growJSON[Item, Form any](g *growingJSON, items []Item, form func(Item) Form) {
	var text []byte
	for _, item := range items {
		if g.items > 0 {
			text = append(text, ',')
		}
		g.items++
		text = append(append(text, "\n"+g.margin...), bytes.TrimRight(indentedJSON(form(item), g.margin), "\n")...)
	}
	g.w.Write(text)
}

// end writes the end of the object, in which the array is empty.
func (g *growingJSON) end(object any) {
	_, after, _ := bytes.Cut(indentedJSON(object, ""), g.array)
	if g.items > 0 {
		after = append([]byte("\n"+g.margin[2:]), after...)
	}
	g.w.Write(after)
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
