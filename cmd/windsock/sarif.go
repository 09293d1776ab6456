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

// The types below are the part of SARIF 2.1.0 that windsock writes:
// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html

// A sarifLog is the whole of a SARIF file (section 3.13).
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

// A sarifRun is one run of windsock (section 3.14).
type sarifRun struct {
	Tool struct { // section 3.18
		Driver struct { // section 3.19
			Name  string      `json:"name"`
			Rules []sarifRule `json:"rules"`
		} `json:"driver"`
	} `json:"tool"`
	ColumnKind       string            `json:"columnKind"`
	NewlineSequences []string          `json:"newlineSequences"` // what ends a line: without it, no lone CR does
	Results          []sarifResult     `json:"results"`
	Invocations      []sarifInvocation `json:"invocations"`
}

// A sarifInvocation says how the run ended (section 3.20).
type sarifInvocation struct {
	ExecutionSuccessful bool `json:"executionSuccessful"`
	ExitCode            int  `json:"exitCode"`
}

// A sarifRule describes a rule (section 3.49).
type sarifRule struct {
	ID                   string       `json:"id"`
	ShortDescription     sarifMessage `json:"shortDescription"`
	FullDescription      sarifMessage `json:"fullDescription"`
	Help                 sarifMessage `json:"help"`
	DefaultConfiguration struct {
		Level string `json:"level"` // section 3.50.3
	} `json:"defaultConfiguration"`
}

// A sarifMessage is text, of windsock's or of a file (sections 3.3, 3.11 and 3.12).
type sarifMessage struct {
	Text string `json:"text"`
}

// A sarifResult is one finding (section 3.27).
type sarifResult struct {
	RuleID           string          `json:"ruleId"`
	RuleIndex        int             `json:"ruleIndex"`
	Level            string          `json:"level"`
	Message          sarifMessage    `json:"message"`
	Locations        []sarifLocation `json:"locations"`
	RelatedLocations []sarifLocation `json:"relatedLocations,omitempty"`
}

// A sarifLocation is a place in a file, with a word about it where the finding is
// elsewhere (section 3.28).
type sarifLocation struct {
	PhysicalLocation struct { // section 3.29
		ArtifactLocation struct {
			URI string `json:"uri"` // section 3.4.3
		} `json:"artifactLocation"`
		Region sarifRegion `json:"region"`
	} `json:"physicalLocation"`
	Message *sarifMessage `json:"message,omitempty"`
}

// A sarifRegion is a stretch of a file: lines and columns from 1, columns in
// Unicode code points, the end exclusive (section 3.30).
type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn,omitempty"`
	EndLine     int           `json:"endLine,omitempty"`
	EndColumn   int           `json:"endColumn,omitempty"`
	Snippet     *sarifMessage `json:"snippet,omitempty"`
}

// newSARIFWriter returns what writes findings to w as a SARIF file.
func newSARIFWriter(w io.Writer, _ ink) findingWriter {
	rules, index := sarifRules(), make(map[string]int)
	for i, r := range rules {
		index[r.ID] = i
	}
	return beginJSON(&jsonStream{w: w, array: "results", margin: "        ", object: func(o outcome) any {
		run := sarifRun{
			ColumnKind:       "unicodeCodePoints",
			NewlineSequences: []string{"\r\n", "\n", "\r"},
			Results:          []sarifResult{},
			Invocations:      []sarifInvocation{{ExecutionSuccessful: o.status != statusTrouble, ExitCode: o.status}},
		}
		run.Tool.Driver.Name, run.Tool.Driver.Rules = "windsock", rules
		return sarifLog{
			Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
			Version: "2.1.0",
			Runs:    []sarifRun{run},
		}
	}, item: func(f finding.Located) any { return sarifResultOf(f, index) }})
}

// sarifRules describes all rules, and that of project files, which is none that a project
// file could set.
func sarifRules() []sarifRule {
	rules := []sarifRule{sarifRuleOf(project.BadProject, finding.Error, "The project file cannot be used.",
		"Something in windsock.yaml is not what windsock reads there, so that nothing was looked at.",
		`"windsock init --stdout" shows a project file with every key.`)}
	for _, r := range directives.Rules() {
		rules = append(rules, sarifRuleOf(r.Name, r.Severity, r.Summary, r.Meaning, explanation("rule", &r)))
	}
	return rules
}

// sarifRuleOf describes one rule.
func sarifRuleOf(name string, severity finding.Severity, summary, meaning, help string) sarifRule {
	r := sarifRule{
		ID:               name,
		ShortDescription: sarifMessage{sarifText(summary)},
		FullDescription:  sarifMessage{sarifText(meaning)},
		Help:             sarifMessage{sarifText(help)},
	}
	r.DefaultConfiguration.Level = severity.String()
	return r
}

// sarifResultOf returns a finding in the form of SARIF; index has the places of the rules.
func sarifResultOf(f finding.Located, index map[string]int) sarifResult {
	at := sarifPlace(f.Path, sarifRegion{f.Start.Line, f.Start.Column, f.End.Line, f.End.Column, nil})
	if f.Text != "" {
		at.PhysicalLocation.Region.Snippet = &sarifMessage{f.Text}
	}
	rule, known := index[f.Rule]
	if !known {
		rule = -1 // section 3.27.6
	}
	r := sarifResult{
		RuleID: f.Rule, RuleIndex: rule, Level: f.Severity.String(),
		Message:   sarifMessage{sarifText(gitHubText(f))},
		Locations: []sarifLocation{at},
	}
	if f.Declared.Line > 0 {
		declared := sarifPlace(f.Declared.Path, sarifRegion{StartLine: f.Declared.Line})
		declared.Message = &sarifMessage{"declared here"}
		r.RelatedLocations = []sarifLocation{declared}
	}
	return r
}

// sarifPlace is a region of a file.
func sarifPlace(file string, region sarifRegion) (l sarifLocation) {
	uri := (&url.URL{Path: fromHere(file)}).String()
	if path.IsAbs(file) && path.IsAbs(fromHere(file)) {
		uri = "file://" + uri
	}
	l.PhysicalLocation.ArtifactLocation.URI, l.PhysicalLocation.Region = uri, region
	return l
}

// sarifText escapes what has a meaning in messages: braces, which hold the
// numbers of arguments (section 3.11.5).
func sarifText(s string) string { return messageEscapes.Replace(s) }

// messageEscapes escapes what has a meaning in messages.
var messageEscapes = strings.NewReplacer("{", "{{", "}", "}}")
