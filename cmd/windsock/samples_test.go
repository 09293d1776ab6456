package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"windsock/fixtures"
)

// The README fits on a few screens, and its samples for CI are those of docs/ci.md.
func TestReadmeSamples(t *testing.T) {
	text := readme(t)
	if lines := strings.Count(text, "\n"); lines > 250 {
		t.Errorf("README.md has %d lines, more than 250", lines)
	}
	page := referencePage(t, "ci")
	for _, b := range block.FindAllStringSubmatch(text, -1) {
		if b[1] == "yaml" && !strings.Contains(page, b[0]) {
			t.Errorf("docs/ci.md does not hold\n%s", b[0])
		}
	}
}

// decodeSample decodes the first block of a language in docs/ci.md that holds some words.
func decodeSample(t *testing.T, language, words string, into any) {
	t.Helper()
	for _, b := range block.FindAllStringSubmatch(referencePage(t, "ci"), -1) {
		if b[1] == language && strings.Contains(b[2], words) {
			if err := yaml.Unmarshal([]byte(b[2]), into); err != nil { // JSON is YAML
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("docs/ci.md has no sample in %s that holds %q", language, words)
}

// The sample for pre-commit names all hooks that there are, and no others.
func TestHooksSample(t *testing.T) {
	type hook struct {
		ID     string `yaml:"id"`
		Serial bool   `yaml:"require_serial"`
	}
	var repos []struct{ Hooks []hook }
	decodeSample(t, "yaml", "hooks:", &repos)
	text := fileText(t, filepath.Join(filepath.Dir(fixtures.Root()), ".pre-commit-hooks.yaml"))
	var hooks []hook
	must(t, yaml.Unmarshal([]byte(text), &hooks))
	if len(hooks) != len(repos[0].Hooks) {
		t.Fatalf("the sample has %v, the hooks are %v", repos[0].Hooks, hooks)
	}
	for i, h := range hooks {
		if h.ID != repos[0].Hooks[i].ID || !h.Serial { // or each finding would be shown by several processes
			t.Errorf("hook %+v, in the sample %+v", h, repos[0].Hooks[i])
		}
	}
}

// The problem matcher for an editor finds place, severity, message and rule of a finding, and
// nothing in the lines below it.
func TestProblemMatcher(t *testing.T) {
	var tasks struct {
		Tasks []struct {
			ProblemMatcher struct {
				Pattern map[string]any `yaml:"pattern"`
			} `yaml:"problemMatcher"`
		}
	}
	decodeSample(t, "json", "problemMatcher", &tasks)
	pattern := tasks.Tasks[0].ProblemMatcher.Pattern
	t.Chdir(filepath.Join(fixtures.Root(), "airflow"))
	matches := regexp.MustCompile("(?m)"+pattern["regexp"].(string)).FindAllStringSubmatch(printed("check", "--quiet", "old/notes.rst"), -1)
	if len(matches) != 3 {
		t.Fatalf("%d matches", len(matches))
	}
	for name, want := range map[string]string{
		"file": "old/notes.rst", "line": "1", "column": "7", "severity": "error", "code": "unknown-option",
		"message": "option [core] laod_examples does not exist; did you mean [core] load_examples?",
	} {
		if got := matches[0][pattern[name].(int)]; got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// What stands as JSON on the page can be pasted into a file.
func TestSamplesAreJSON(t *testing.T) {
	for _, b := range block.FindAllStringSubmatch(referencePage(t, "ci"), -1) {
		if b[1] == "json" && !json.Valid([]byte(b[2])) {
			t.Errorf("no JSON:\n%s", b[2])
		}
	}
}
