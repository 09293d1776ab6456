package project

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"windsock/directives"
	"windsock/directives/catalog"
	"windsock/docs"
)

// A schema is as much of a JSON schema as windsock's own needs.
type schema struct {
	Ref                  string             `json:"$ref"`
	Defs                 map[string]*schema `json:"$defs"`
	Type                 any                `json:"type"` // a name or a list of names
	Enum                 []any              `json:"enum"`
	Pattern              string             `json:"pattern"`
	Required             []string           `json:"required"`
	Properties           map[string]*schema `json:"properties"`
	PatternProperties    map[string]*schema `json:"patternProperties"`
	AdditionalProperties any                `json:"additionalProperties"` // false, or {type: null}
	Items                *schema            `json:"items"`
	AnyOf                []*schema          `json:"anyOf"`
	Description          string             `json:"description"`
}

// accepts reports whether a value fits a schema, whose $defs are those of root.
func (s *schema) accepts(root *schema, value any) bool {
	if s.Ref != "" && !root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")].accepts(root, value) {
		return false
	}
	if s.Enum != nil && !slices.Contains(s.Enum, value) {
		return false
	}
	if s.AnyOf != nil && !slices.ContainsFunc(s.AnyOf, func(one *schema) bool { return one.accepts(root, value) }) {
		return false
	}
	if s.Type != nil && !slices.Contains(typeNames(s.Type), typeName(value)) {
		return false
	}
	switch value := value.(type) {
	case string:
		return s.Pattern == "" || regexp.MustCompile(s.Pattern).MatchString(value)
	case []any:
		return s.Items == nil || !slices.ContainsFunc(value, func(item any) bool { return !s.Items.accepts(root, item) })
	case map[string]any:
		return s.acceptsMembers(root, value)
	}
	return true
}

// acceptsMembers reports whether the members of an object fit a schema.
func (s *schema) acceptsMembers(root *schema, object map[string]any) bool {
	for _, name := range s.Required {
		if object[name] == nil {
			return false
		}
	}
	for name, value := range object {
		member := s.Properties[name]
		for pattern, of := range s.PatternProperties {
			if member == nil && regexp.MustCompile(pattern).MatchString(name) {
				member = of
			}
		}
		switch {
		case member != nil && !member.accepts(root, value):
			return false
		case member == nil && s.AdditionalProperties != nil && (s.AdditionalProperties == false || value != nil):
			return false
		}
	}
	return true
}

// typeNames returns the names of types that a schema gives.
func typeNames(t any) []string {
	if name, ok := t.(string); ok {
		return []string{name}
	}
	var names []string
	for _, name := range t.([]any) {
		names = append(names, name.(string))
	}
	return names
}

// typeName returns the name of the type of a value.
func typeName(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	}
	return "number"
}

// projectSchema returns the schema of project files.
func projectSchema(t *testing.T) *schema {
	t.Helper()
	var s schema
	must(t, json.Unmarshal(docs.Schema, &s))
	return &s
}

// The schema has the keys that the decoder reads, and the rules that there are.
func TestSchemaKeys(t *testing.T) {
	s := projectSchema(t)
	want := slices.Sorted(slices.Values(projectKeys()))
	if got := slices.Sorted(maps.Keys(s.Properties)); !slices.Equal(got, want) {
		t.Errorf("the schema has the keys %v, the decoder %v", got, want)
	}
	for name, key := range s.Properties {
		if key.Description == "" {
			t.Errorf("the schema does not describe %s", name)
		}
	}
	if got, want := slices.Sorted(maps.Keys(s.Properties["rules"].Properties)), slices.Sorted(slices.Values(allRules())); !slices.Equal(got, want) {
		t.Errorf("the schema has the rules %v, want %v", got, want)
	}
	if got, want := slices.Sorted(maps.Keys(s.Properties["regions"].Items.Properties)), slices.Sorted(slices.Values(catalog.KeyNames(new(regionNodes).keys()))); !slices.Equal(got, want) {
		t.Errorf("a region has the keys %v, want %v", got, want)
	}
}

// projectKeys returns the names of the keys of a project file.
func projectKeys() []string {
	d := &decoder{Decoder: &catalog.Decoder{}}
	return catalog.KeyNames(d.keys(&Project{Annotations: &catalog.Annotations{}}))
}

// allRules returns the names of all rules.
func allRules() (names []string) {
	for _, r := range directives.Rules() {
		names = append(names, r.Name)
	}
	return names
}

