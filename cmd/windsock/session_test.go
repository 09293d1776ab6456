package main

import (
	"testing"

	"windsock/cmd/windsock/internal/project"
	"windsock/directives/catalog"
	"windsock/directives/finding"
	"windsock/grammar"
)

// TestDependsOn shows that expansions depend on the version of windsock, the data and the
// project file, and on nothing else.
func TestDependsOn(t *testing.T) {
	digest := func(version, data, source string) string {
		s := &session{
			env: env{version: version},
			given: given{
				catalog: &catalog.Catalog{}, data: map[string][]byte{"config.yml": []byte(data)},
				project: &project.Project{Source: []byte(source)},
			},
		}
		return s.dependsOn()
	}
	first := digest("v1", "data", "source")
	if again := digest("v1", "data", "source"); again != first {
		t.Errorf("the digest is %s, then %s", first, again)
	}
	for _, other := range []string{digest("v2", "data", "source"), digest("v1", "other", "source"), digest("v1", "data", "other")} {
		if other == first {
			t.Errorf("the digest is %s although something differs", other)
		}
	}
}

// TestLinesOnce shows that the lines of a file of data are looked for once, however many
// findings it has.
func TestLinesOnce(t *testing.T) {
	s := &session{given: given{data: map[string][]byte{"config.yml": []byte("a: 1\nb: 2\n")}}}
	for line, text := range []string{"a: 1", "b: 2"} {
		f := s.located(finding.Located{Path: "config.yml", Text: text, Start: grammar.Position{Line: line + 1, Column: 1}})
		if f.Line != text {
			t.Errorf("the line of %q is %q", text, f.Line)
		}
	}
	first := s.lines["config.yml"]
	if s.located(finding.Located{Path: "config.yml", Text: "b", Start: grammar.Position{Line: 2, Column: 1}}); len(s.lines) != 1 || s.lines["config.yml"] != first {
		t.Error("the lines are looked for again")
	}
}
