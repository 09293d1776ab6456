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
	Tool             sarifTool         `json:"tool"`
	ColumnKind       string            `json:"columnKind"`
	NewlineSequences []string          `json:"newlineSequences"` // what ends a line: without it, no lone CR does
	Results          []sarifResult     `json:"results"`
	Invocations      []sarifInvocation `json:"invocations"`
}

// A sarifTool says which program wrote the file (section 3.18).
type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

// A sarifDriver is the program with its rules (section 3.19).
type sarifDriver struct {
	Name  string      `json:"name"`
	Rules []sarifRule `json:"rules"`
}

// A sarifInvocation says how the run ended (section 3.20).
type sarifInvocation struct {
	ExecutionSuccessful bool `json:"executionSuccessful"`
	ExitCode            int  `json:"exitCode"`
}

// A sarifRule describes a rule (section 3.49).
type sarifRule struct {
	ID                   string             `json:"id"`
	ShortDescription     sarifMessage       `json:"shortDescription"`
	FullDescription      sarifMessage       `json:"fullDescription"`
	Help                 sarifMessage       `json:"help"`
	DefaultConfiguration sarifConfiguration `json:"defaultConfiguration"`
}

// A sarifConfiguration holds the severity of a rule (section 3.50).
type sarifConfiguration struct {
	Level string `json:"level"`
}

// A sarifMessage is text (sections 3.11 and 3.12).
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
	PhysicalLocation sarifPhysicalLocation `json:"physicalLocation"`
	Message          *sarifMessage         `json:"message,omitempty"`
}

// A sarifPhysicalLocation is a place in a file (section 3.29).
type sarifPhysicalLocation struct {
	ArtifactLocation sarifArtifactLocation `json:"artifactLocation"`
	Region           sarifRegion           `json:"region"`
}

// A sarifArtifactLocation names a file (section 3.4).
type sarifArtifactLocation struct {
	URI string `json:"uri"`
}

// A sarifRegion is a stretch of a file: lines and columns from 1, columns in
// Unicode code points, the end exclusive (section 3.30).
type sarifRegion struct {
	StartLine   int           `json:"startLine"`
	StartColumn int           `json:"startColumn,omitempty"`
	EndLine     int           `json:"endLine,omitempty"`
	EndColumn   int           `json:"endColumn,omitempty"`
	Snippet     *sarifContent `json:"snippet,omitempty"`
}

// A sarifContent is a piece of a file (section 3.3).
type sarifContent struct {
	Text string `json:"text"`
}

// A sarifWriter writes findings as a SARIF file.
type sarifWriter struct {
	document *growingJSON
	index    map[string]int // the place of each rule among the rules
}

// newSARIFWriter returns a sarifWriter to w.
func newSARIFWriter(w io.Writer, _ ink) findingWriter {
	rules := sarifRules()
	s := sarifWriter{document: beginJSON(w, "results", "        ", sarifOf(rules, sarifInvocation{})), index: make(map[string]int)}
	for i, r := range rules {
		s.index[r.ID] = i
	}
	return s
}

// write implements [findingWriter].
func (s sarifWriter) write(findings []finding.Located) { growJSON(s.document, findings, s.result) }

// close implements [findingWriter].
func (s sarifWriter) close(o outcome) {
	s.document.end(sarifOf(nil, sarifInvocation{ExecutionSuccessful: o.status != statusTrouble, ExitCode: o.status}))
}

// sarifOf returns the whole of a SARIF file, less the results.
func sarifOf(rules []sarifRule, invocation sarifInvocation) sarifLog {
	return sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs: []sarifRun{{
			Tool:             sarifTool{sarifDriver{Name: "windsock", Rules: rules}},
			ColumnKind:       "unicodeCodePoints",
			NewlineSequences: []string{"\r\n", "\n", "\r"},
			Results:          []sarifResult{},
			Invocations:      []sarifInvocation{invocation},
		}},
	}
}

// sarifRules describes all rules, that of project files too, which is none that a
// project file could set.
func sarifRules() []sarifRule {
	rules := []sarifRule{{
		ID:                   project.BadProject,
		ShortDescription:     sarifMessage{"The project file cannot be used."},
		FullDescription:      sarifMessage{"Something in windsock.yaml is not what windsock reads there, so that nothing was looked at."},
		Help:                 sarifMessage{`"windsock init --stdout" shows a project file with every key.`},
		DefaultConfiguration: sarifConfiguration{finding.Error.String()},
	}}
	for _, r := range directives.Rules() {
		rules = append(rules, sarifRule{
			ID:                   r.Name,
			ShortDescription:     sarifMessage{sarifText(r.Summary)},
			FullDescription:      sarifMessage{sarifText(r.Meaning)},
			Help:                 sarifMessage{sarifText(explainRule(&r))},
			DefaultConfiguration: sarifConfiguration{r.Severity.String()},
		})
	}
	return rules
}

// result returns a finding in the form of SARIF.
func (s sarifWriter) result(f finding.Located) sarifResult {
	at := sarifPlace(f.Path, sarifRegion{
		StartLine: f.Start.Line, StartColumn: f.Start.Column, EndLine: f.End.Line, EndColumn: f.End.Column,
	})
	if f.Text != "" {
		at.PhysicalLocation.Region.Snippet = &sarifContent{f.Text}
	}
	rule, known := s.index[f.Rule]
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
func sarifPlace(file string, region sarifRegion) sarifLocation {
	uri := (&url.URL{Path: fromHere(file)}).String()
	if path.IsAbs(file) && path.IsAbs(fromHere(file)) {
		uri = "file://" + uri
	}
	return sarifLocation{PhysicalLocation: sarifPhysicalLocation{sarifArtifactLocation{uri}, region}}
}

// sarifText escapes what has a meaning in messages: braces, which hold the
// numbers of arguments (section 3.11.5).
func sarifText(s string) string { return messageEscapes.Replace(s) }

// messageEscapes escapes what has a meaning in messages.
var messageEscapes = strings.NewReplacer("{", "{{", "}", "}}")