// The schema accepts of each key what the decoder accepts, and nothing else.
func TestSchemaValues(t *testing.T) {
	lists := []string{"[a, b]", "a", "~", "[1]", "[]", "-[[a]]", `-[""]`, "-{a: b}", "-[~]"}
	notes := []string{`{"[core] a": b}`, "{core.a: b}", "{AIRFLOW__CORE__A: b}", "~", `{"[core] a": 1}`, `{"[core] a": b, c}`, `-{"core a": b}`, `-{"[core] a": ~}`, `-{"[core] a": [b]}`, "-[a]", "-a"}
	samples := map[string][]string{
		"airflow": lists,
		"config":  lists, "providers": lists, "docs": lists, "literal-directives": lists,
		"ignore":   {"[a, b]", "a", "~", "-[[a]]", `-[""]`, "-{a: b}"},
		"expand":   {"in-place", "{to: a}", "~", "-{}", "-a", "-[in-place]", "-{too: a}", "-{to: a, b: c}", "-true"},
		"rules":    {"{stale: off}", "{stale: warning}", "{stale: error}", "{stale: false}", "~", "-{stale: on}", "-{stale: ~}", "-{state: off}", "-[stale]"},
		"baseline": {"a", "~", "1", "-[a]", "-{a: b}", `-""`},
		"regions": {
			"[]", "~", "[{begin: a, end: b, directive: 'airflow-sensitive-vars:: core'}]", "-a", "-[a]", "-[{begin: a, end: b}]",
			"-[{begin: ..a, end: b, directive: 'airflow-sensitive-vars:: core'}]", "-[{begin: a, end: b, directive: 'airflow-sensitive-vars:: core', c: d}]",
		},
		"sensitive": {
			`{"[core] a": {description: b, needed-by: [c]}}`, `{"[core] a": {needed-by: c}}`, `{"[core] a": {}}`, "~",
			`-{"[core] a": b}`, `-{"[core] a": {needed_by: [c]}}`, `-{"[core] a": {description: [b]}}`, `-{"[core] a": {needed-by: [[c]]}}`, "-[a]",
		},
		"renamed": {
			`{"[core] a": "[core] b"}`, `{"[core] a": removed}`, `{"[core] a": ~}`, `{"[core] a": {to: "[core] b", since: "3.0"}}`, "~",
			`-{"[core] a": {too: "[core] b"}}`, `-{"[core] a": ["[core] b"]}`, `-{"core a": "[core] b"}`,
		},
		"undeclared": notes, "effective": notes, "units": notes, "defaults": notes,
		"key-free": lists,
		"families": {"[AIRFLOW__A__B__<KEY>]", "AIRFLOW__A__B__<KEY>", "~", "[]", "-[AIRFLOW__A__B__]", "-[A__<KEY>]", "-{a: b}"},
		"complete": {"true", "false", "~", `-"yes"`, "-1", "-[true]"},
		"requires": {`">=1.4"`, `">= v1"`, "~", "-1.4", `-">1.4"`, `-[">=1.4"]`},
		"version":  {`"2.11"`, "2.11", "~", "-latest", "-[2.11]"},
	}
	s := projectSchema(t)
	for _, key := range slices.Sorted(maps.Keys(s.Properties)) {
		if len(samples[key]) == 0 {
			t.Errorf("no sample of %s", key)
		}
		for _, sample := range samples[key] {
			text, bad := strings.CutPrefix(sample, "-")
			text = key + ": " + text + "\n"
			if got := (&Project{Folder: "."}).Accepts([]byte(text), allRules()); got == bad {
				t.Errorf("the decoder accepts %q: %v", text, got)
			}
			var value any
			must(t, yaml.Unmarshal([]byte(text), &value))
			if got := s.accepts(s, value); got == bad {
				t.Errorf("the schema accepts %q: %v", text, got)
			}
		}
	}
	for text, want := range map[string]bool{"": true, "confg: [a]\n": false, "[a]\n": false} {
		var value any
		must(t, yaml.Unmarshal([]byte(text), &value))
		if decoded, fits := (&Project{}).Accepts([]byte(text), nil), s.accepts(s, value); decoded != want || fits != want {
			t.Errorf("%q: the decoder says %v, the schema %v", text, decoded, fits)
		}
	}
}

// A project file that "windsock init" writes fits the schema.
func TestTemplateFitsSchema(t *testing.T) {
	s := projectSchema(t)
	var value any
	must(t, yaml.Unmarshal(Template(Surroundings{Config: []string{"config.yml"}, Docs: []string{"docs"}}, catalog.EmbeddedSource()), &value))
	if !s.accepts(s, value) {
		t.Errorf("the schema rejects %v", value)
	}
	must(t, yaml.Unmarshal(catalog.EmbeddedSource(), &value))
	if !s.accepts(s, value) {
		t.Error("the schema rejects what is embedded")
	}
}
