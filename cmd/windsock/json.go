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

// A jsonOutcome is the one object that the format "json" writes. Lines and
// columns count from 1, columns in characters; the end is the position after the
// last character. Expansions are the directives and regions that were expanded,
// Blocked the pages in which something cannot be; such pages change with the data,
// of which Data is a digest.
type jsonOutcome struct {
	Version    int           `json:"version"`
	Files      int           `json:"files"`
	References int           `json:"references"`
	Expansions int           `json:"expansions"`
	Blocked    int           `json:"blocked"`
	Data       string        `json:"data"`
	Findings   []jsonFinding `json:"findings"`
}

// A jsonFinding is one finding. Suggestion and Declared are null where there is
// none.
type jsonFinding struct {
	Path       string     `json:"path"`
	Line       int        `json:"line"`
	Column     int        `json:"column"`
	EndLine    int        `json:"endLine"`
	EndColumn  int        `json:"endColumn"`
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

// writeJSON writes findings as one JSON object.
func writeJSON(w io.Writer, o outcome) error {
	out := jsonOutcome{
		Version: 1, Files: o.files, References: o.references, Expansions: o.expansions, Blocked: o.blocked, Data: o.data,
		Findings: make([]jsonFinding, len(o.findings)),
	}
	for i, f := range o.findings {
		out.Findings[i] = jsonOf(f)
	}
	return encodeJSON(w, out)
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

// encodeJSON writes a value as JSON that people can read too.
func encodeJSON(w io.Writer, value any) error {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		return err
	}
	_, err := w.Write(escapeUnseen(text.Bytes()))
	return err
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
