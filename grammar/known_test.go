package grammar

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"windsock/fixtures"
)

// TestSpecs checks that each directive is listed once, in lower case.
func TestSpecs(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range specs {
		if s.title > s.required+s.optional || s.title < 0 {
			t.Errorf("%v: no argument %d can be running text", s.names, s.title)
		}
		for _, name := range s.names {
			if seen[name] || name != strings.ToLower(name) || simpleName([]byte(name)) != len(name) {
				t.Errorf("%s is listed twice, or is no directive type in lower case", name)
			}
			seen[name] = true
		}
	}
}

// oracleSpecs prints how the oracle divides the blocks of directives.
const oracleSpecs = `
import json, oracle
print(json.dumps({name: [s.req, s.opt, not s.ws, not s.options, (s.kind == 'code' and 'code') or s.body,
    0 if s.title is None else s.title + 1, ' '.join(s.caption)] for name, s in oracle.SPECS.items()}))
`

// contentNames are the oracle's words for the ways to read content.
var contentNames = [...]string{
	rst: "rst", rstSections: "titles", literal: "opaque", code: "code", parsedLiteral: "parsed-literal",
	quoted: "quote", verse: "lines", glossary: "glossary", none: "none",
}

// TestSpecsAreTheOracles compares the table of directives with docutils' and
// Sphinx's own classes, as the oracle has them.
func TestSpecsAreTheOracles(t *testing.T) {
	cmd := exec.Command(fixtures.Python(t), "-c", oracleSpecs)
	cmd.Dir = fixtures.Shared(t, "oracle")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var theirs map[string][]any
	if err := json.NewDecoder(bytes.NewReader(out)).Decode(&theirs); err != nil {
		t.Fatal(err)
	}
	for name, want := range theirs {
		s := specByName()[name]
		if s == nil {
			t.Errorf("%s is not listed", name)
			continue
		}
		if s.required+s.optional == 0 {
			want[2] = s.single // without arguments it does not matter
		}
		got := []any{float64(s.required), float64(s.optional), s.single, s.noOptions, contentNames[s.content], float64(s.title), s.caption}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, the oracle has %v", name, got, want)
		}
	}
	for name := range specByName() {
		if theirs[name] == nil {
			t.Errorf("the oracle does not know %s", name)
		}
	}
}
