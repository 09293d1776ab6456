package main

import (
	"io"
	"net/url"
	"path"
	"strings"

	"windsock/cmd/windsock/internal/project"
	"windsock/directives"
	"windsock/directives/finding"
)

// What is written is SARIF 2.1.0, whose sections are named below:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

// An object is an object of JSON.
type object map[string]any

// A sarifRun is one run of windsock (section 3.14). How it ended, which is known last, stands
// behind its results.
type sarifRun struct {
	Tool             object   `json:"tool"`
	ColumnKind       string   `json:"columnKind"`
	NewlineSequences []string `json:"newlineSequences"` // what ends a line: without it, no lone CR does
	Results          []object `json:"results"`
	Invocations      []object `json:"invocations"`
}

// newSARIFWriter returns what writes findings to w as a SARIF file.
func newSARIFWriter(w io.Writer, _ ink) findingWriter {
	rules, index := sarifRules()
	return beginJSON(&jsonStream{w: w, array: "results", margin: "        ", object: func(o outcome) any {
		run := sarifRun{
			Tool:             object{"driver": object{"name": "windsock", "rules": rules}}, // section 3.19
			ColumnKind:       "unicodeCodePoints",
			NewlineSequences: []string{"\r\n", "\n", "\r"},
			Results:          []object{},
			Invocations:      []object{{"executionSuccessful": o.status != statusTrouble, "exitCode": o.status}}, // section 3.20
		}
		return object{
			"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
			"version": "2.1.0",
			"runs":    []sarifRun{run},
		}
	}, item: func(f finding.Located) any { return sarifResult(f, index) }})
}

// sarifRules describes all rules, and that of project files, which is none that a project
// file could set, and returns the index of each by its name.
func sarifRules() (described []object, index map[string]int) {
	index = make(map[string]int)
	describe := func(name string, severity finding.Severity, summary, meaning, help string) {
		index[name] = len(described)
		described = append(described, object{ // section 3.49
			"id":                   name,
			"shortDescription":     sarifMessage(summary),
			"fullDescription":      sarifMessage(meaning),
			"help":                 sarifMessage(help),
			"defaultConfiguration": object{"level": severity.String()},
		})
	}
	describe(project.BadProject, finding.Error, "The project file cannot be used.",
		"Something in windsock.yaml is not what windsock reads there, so that nothing was looked at.",
		`"windsock init --stdout" shows a project file with every key.`)
	for _, r := range directives.Rules() {
		describe(r.Name, r.Severity, r.Summary, r.Meaning, explanation("rule", &r))
	}
	return described, index
}

// sarifResult returns a finding as a result (section 3.27); index has the places of the rules.
func sarifResult(f finding.Located, index map[string]int) object {
	rule, known := index[f.Rule]
	if !known {
		rule = -1 // section 3.27.6
	}
	region := object{"startLine": f.Start.Line, "startColumn": f.Start.Column, "endLine": f.End.Line, "endColumn": f.End.Column}
	if f.Text != "" {
		region["snippet"] = object{"text": f.Text}
	}
	r := object{
		"ruleId": f.Rule, "ruleIndex": rule, "level": f.Severity.String(),
		"message":   sarifMessage(gitHubText(f)),
		"locations": []object{sarifLocation(f.Path, region)},
	}
	if f.Declared.Line > 0 {
		declared := sarifLocation(f.Declared.Path, object{"startLine": f.Declared.Line})
		declared["message"] = sarifMessage("declared here")
		r["relatedLocations"] = []object{declared}
	}
	return r
}

// sarifLocation is a region of a file (section 3.28): lines and columns count from 1, columns
// in code points, and the end is exclusive (section 3.30).
func sarifLocation(file string, region object) object {
	uri := (&url.URL{Path: fromHere(file)}).String()
	if path.IsAbs(file) && path.IsAbs(fromHere(file)) {
		uri = "file://" + uri
	}
	return object{"physicalLocation": object{"artifactLocation": object{"uri": uri}, "region": region}}
}

// sarifMessage is a message (section 3.11) whose braces, which would hold the numbers of
// arguments, are escaped (section 3.11.5).
func sarifMessage(text string) object { return object{"text": messageEscapes.Replace(text)} }

// messageEscapes escapes what has a meaning in messages.
var messageEscapes = strings.NewReplacer("{", "{{", "}", "}}")
