package main

import (
	"encoding/json"
	"io"

	"windsock/grammar"
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
func jsonOf(f grammar.Finding) jsonFinding {
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
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
