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

// The format is SARIF 2.1.0. The sections named below are those of its specification:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

// An object is a JSON object.
type object map[string]any

// A sarifRun is one run of windsock (section 3.14). Invocations follow the results, since the exit
// status is known last.
type sarifRun struct {
	Tool             object   `json:"tool"`
	ColumnKind       string   `json:"columnKind"`
	NewlineSequences []string `json:"newlineSequences"` // by default a lone CR is none
	Results          []object `json:"results"`
	Invocations      []object `json:"invocations"`
}

// newSARIFWriter returns a findingWriter that writes a SARIF file to w.
func newSARIFWriter(w io.Writer, _ ink) findingWriter {
	rules, indexByName := sarifRules()
	return beginJSON(&jsonStream{w: w, array: "results", margin: "        ", object: func(_ totals, status int) any {
		run := sarifRun{
			Tool:             object{"driver": object{"name": "windsock", "rules": rules}}, // section 3.19
			ColumnKind:       "unicodeCodePoints",
			NewlineSequences: []string{"\r\n", "\n", "\r"},
			Results:          []object{},
			Invocations:      []object{{"executionSuccessful": status != statusTrouble, "exitCode": status}}, // section 3.20
		}
		return object{
			"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
			"version": "2.1.0",
			"runs":    []sarifRun{run},
		}
	}, item: func(f finding.Located) any { return sarifResult(f, indexByName) }})
}

// sarifRules returns descriptions of all rules, and their indexes by name. They include the rule
// about the project file itself, which the project file cannot configure.
func sarifRules() (described []object, indexByName map[string]int) {
	indexByName = make(map[string]int)
	describe := func(name string, severity finding.Severity, summary, meaning, help string) {
		indexByName[name] = len(described)
		described = append(described, object{ // section 3.49
			"id":                   name,
			"shortDescription":     sarifMessage(summary),
			"fullDescription":      sarifMessage(meaning),
			"help":                 sarifMessage(help),
			"defaultConfiguration": object{"level": severity.String()},
		})
	}
	describe(project.BadProject, finding.Error, "The project file cannot be used.",
		"Something in windsock.yaml is not what windsock reads there, so that nothing was checked.",
		`"windsock init --stdout" shows a project file with every key.`)
	for _, r := range directives.Rules() {
		describe(r.Name, r.Severity, r.Summary, r.Meaning, explanation("rule", &r))
	}
	return described, indexByName
}

// sarifResult returns the result (section 3.27) for a finding.
func sarifResult(f finding.Located, indexByName map[string]int) object {
	rule, known := indexByName[f.Rule]
	if !known {
		rule = -1 // section 3.27.6
	}
	region := object{"startLine": f.Start.Line, "startColumn": f.Start.Column, "endLine": f.End.Line, "endColumn": f.End.Column}
	if f.Text != "" {
		region["snippet"] = object{"text": f.Text}
	}
	r := object{
		"ruleId": f.Rule, "ruleIndex": rule, "level": f.Severity.String(),
		"message":   sarifMessage(fullMessage(f)),
		"locations": []object{sarifLocation(f.Path, region)},
	}
	if f.Declared.Line > 0 {
		declared := sarifLocation(f.Declared.Path, object{"startLine": f.Declared.Line})
		declared["message"] = sarifMessage("declared here")
		r["relatedLocations"] = []object{declared}
	}
	return r
}

// sarifLocation returns the location (section 3.28) of a region of a file. Lines and columns
// count from 1, columns in code points; the end is exclusive (section 3.30).
func sarifLocation(file string, region object) object {
	uri := (&url.URL{Path: fromHere(file)}).String()
	if path.IsAbs(file) && path.IsAbs(fromHere(file)) {
		uri = "file://" + uri
	}
	return object{"physicalLocation": object{"artifactLocation": object{"uri": uri}, "region": region}}
}

// sarifMessage returns a message (section 3.11). It escapes braces, which would enclose the numbers
// of arguments (section 3.11.5).
func sarifMessage(text string) object { return object{"text": messageEscapes.Replace(text)} }

// messageEscapes are the escapes in messages.
var messageEscapes = strings.NewReplacer("{", "{{", "}", "}}")
